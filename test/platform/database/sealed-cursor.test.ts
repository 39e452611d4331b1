import { describe, expect, test } from 'vitest'
import type { Context } from '#/platform/context.ts'
import { decodeCursor, encodeCursor } from '#/platform/database/list/cursor.ts'
import { sealedCursor } from '#/platform/database/list/sealed-cursor.ts'
import type { Settings } from '#/platform/env.ts'

const key = (kid: string, letter: string) => ({ kid, k: letter.repeat(42) + 'A' })
const ring = (...keys: ReturnType<typeof key>[]) => ({ ACCOUNT_KEYS: keys }) as unknown as Settings
const [first, second] = [key('first', 'B'), key('second', 'C')]
const settings = ring(first)
const reader = { settings, language: 'en' } as Context

describe('a sealed text', async () => {
  const sealed = await sealedCursor.close(settings, 'Παπαδόπουλος')

  test('comes back, and shows nothing of itself', async () => {
    expect(await sealedCursor.open(settings, sealed)).toBe('Παπαδόπουλος')
    expect(sealed).toMatch(/^[\w-]+$/)
    expect(Buffer.from(sealed, 'base64url').toString('utf8')).not.toContain('Παπ')
  })

  test('is sealed alike each time, and unlike any other', async () => {
    expect(await sealedCursor.close(settings, 'Παπαδόπουλος')).toBe(sealed)
    expect((await sealedCursor.close(settings, 'Παπαδόπουλου')).slice(0, 20)).not.toBe(sealed.slice(0, 20))
  })

  test('opens under a key that was current before, and under no other', async () => {
    expect(await sealedCursor.open(ring(second, first), sealed)).toBe('Παπαδόπουλος')
    expect(await sealedCursor.open(ring(second), sealed)).toBeUndefined()
    expect(await sealedCursor.open(ring(key('first', 'D')), sealed)).toBeUndefined()
  })

  test('opens only as it is: with any byte changed, cut off or added it does not', async () => {
    const bytes = Buffer.from(sealed, 'base64url')
    for (let at = 0; at < bytes.length; at += 1) {
      const changed = Buffer.from(bytes)
      changed[at]! ^= 1
      expect([at, await sealedCursor.open(settings, changed.toString('base64url'))]).toEqual([at, undefined])
      expect(await sealedCursor.open(settings, bytes.subarray(0, at).toString('base64url'))).toBeUndefined()
    }
    expect(await sealedCursor.open(settings, Buffer.concat([bytes, bytes]).toString('base64url'))).toBeUndefined()
    expect(await sealedCursor.open(settings, '%')).toBeUndefined()
  })
})

describe('a cursor', () => {
  const refused = expect.objectContaining({ code: 'VALIDATION_ERROR' }) as Error
  const reading = async (values: unknown[], ordering = 'title,id') =>
    decodeCursor(reader, await encodeCursor(settings, ordering, values), 'title,id', 2)

  test('gives back texts and numbers', async () => {
    expect(await reading(['Άλγεβρα', 7])).toEqual(['Άλγεβρα', 7])
  })

  test.each([
    ['an object in it', [{ x: 1 }, 7]],
    ['a null in it', [null, 7]],
    ['a list in it', [['x'], 7]],
    ['a value too few', [7]],
    ['a value too many', ['x', 7, 8]],
  ])('with %s is refused, even under the right seal', async (_, values) => {
    await expect(reading(values)).rejects.toThrow(refused)
  })

  test('of another ordering is refused', async () => {
    await expect(reading(['x', 7], 'code,id')).rejects.toThrow(refused)
  })
})
