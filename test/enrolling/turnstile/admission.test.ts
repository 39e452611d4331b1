import { describe, expect, test } from 'vitest'
import { isAdmitted, signAdmission } from '#/enrolling/turnstile/admission.ts'
import { settingsOf } from '#/platform/env.ts'
import { testEnv } from '../../world.ts'

const settings = settingsOf(testEnv)
const until = Date.parse('2026-09-01T09:15:00.000Z')
const admission = { account: 7, term: 3, until }
const asked = { account: 7, term: 3, now: until - 1 }

describe('an admission', () => {
  test('is good up to its end, not at it', async () => {
    const text = await signAdmission(settings, admission)
    expect(await isAdmitted(settings, text, asked)).toBe(true)
    expect(await isAdmitted(settings, text, { ...asked, now: until })).toBe(false)
  })

  test.each([{ account: 8 }, { term: 4 }, { account: 73, term: 3 }, { account: 3, term: 7 }])(
    'is not good for %o',
    async (other) => {
      expect(await isAdmitted(settings, await signAdmission(settings, admission), { ...asked, ...other })).toBe(false)
    },
  )

  test('is signed with a key of its own', async () => {
    const { TRANSCRIPT_KEY } = settings
    const other = { TRANSCRIPT_KEY: TRANSCRIPT_KEY.replace(/^./, (first) => (first === 'A' ? 'B' : 'A')) }
    expect(await isAdmitted(settings, await signAdmission(other, admission), asked)).toBe(false)
  })

  test('is found among ten, with blanks or without, and not behind them', async () => {
    const text = await signAdmission(settings, admission)
    const nine = Array.from({ length: 9 }, () => 'x')
    expect(await isAdmitted(settings, [...nine, text].join(', '), asked)).toBe(true)
    expect(await isAdmitted(settings, [...nine, 'x', text].join(','), asked)).toBe(false)
    expect(await isAdmitted(settings, `${text} ${text}`, asked)).toBe(false)
  })
})
