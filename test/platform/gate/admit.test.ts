import { describe, expect, test } from 'vitest'
import { type Actor, anonymous } from '#/platform/context.ts'
import { settingsOf } from '#/platform/env.ts'
import { admit } from '#/platform/gate/index.ts'
import { budgets, classes } from '#/platform/gate/limits.ts'
import type { LimitClass } from '#/platform/words.ts'
import { testEnv, unique } from '../../world.ts'

const settings = { ...settingsOf(testEnv), RATE_LIMIT_SCALE: 1 }
const freshIp = () => `2001:db8:0:${unique()}::1`
const someone = (tier: Actor['tier'] = 'free'): Actor => ({
  id: 1_000_000 + unique(),
  role: 'registrar',
  sessionId: 'S'.repeat(22),
  studentId: null,
  tier,
  hasSecondFactor: false,
  verifiedAt: 0,
})

type Limit = (requests: number) => { requests: number; windowSeconds: number }

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
    ['proof', 'free', 100],
    ['public', 'free', 120],
    ['public', 'enterprise', 120],
    ['verify', 'enterprise', 120],
    ['token', 'free', 300],
    ['reset', 'free', 300],
    ['register', 'enterprise', 200],
  ] as const)('%s for a %s account: %i', async (limit, tier, requests) => {
    const { headers } = await ask(limit, someone(tier))
    expect(headers).toMatchObject({ 'x-ratelimit-limit': String(requests) })
  })

  test('chat is limited by the hour, too', () => {
    const hourly = (['free', 'pro', 'enterprise'] as const).map((tier) => classes.chat.any[tier][1])
    expect(hourly).toEqual([500, 2000, 10_000].map((requests) => ({ requests, windowSeconds: 3600 })))
  })

  test('so is what tries secrets', () => {
    const [minute, hour] = [60, 3600].map((windowSeconds) => (requests: number) => ({ requests, windowSeconds })) as [
      Limit,
      Limit,
    ]
    expect(budgets).toEqual({
      signIn: [minute(5), hour(50)],
      signInFailures: [minute(30), hour(200)],
      codeFailures: [minute(5), hour(20)],
      codeFailuresOfDevices: [minute(20), hour(80)],
      attemptsByAddress: [minute(300)],
      failuresByAddress: [minute(50), hour(500)],
      refresh: [minute(20)],
      requestsFor: [hour(3)],
      mailTo: [hour(3)],
    })
    expect([classes.proof.failures, classes.token.failures, classes.register.any.free]).toEqual([
      [minute(5), hour(20)],
      [minute(50), hour(500)],
      [hour(200)],
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

  test('an address, when somebody looks at public things or verifies a document, each for itself', async () => {
    const ip = freshIp()
    await ask('verify', someone(), ip)
    for (let i = 0; i < 2; i += 1) await ask('public', someone(), ip)
    expect((await ask('public', anonymous, ip)).headers).toMatchObject({ 'x-ratelimit-remaining': '117' })
    expect((await ask('verify', anonymous, ip)).headers).toMatchObject({ 'x-ratelimit-remaining': '118' })
  })

  test('130 looks at a document at once from one address: 120 are let in', async () => {
    const ip = freshIp()
    const answers = await Promise.all(Array.from({ length: 130 }, () => ask('verify', anonymous, ip)))
    expect(answers.filter(({ allowed }) => allowed)).toHaveLength(120)
    const refused = answers.filter(({ allowed }) => !allowed)
    expect(refused.filter(({ retryAfterSeconds }) => retryAfterSeconds < 1 || retryAfterSeconds > 60)).toEqual([])
    expect(refused[0]!.headers).toMatchObject({ 'x-ratelimit-remaining': '0' })
  })

  test('whoever shares a /64 of IPv6, however the address is written, and nobody beside it', async () => {
    const net = `2001:db8:1:${unique().toString(16)}`
    const left = async (ip: string) => Number((await ask('public', anonymous, ip)).headers['x-ratelimit-remaining'])
    const shared = [`${net}::1`, `${net}:ffff:0:0:9`, `${net.toUpperCase()}:0:0:0:1`]
    const remaining = []
    for (const ip of shared) remaining.push(await left(ip))
    expect(remaining).toEqual([119, 118, 117])
    expect(await left(`2001:db8:2:${unique().toString(16)}::1`)).toBe(119)
  })

  test('nobody of a trusted network, where addresses are counted', async () => {
    const vars = { ...testEnv, TRUSTED_NETWORKS: '192.0.2.0/25, 2001:db8:5::/48' }
    const trusting = { ...settingsOf(vars as typeof testEnv), RATE_LIMIT_SCALE: 1 }
    const counted = async (ip: string, actor = anonymous) =>
      'ratelimit' in (await admit(testEnv, trusting, { actor, ip, limit: 'read' })).headers
    const ips = ['192.0.2.127', '::ffff:192.0.2.1', '2001:db8:5:77::1', '192.0.2.128', '2001:db8:6::1']
    expect(await Promise.all(ips.map((ip) => counted(ip)))).toEqual([false, false, false, true, true])
    expect(await counted('192.0.2.127', someone())).toBe(true)
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
