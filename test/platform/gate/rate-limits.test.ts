import { evictDurableObject } from 'cloudflare:test'
import { describe, expect, test } from 'vitest'
import { newId } from '#/platform/context.ts'
import { type Env, settingsOf } from '#/platform/env.ts'
import { signAccessToken } from '#/access/session/access-token.ts'
import { json, serveWith } from '../http/serve.ts'
import { persona, testEnv, unique } from '../../world.ts'
import { newAccount, password } from '../../access/identity/account.ts'

const strict = { RATE_LIMIT_SCALE: '1' }
/** A deployment whose limiter cannot be reached. */
const noLimiter = { ...strict, GATE: undefined } as unknown as Partial<Env>
const freshIp = () => `198.51.100.${unique()}`

/** Each time for another account, so that only the address is counted. */
const signIn = (ip: string, email = `nobody${unique()}@lyceum.test`, vars: Partial<Env> = strict, headers = {}) =>
  serveWith(vars, '/api/v1/auth/login', json('POST', { email, password }, { 'cf-connecting-ip': ip, ...headers }))

/** Of an account of the lowest tier that has asked for nothing yet. */
async function freeToken(): Promise<string> {
  const { userId } = await persona('registrar')
  const actor = {
    id: userId,
    role: 'registrar',
    sessionId: newId(),
    studentId: null,
    tier: 'free',
    hasSecondFactor: false,
    verifiedAt: Date.now(),
  } as const
  return signAccessToken(settingsOf(testEnv), actor, new Date().toISOString())
}

interface Failure {
  error: { code: string; message: string }
}

describe('too many requests', () => {
  test('the sixth sign-in within a minute is refused and says when to come back', async () => {
    const ip = freshIp()
    for (let i = 0; i < 5; i += 1) expect((await signIn(ip)).status).toBe(401)
    const answer = await signIn(ip)
    expect(answer.status).toBe(429)
    const seconds = Number(answer.headers.get('retry-after'))
    expect(seconds).toBeGreaterThanOrEqual(1)
    expect(seconds).toBeLessThanOrEqual(60)
    expect(answer.headers.get('ratelimit-policy')).toBe('"auth";q=5;w=60')
    expect(answer.headers.get('ratelimit')).toBe(`"auth";r=0;t=${seconds}`)
    expect(answer.headers.get('x-ratelimit-limit')).toBe('5')
    expect(answer.headers.get('x-ratelimit-remaining')).toBe('0')
    expect(((await answer.json()) as Failure).error).toMatchObject({
      code: 'RATE_LIMITED',
      message: `Too many requests. Try again in ${seconds} seconds.`,
    })
  })

  test('are refused in Greek to those who ask for it', async () => {
    const ip = freshIp()
    for (let i = 0; i < 5; i += 1) await signIn(ip)
    const answer = await signIn(ip, undefined, strict, { 'accept-language': 'el' })
    expect(((await answer.json()) as Failure).error.message).toMatch(/^Πάρα πολλά αιτήματα\. .* \d+ δευτερόλεπτα\.$/)
  })

  test('a hundred sign-ins at once: five are looked at', async () => {
    const ip = freshIp()
    const answers = await Promise.all(Array.from({ length: 100 }, () => signIn(ip)))
    expect(answers.filter(({ status }) => status === 401)).toHaveLength(5)
    expect(answers.filter(({ status }) => status === 429)).toHaveLength(95)
  })

  test('are still too many after the object that counts was evicted from memory', async () => {
    const ip = freshIp()
    for (let i = 0; i < 5; i += 1) await signIn(ip)
    await evictDurableObject(testEnv.GATE.getByName(`ip:${ip}`))
    expect((await signIn(ip)).status).toBe(429)
  })

  test('of one account do not starve another behind the same address, nor those who sign in there', async () => {
    const ip = freshIp()
    const [busy, calm] = [await freeToken(), await freeToken()]
    const download = async (token: string) => {
      const headers = { authorization: `Bearer ${token}`, 'cf-connecting-ip': ip }
      return (await serveWith(strict, '/api/v1/exports/programs.csv', { headers })).status
    }
    const statuses = await Promise.all(Array.from({ length: 30 }, () => download(busy)))
    expect(statuses.filter((status) => status === 200)).toHaveLength(10)
    expect(statuses.filter((status) => status === 429)).toHaveLength(20)
    expect(await download(calm)).toBe(200)
    expect((await signIn(ip)).status).toBe(401)
  })

  test('one account is not guessed at from many addresses either', async () => {
    const { email } = await newAccount()
    const wrong = { email, password: 'Wrong-Horse-9!' }
    const statuses = []
    for (let i = 0; i < 6; i += 1) {
      const init = json('POST', wrong, { 'cf-connecting-ip': freshIp() })
      statuses.push((await serveWith(strict, '/api/v1/auth/login', init)).status)
    }
    expect(statuses).toEqual([401, 401, 401, 401, 401, 429])
  })

  test('another address is not affected', async () => {
    const [busy, quiet] = [freshIp(), freshIp()]
    for (let i = 0; i < 6; i += 1) await signIn(busy)
    expect((await signIn(quiet)).status).toBe(401)
  })

  test('health answers 120 times a minute to one address', async () => {
    const init = { headers: { 'cf-connecting-ip': freshIp() } }
    const answers = await Promise.all(Array.from({ length: 125 }, () => serveWith(strict, '/health/live', init)))
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(120)
    expect(answers.filter(({ status }) => status === 429)).toHaveLength(5)
  })
})

describe('without the limiter', () => {
  test('signing in fails closed: 503 with Retry-After', async () => {
    const answer = await signIn(freshIp(), undefined, noLimiter)
    expect([answer.status, answer.headers.get('retry-after')]).toEqual([503, '5'])
    expect(((await answer.json()) as Failure).error.code).toBe('SERVICE_UNAVAILABLE')
  })

  test('everything else is let through without RateLimit headers', async () => {
    const registrar = await persona('registrar')
    const headers = { authorization: `Bearer ${registrar.token}` }
    const answer = await serveWith(noLimiter, '/api/v1/programs', { headers })
    expect([answer.status, answer.headers.get('ratelimit')]).toEqual([200, null])
  })
})
