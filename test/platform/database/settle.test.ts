import { describe, expect, test } from 'vitest'
import { errors } from '#/enrolling/seat/errors.ts'
import { sharedErrors } from '#/platform/shared-errors.ts'
import { settle } from '#/platform/database/write/settle.ts'
import { ApiError, type DeclaredError } from '#/platform/errors.ts'

/** A decision that loses so many times, and how often it was made. */
function losing(times: number, lost: DeclaredError = sharedErrors.STALE_STATE) {
  let made = 0
  const decide = async () => {
    made += 1
    if (made <= times) throw new ApiError(lost, { capacity: 1 })
    return 'written'
  }
  return { decide, made: () => made }
}

describe('a decision that others are faster than', () => {
  test('is made again from what is there then', async () => {
    const { decide, made } = losing(4)
    expect(await settle(decide)).toBe('written')
    expect(made()).toBe(5)
  })

  test('is given up after five times', async () => {
    const { decide, made } = losing(9, errors.SECTION_FULL)
    await expect(settle(decide, [errors.SECTION_FULL])).rejects.toMatchObject({ code: 'STALE_STATE', status: 409 })
    expect(made()).toBe(5)
  })

  test('is not made again for any other error', async () => {
    const { decide, made } = losing(1, errors.SECTION_FULL)
    await expect(settle(decide)).rejects.toMatchObject({ code: 'SECTION_FULL' })
    expect(made()).toBe(1)
  })
})
