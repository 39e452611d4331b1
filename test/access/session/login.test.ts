import { decodeJwt, decodeProtectedHeader } from 'jose'
import { beforeAll, describe, expect, test } from 'vitest'
import { auditRows, caller, countRows, testEnv } from '../../world.ts'
import { newAccount, password, sessionIdIn, sessionRow, setAccount } from '../identity/account.ts'

const anyone = caller(null)
let account: Awaited<ReturnType<typeof newAccount>>
beforeAll(async () => {
  account = await newAccount()
})

describe('signing in', () => {
  test('answers tokens and the account without its password hash', async () => {
    const answer = await account.signIn()
    expect(answer.status).toBe(200)
    expect(answer.data).toEqual({
      access_token: expect.stringMatching(/^[\w-]+\.[\w-]+\.[\w-]+$/),
      token_type: 'bearer',
      expires_in: 900,
      refresh_token: expect.stringMatching(/^[\w-]{22}\.[\w-]{44}$/),
      user: {
        id: account.id,
        email: account.email,
        full_name: 'Άννα',
        role: 'registrar',
        tier: 'free',
        language: 'en',
        student_id: null,
      },
    })
    expect(answer.headers.get('cache-control')).toBe('no-store')
  })

  test('the access token names its holder, its session, its issuer and its reader, for 15 minutes', async () => {
    const { data } = await account.signIn()
    expect(decodeProtectedHeader(data.access_token)).toEqual({ alg: 'EdDSA', typ: 'at+jwt', kid: 'local-test' })
    const claims = decodeJwt(data.access_token)
    expect(claims).toMatchObject({
      iss: 'lyceum',
      aud: 'lyceum-api',
      sub: String(account.id),
      sid: sessionIdIn(data.refresh_token!),
      role: 'registrar',
    })
    expect(claims.exp! - claims.iat!).toBe(15 * 60)
    expect(Math.abs(claims.iat! - Date.now() / 1000)).toBeLessThan(5)
  })

  test('works with an e-mail in capitals', async () => {
    const answer = await anyone.post('/auth/login', { email: account.email.toUpperCase(), password })
    expect([answer.status, answer.data.user.id]).toEqual([200, account.id])
  })

  test('keeps the session with the hash of its refresh token, for 7 days', async () => {
    const { data } = await anyone.post('/auth/login', { email: account.email, password }, { 'user-agent': 'Probe/1' })
    const session = await sessionRow(sessionIdIn(data.refresh_token!))
    expect(session).toMatchObject({ user_id: account.id, revoked_at: null, user_agent: 'Probe/1' })
    const secret = new TextEncoder().encode(data.refresh_token!.split('.')[1])
    const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', secret))
    expect(session!['refresh_hash']).toBe(digest.toHex())
    expect(Date.parse(String(session!['expires_at'])) - Date.parse(String(session!['created_at']))).toBe(604_800_000)
  })

  test('gives a refresh token whose secret is two ids that are nowhere else', async () => {
    const tokens = [await account.signIn(), await account.signIn()].map(({ data }) => data.refresh_token!)
    const ids = tokens.flatMap((token) => {
      const [session, secret] = token.split('.') as [string, string]
      return [session, secret.slice(0, 22), secret.slice(22)]
    })
    expect(new Set(ids).size).toBe(6)
  })

  test('leaves one audit row that names the account', async () => {
    const { data, headers } = await account.signIn()
    expect(await auditRows('session', sessionIdIn(data.refresh_token!))).toEqual([
      expect.objectContaining({
        action: 'session.create',
        actor_id: account.id,
        actor_role: 'registrar',
        method: 'POST',
        path: '/api/v1/auth/login',
        status: 200,
        success: 1,
        request_id: headers.get('x-request-id'),
      }),
    ])
  })

  test('twice gives two sessions', async () => {
    const [one, other] = [await account.signIn(), await account.signIn()]
    expect(sessionIdIn(one.data.refresh_token!)).not.toBe(sessionIdIn(other.data.refresh_token!))
    expect((await caller(one.data.access_token).get('/auth/me')).status).toBe(200)
    expect((await caller(other.data.access_token).get('/auth/me')).status).toBe(200)
  })

  test('an Idempotency-Key does not make the tokens rest in the database', async () => {
    const { data } = await account.signIn()
    const again = await caller(data.access_token).post(
      '/auth/login',
      { email: account.email, password },
      { 'idempotency-key': 'sign-in-once' },
    )
    expect(again.status).toBe(200)
    const stored = await testEnv.DB.prepare('select response from idempotency_key').all<{ response: string | null }>()
    expect(JSON.stringify(stored.results)).not.toContain(again.data.refresh_token)
  })
})

describe('a refused sign-in', () => {
  const refusal = async (email: string, secret: string) => {
    const { status, error } = await anyone.post('/auth/login', { email, password: secret })
    return { status, ...error }
  }
  const expected = {
    status: 401,
    code: 'INVALID_CREDENTIALS',
    message: 'E-mail or password is wrong. Try again, or ask for a new password.',
    details: null,
    path: '/api/v1/auth/login',
  }

  test('looks the same for a wrong password, an unknown e-mail, an inactive and a deleted account', async () => {
    const inactive = await newAccount()
    await setAccount(inactive.id, 'is_active', 0)
    const deleted = await newAccount()
    await setAccount(deleted.id, 'deleted_at', '2026-01-01T00:00:00.000Z')
    expect(await refusal(account.email, 'Wrong-Horse-9!')).toEqual(expected)
    expect(await refusal('nobody@lyceum.test', password)).toEqual(expected)
    expect(await refusal(inactive.email, password)).toEqual(expected)
    expect(await refusal(deleted.email, password)).toEqual(expected)
  })

  test('looks the same for a password that nobody can type', async () => {
    expect(await refusal(account.email, '\u0001')).toEqual(expected)
    expect(await refusal('nobody@lyceum.test', 'x'.repeat(128))).toEqual(expected)
  })

  test('starts no session', async () => {
    const before = await countRows('session')
    await refusal(account.email, 'Wrong-Horse-9!')
    expect(await countRows('session')).toBe(before)
  })

  test('is explained in Greek to those who ask for it', async () => {
    const wrong = { email: account.email, password: 'x' }
    const answer = await anyone.post('/auth/login', wrong, { 'accept-language': 'el-GR,el;q=0.9' })
    expect(answer.error?.message).toBe('Το e-mail ή ο κωδικός είναι λάθος. Δοκιμάστε ξανά ή ζητήστε νέο κωδικό.')
    expect(answer.headers.get('content-language')).toBe('el')
  })

  test('does not repeat a password of the wrong type', async () => {
    const answer = await anyone.post('/auth/login', { email: account.email, password: { hidden: 'Secret-77!' } })
    expect(answer.status).toBe(422)
    expect(answer.error?.details.errors).toMatchObject([{ in: 'body', path: 'password', code: 'wrong_type' }])
    expect(await answer.response.clone().text()).not.toContain('Secret-77!')
  })
})
