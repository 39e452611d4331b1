import { describe, expect, test } from 'vitest'
import { type Actor, anonymous } from '#/platform/context.ts'
import { settingsOf } from '#/platform/env.ts'
import { admit } from '#/platform/gate/index.ts'
import { limits } from '#/platform/gate/limits.ts'
import type { LimitClass } from '#/platform/words.ts'
import { testEnv, unique } from '../../world.ts'

const settings = { ...settingsOf(testEnv), RATE_LIMIT_SCALE: 1 }
const freshIp = () => `2001:db8::${unique()}`
const someone = (tier: Actor['tier'] = 'free'): Actor => ({
  id: 1_000_000 + unique(),
  role: 'registrar',
  sessionId: 'S'.repeat(22),
  studentId: null,
  tier,
  hasSecondFactor: false,
  verifiedAt: 0,
})

const ask = (limit: LimitClass, actor: Actor = anonymous, ip = freshIp()) =>
  admit(testEnv, settings, { actor, ip, limit })

describe('the headers of a limited request', () => {
  test('speak the IETF draft and the older dialect', async () => {
    const { headers } = await ask('read', someone())
    expect(headers).toEqual({
      'ratelimit-policy': '"read";q=300;w=60',
      ratelimit: '"read";r=299;t=60',
      'x-ratelimit-limit': '300',
      'x-ratelimit-remaining': '299',
      'x-ratelimit-reset': '60',
    })
  })

  test.each([
    ['read', 'free', 300],
    ['read', 'pro', 600],
    ['read', 'enterprise', 3000],
    ['write', 'free', 100],
    ['write', 'pro', 200],
    ['write', 'enterprise', 1000],
    ['heavy', 'free', 10],
    ['heavy', 'pro', 30],
    ['heavy', 'enterprise', 100],
    ['chat', 'free', 30],
    ['chat', 'pro', 100],
    ['chat', 'enterprise', 500],
    ['auth', 'free', 5],
    ['auth', 'enterprise', 5],
    ['public', 'free', 120],
    ['public', 'enterprise', 120],
  ] as const)('%s for a %s account: %i a minute', async (limit, tier, requests) => {
    const { headers } = await ask(limit, someone(tier))
    expect(headers).toMatchObject({ 'x-ratelimit-limit': String(requests) })
  })

  test('signing in and chat are limited by the hour, too', () => {
    const hourly = [limits.chat.free, limits.chat.pro, limits.chat.enterprise].map((windows) => windows[1])
    expect(hourly).toEqual([500, 2000, 10_000].map((requests) => ({ requests, windowSeconds: 3600 })))
    expect(limits.auth.free).toEqual([
      { requests: 5, windowSeconds: 60 },
      { requests: 50, windowSeconds: 3600 },
    ])
  })
})

describe('who is counted', () => {
  test('an account, wherever its requests come from', async () => {
    const actor = someone()
    await ask('read', actor)
    expect((await ask('read', actor)).headers).toMatchObject({ 'x-ratelimit-remaining': '298' })
  })

  test('an address, for those who are not signed in', async () => {
    const ip = freshIp()
    await ask('read', anonymous, ip)
    expect((await ask('read', anonymous, ip)).headers).toMatchObject({ 'x-ratelimit-remaining': '298' })
    expect((await ask('read')).headers).toMatchObject({ 'x-ratelimit-remaining': '299' })
  })

  test('an address, when somebody signs in or looks at public things', async () => {
    const ip = freshIp()
    for (const limit of ['auth', 'public'] as const) {
      await ask(limit, someone(), ip)
      await ask(limit, someone(), ip)
    }
    expect((await ask('auth', anonymous, ip)).headers).toMatchObject({ 'x-ratelimit-remaining': '2' })
    expect((await ask('public', anonymous, ip)).headers).toMatchObject({ 'x-ratelimit-remaining': '117' })
  })

  test('twelve sign-ins at once from one address: five are let in', async () => {
    const ip = freshIp()
    const answers = await Promise.all(Array.from({ length: 12 }, () => ask('auth', anonymous, ip)))
    expect(answers.filter(({ allowed }) => allowed)).toHaveLength(5)
    const refused = answers.filter(({ allowed }) => !allowed)
    expect(refused.filter(({ retryAfterSeconds }) => retryAfterSeconds < 1 || retryAfterSeconds > 60)).toEqual([])
    expect(refused[0]!.headers).toMatchObject({ 'x-ratelimit-remaining': '0' })
  })

  test('a hundred and twenty chat messages at once of a pro account: a hundred are let in', async () => {
    const actor = someone('pro')
    const answers = await Promise.all(Array.from({ length: 120 }, () => ask('chat', actor)))
    expect(answers.filter(({ allowed }) => allowed)).toHaveLength(100)
  })

  test('two accounts behind one address do not starve each other once they are signed in', async () => {
    const ip = freshIp()
    const [busy, calm] = [someone(), someone()]
    const answers = await Promise.all(Array.from({ length: 110 }, () => ask('write', busy, ip)))
    expect(answers.filter(({ allowed }) => allowed)).toHaveLength(100)
    expect(await ask('write', calm, ip)).toMatchObject({ allowed: true, headers: { 'x-ratelimit-remaining': '99' } })
  })

  test('the scale of a deployment multiplies every limit', async () => {
    const scaled = { ...settings, RATE_LIMIT_SCALE: 7 }
    const { headers } = await admit(testEnv, scaled, { actor: someone(), ip: freshIp(), limit: 'write' })
    expect(headers).toMatchObject({ 'ratelimit-policy': '"write";q=700;w=60' })
  })
})
