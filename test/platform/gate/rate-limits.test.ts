import { evictDurableObject } from 'cloudflare:test'
import { describe, expect, test } from 'vitest'
import { newId } from '#/platform/context.ts'
import { type Env, settingsOf } from '#/platform/env.ts'
import { signInGate } from '#/platform/gate/index.ts'
import { signAccessToken } from '#/access/session/access-token.ts'
import { codeOf, json, serveWith } from '../http/serve.ts'
import { caller, persona, testEnv, unique } from '../../world.ts'
import { newAccount, password, setAccount } from '../../access/identity/account.ts'
import { gateOf } from './gate-of.ts'

const strict = { RATE_LIMIT_SCALE: '1' }
/** A deployment whose limiter cannot be reached. */
const noLimiter = { ...strict, GATE: undefined } as unknown as Partial<Env>
const freshIp = () => `2001:db8:8:${unique().toString(16)}::1`
const nobody = () => `nobody${unique()}@lyceum.test`
const wrong = 'Wrong-Horse-9!'

const signIn = (ip: string, email: string, secret = wrong, vars: Partial<Env> = strict, headers = {}) =>
  serveWith(
    vars,
    '/api/v1/auth/login',
    json('POST', { email, password: secret }, { 'cf-connecting-ip': ip, ...headers }),
  )
const outcomes = async (answers: Response[]) => {
  const found = await Promise.all(answers.map(codeOf))
  return Object.fromEntries(found.map((one) => [one, found.filter((other) => other === one).length]))
}

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

describe('signing in to one account from one address', () => {
  test('is refused the sixth time within a minute, and says when to come back', async () => {
    const [ip, { email }] = [freshIp(), await newAccount()]
    for (const left of [4, 3, 2, 1, 0]) {
      const answer = await signIn(ip, email, password)
      expect([answer.status, answer.headers.get('x-ratelimit-remaining')]).toEqual([200, String(left)])
    }
    const answer = await signIn(ip, email, password)
    expect(answer.status).toBe(429)
    const seconds = Number(answer.headers.get('retry-after'))
    expect(seconds).toBeGreaterThanOrEqual(1)
    expect(seconds).toBeLessThanOrEqual(60)
    expect(answer.headers.get('ratelimit-policy')).toBe('"sign-in";q=5;w=60')
    expect(answer.headers.get('ratelimit')).toBe(`"sign-in";r=0;t=${seconds}`)
    expect(answer.headers.get('x-ratelimit-limit')).toBe('5')
    expect(answer.headers.get('x-ratelimit-remaining')).toBe('0')
    expect(((await answer.json()) as Failure).error).toMatchObject({
      code: 'RATE_LIMITED',
      message: `Too many requests. Try again in ${seconds} seconds.`,
    })
  })

  test('is refused in Greek to those who ask for it', async () => {
    const [ip, { email }] = [freshIp(), await newAccount()]
    for (let i = 0; i < 5; i += 1) await signIn(ip, email, password)
    const answer = await signIn(ip, email, password, strict, { 'accept-language': 'el' })
    expect(((await answer.json()) as Failure).error.message).toMatch(/^Πάρα πολλά αιτήματα\. .* \d+ δευτερόλεπτα\.$/)
  })

  test('a hundred times at once: five are looked at, whether there is such an account or not', async () => {
    for (const email of [(await newAccount()).email, nobody()]) {
      const ip = freshIp()
      const answers = await Promise.all(Array.from({ length: 100 }, () => signIn(ip, email)))
      const { '401 INVALID_CREDENTIALS': looked, ...refused } = await outcomes(answers)
      expect([looked, Object.values(refused).reduce((a, b) => a + b)]).toEqual([5, 95])
    }
  })

  test('is refused after the object that counts was evicted from memory, too', async () => {
    const [ip, email] = [freshIp(), nobody()]
    for (let i = 0; i < 5; i += 1) await signIn(ip, email)
    await evictDurableObject(await gateOf(signInGate(email)))
    expect((await signIn(ip, email)).status).toBe(429)
  })

  test('leaves other accounts there and other addresses alone', async () => {
    const [ip, { email }, other] = [freshIp(), await newAccount(), await newAccount()]
    for (let i = 0; i < 6; i += 1) await signIn(ip, email)
    expect((await signIn(ip, other.email, password)).status).toBe(200)
    expect((await signIn(freshIp(), email, password)).status).toBe(200)
  })
})

describe('a campus', () => {
  test('is one address: 200 people sign in there at once, and all are in', async () => {
    const ip = freshIp()
    const accounts = await Promise.all(Array.from({ length: 200 }, () => newAccount()))
    const answers = await Promise.all(accounts.map(({ email }) => signIn(ip, email, password)))
    expect(await outcomes(answers)).toEqual({ 200: 200 })
  }, 120_000)

  test('from which somebody tries a thousand accounts sees fifty of them refused, and the rest not looked at', async () => {
    const ip = freshIp()
    const answers = await Promise.all(Array.from({ length: 1000 }, () => signIn(ip, nobody())))
    expect(await outcomes(answers)).toEqual({ '401 INVALID_CREDENTIALS': 50, '429 RATE_LIMITED': 950 })
    expect(Number(answers.at(-1)!.headers.get('retry-after'))).toBeGreaterThan(0)
    expect((await signIn(freshIp(), nobody())).status).toBe(401)
  }, 120_000)

  test('goes on working for those who are signed in', async () => {
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
    expect((await signIn(ip, nobody())).status).toBe(401)
  })

  test('that is trusted may fail more often, but no account of it', async () => {
    const trusting = { ...strict, TRUSTED_NETWORKS: '203.0.113.0/24' } as Partial<Env>
    const from = (email: string) => signIn('203.0.113.50', email, wrong, trusting)
    const answers = await Promise.all(Array.from({ length: 60 }, () => from(nobody())))
    expect(await outcomes(answers)).toEqual({ '401 INVALID_CREDENTIALS': 60 })
    const email = nobody()
    for (let i = 0; i < 5; i += 1) await from(email)
    expect((await from(email)).status).toBe(429)
  })

  test('health answers 120 times a minute to one address, and documents are verified there all the same', async () => {
    const init = { headers: { 'cf-connecting-ip': freshIp() } }
    const answers = await Promise.all(Array.from({ length: 125 }, () => serveWith(strict, '/health/live', init)))
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(120)
    expect(answers.filter(({ status }) => status === 429)).toHaveLength(5)
    const verified = await serveWith(strict, `/api/v1/transcripts/verify/${'x'.repeat(91)}`, init)
    expect(verified.headers.get('ratelimit')).toBe('"verify";r=119;t=60')
  })
})

describe('without the limiter', () => {
  test.each([
    ['/auth/login', { email: 'a@lyceum.test', password }],
    ['/auth/refresh', { refresh_token: `${'x'.repeat(22)}.${'y'.repeat(44)}` }],
    ['/auth/register', { email: 'a@lyceum.test', password, full_name: 'A' }],
    ['/auth/password-reset/request', { email: 'a@lyceum.test' }],
    ['/auth/password-reset/confirm', { token: 'x', new_password: password }],
  ])('%s fails closed: 503 with Retry-After', async (path, body) => {
    const answer = await serveWith(noLimiter, `/api/v1${path}`, json('POST', body))
    expect([await codeOf(answer), answer.headers.get('retry-after')]).toEqual(['503 SERVICE_UNAVAILABLE', '5'])
  })

  test('no session ends and no account changes: 503, and nothing is written', async () => {
    const [{ id, signIn: again }, admin] = [await newAccount(), await newAccount()]
    await setAccount(admin.id, 'role', 'admin')
    const { access_token, refresh_token } = (await again()).data
    const own = { authorization: `Bearer ${access_token}` }
    const administrator = { authorization: `Bearer ${(await admin.signIn()).data.access_token}` }
    const answers = [
      await serveWith(noLimiter, '/api/v1/auth/logout', { method: 'POST', headers: own }),
      await serveWith(noLimiter, `/api/v1/users/${id}`, json('PATCH', { role: 'faculty' }, administrator)),
      await serveWith(noLimiter, `/api/v1/users/${id}`, { method: 'DELETE', headers: administrator }),
    ]
    expect(await outcomes(answers)).toEqual({ '503 SERVICE_UNAVAILABLE': 3 })
    expect((await caller(null).post('/auth/refresh', { refresh_token })).data.user.role).toBe('registrar')
  })

  test('everything else is let through without RateLimit headers', async () => {
    const registrar = await persona('registrar')
    const headers = { authorization: `Bearer ${registrar.token}` }
    const answer = await serveWith(noLimiter, '/api/v1/programs', { headers })
    expect([answer.status, answer.headers.get('ratelimit')]).toEqual([200, null])
  })

  test('what asks for a fresh proof asks the database whether the session was ended', async () => {
    const { id, signIn: again } = await newAccount()
    const { access_token } = (await again()).data
    const headers = { authorization: `Bearer ${access_token}` }
    const other = (await again()).data.refresh_token!.split('.')[0]
    const setUp = async (vars: Partial<Env>) =>
      codeOf(await serveWith(vars, '/api/v1/auth/mfa/setup', json('POST', {}, headers)))
    expect((await caller(access_token).delete(`/auth/sessions/${other}`)).status).toBe(204)
    expect(await setUp(noLimiter)).toBe('200')
    await testEnv.DB.prepare('update session set revoked_at = created_at where user_id = ?').bind(id).run()
    expect(await setUp(noLimiter)).toBe('401 HTTP_401')
    const read = await serveWith(noLimiter, '/api/v1/programs', { headers })
    expect(read.status).toBe(200)
  })
})
