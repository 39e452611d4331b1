import { beforeAll, describe, expect, test } from 'vitest'
import { endpoints } from '#/wiring/endpoints.ts'
import { fullPath } from '#/platform/http/endpoint.ts'
import { policy } from '#/wiring/policy.ts'
import { json, serveWith } from '../../platform/http/serve.ts'
import { type Answer, refusal } from '../../call.ts'
import { caller, testEnv, unique } from '../../world.ts'
import { protectedAccount } from '../second-factor/second-factor.ts'
import { newAccount, password, refresh, sessionIdIn, timePasses } from '../identity/account.ts'

const anyone = caller(null)
const here = { origin: 'http://lyceum.test' }

let email: string
beforeAll(async () => {
  email = (await newAccount()).email
})

const signIn = () => anyone.post('/auth/login', { email, password, cookie: true })

const refreshCookies = (headers: Headers) =>
  headers.getSetCookie().filter((line) => line.startsWith('__Host-lyceum_refresh='))

/** What a browser would keep of an answer: the cookie as it comes back, and its attributes. */
function kept({ headers }: Pick<Answer, 'headers'>) {
  const [line, ...more] = refreshCookies(headers)
  expect(more).toEqual([])
  const [pair, ...attributes] = line!.split('; ')
  return { cookie: pair!, token: pair!.slice(pair!.indexOf('=') + 1), attributes }
}

const renew = (headers: Record<string, string>, body?: object) => anyone.post('/auth/refresh', body, headers)

describe('a refresh token in a cookie', () => {
  test('is set at a sign-in that asks for it, out of reach of scripts, and is not in the answer', async () => {
    const answer = await signIn()
    const { cookie, token, attributes } = kept(answer)
    expect(cookie).toMatch(/^__Host-lyceum_refresh=[\w-]{22}\.[\w-]{44}$/)
    expect(attributes).toEqual(['Max-Age=604800', 'Path=/', 'HttpOnly', 'Secure', 'SameSite=Strict'])
    expect(Object.keys(answer.data)).toEqual(['access_token', 'token_type', 'expires_in', 'user'])
    expect(await answer.response.text()).not.toContain(token)
  })

  test.each([{}, { cookie: false }])('is not set at a sign-in with %j', async (wish) => {
    const answer = await anyone.post('/auth/login', { email, password, ...wish })
    expect(refreshCookies(answer.headers)).toEqual([])
    expect(answer.data.refresh_token).toEqual(expect.any(String))
  })

  test('is set at the second step of a sign-in, and not at the first', async () => {
    const account = await protectedAccount()
    const first = await anyone.post('/auth/login', { email: account.email, password, cookie: true })
    expect(refreshCookies(first.headers)).toEqual([])
    const { mfa_token } = first.data
    const second = await anyone.post('/auth/mfa/login', { mfa_token, code: account.recovery[0], cookie: true })
    expect(second.data).not.toHaveProperty('refresh_token')
    expect(refusal(await renew({ ...here, cookie: kept(second).cookie }))).toEqual([200, undefined])
  })

  test('is renewed with each refresh; the old one ends the session', async () => {
    const first = kept(await signIn())
    const answer = await renew({ ...here, cookie: `theme=dark; ${first.cookie}; other=1` })
    const second = kept(answer)
    expect(answer.data).not.toHaveProperty('refresh_token')
    expect(second.cookie).not.toBe(first.cookie)
    expect(sessionIdIn(second.token)).toBe(sessionIdIn(first.token))
    expect((await caller(answer.data.access_token).get('/auth/me')).data.email).toBe(email)
    await timePasses(sessionIdIn(first.token), 11)
    for (const { cookie } of [first, second])
      expect(refusal(await renew({ ...here, cookie }))).toEqual([401, 'INVALID_REFRESH_TOKEN'])
  })

  test('of two tabs that renew it at once goes to one; the other leaves it alone and finds the new one there', async () => {
    const { cookie } = kept(await signIn())
    const answers = await Promise.all([renew({ ...here, cookie }), renew({ ...here, cookie })])
    const [won, lost] = answers.toSorted((a, b) => a.status - b.status)
    expect(refusal(won!)).toEqual([200, undefined])
    expect(refusal(lost!)).toEqual([409, 'REFRESH_OVERTAKEN'])
    expect(refreshCookies(lost!.headers)).toEqual([])
    expect(refusal(await renew({ ...here, cookie: kept(won!).cookie }))).toEqual([200, undefined])
  })

  test('yields to a token in the body, which stays in the body', async () => {
    const { cookie } = kept(await signIn())
    const { refresh_token } = (await anyone.post('/auth/login', { email, password })).data
    const answer = await renew({ cookie }, { refresh_token })
    expect(sessionIdIn(answer.data.refresh_token!)).toBe(sessionIdIn(refresh_token!))
    expect(refreshCookies(answer.headers)).toEqual([])
    expect((await renew({ ...here, cookie })).status).toBe(200)
  })

  test('can take the place of one in the body', async () => {
    const { refresh_token } = (await anyone.post('/auth/login', { email, password })).data
    const answer = await renew({}, { refresh_token, cookie: true })
    expect(answer.data).not.toHaveProperty('refresh_token')
    expect(sessionIdIn(kept(answer).token)).toBe(sessionIdIn(refresh_token!))
  })

  test('goes with the session at the sign-out', async () => {
    const signedIn = await signIn()
    const { cookie, token } = kept(signedIn)
    const answer = await caller(signedIn.data.access_token).post('/auth/logout', undefined, { cookie })
    expect(kept(answer)).toEqual({
      cookie: '__Host-lyceum_refresh=',
      token: '',
      attributes: ['Max-Age=0', 'Path=/', 'HttpOnly', 'Secure', 'SameSite=Strict'],
    })
    expect(refusal(await renew({ ...here, cookie }))).toEqual([401, 'INVALID_REFRESH_TOKEN'])
    expect((await refresh(token)).status).toBe(401)
  })

  test.each([
    ['nothing', {}],
    ['an empty cookie', { cookie: '__Host-lyceum_refresh=' }],
    ['a made-up cookie', { cookie: '__Host-lyceum_refresh=x' }],
    ['a cookie of another name', { cookie: 'lyceum_refresh=x' }],
  ])('%s is no refresh token', async (_, headers) => {
    const answer = await renew({ ...here, ...headers })
    expect(refusal(answer)).toEqual([401, 'INVALID_REFRESH_TOKEN'])
    expect(refreshCookies(answer.headers)).toEqual([])
  })
})

describe('the page that sends the cookie', () => {
  const listed = { CORS_ALLOWED_ORIGINS: 'https://campus.example' }
  const send = (headers: Record<string, string>) =>
    serveWith(listed, '/api/v1/auth/refresh', { method: 'POST', headers })

  test.each([
    ['another origin', { origin: 'https://evil.example' }],
    ['a neighbour of the same site', { origin: 'http://evil.lyceum.test' }],
    ['this host on another port', { origin: 'http://lyceum.test:8080' }],
    ['this host with another scheme', { origin: 'https://lyceum.test' }],
    ['an origin that ends like a listed one', { origin: 'https://evil-campus.example' }],
    ['a sandbox', { origin: 'null' }],
    ['another origin that claims to be this one', { origin: 'https://evil.example', 'sec-fetch-site': 'same-origin' }],
    ['another site', { 'sec-fetch-site': 'cross-site' }],
    ['the same site', { 'sec-fetch-site': 'same-site' }],
    ['the address bar', { 'sec-fetch-site': 'none' }],
    ['nobody knows where', {}],
  ])('%s is refused, and the token stays good', async (_, headers) => {
    const { cookie } = kept(await signIn())
    const answer = await send({ cookie, ...headers })
    const body = (await answer.json()) as { error: { code: string } }
    expect([answer.status, body.error.code]).toEqual([403, 'ORIGIN_REFUSED'])
    expect(refreshCookies(answer.headers)).toEqual([])
    expect((await renew({ ...here, cookie })).status).toBe(200)
  })

  test.each([
    ['this origin', here],
    ['this origin without an Origin', { 'sec-fetch-site': 'same-origin' }],
    ['a listed origin', { origin: 'https://campus.example', 'sec-fetch-site': 'same-site' }],
  ])('%s is served', async (_, headers) => {
    const { cookie } = kept(await signIn())
    const answer = await send({ cookie, ...headers })
    expect(answer.status).toBe(200)
    expect(kept(answer).cookie).not.toBe(cookie)
  })

  test('a listed origin may sign in with credentials and read the answer', async () => {
    const init = json('POST', { email, password, cookie: true }, { origin: 'https://campus.example' })
    const answer = await serveWith(listed, '/api/v1/auth/login', init)
    expect([answer.status, answer.headers.get('access-control-allow-credentials')]).toEqual([200, 'true'])
    expect(answer.headers.get('access-control-allow-origin')).toBe('https://campus.example')
    expect(kept(answer).attributes).toContain('SameSite=Strict')
  })

  test('a refusal in Greek', async () => {
    const { cookie } = kept(await signIn())
    const { error } = await renew({ cookie, 'accept-language': 'el' })
    expect([error?.code, error?.message]).toEqual(['ORIGIN_REFUSED', expect.stringContaining('σελίδα')])
  })

  test('a refusal that leaves a row, and counts against the address like a token that is none', async () => {
    const ip = `2001:db8:c:${unique().toString(16)}::1`
    const headers = { cookie: '__Host-lyceum_refresh=x', origin: 'https://evil.example', 'cf-connecting-ip': ip }
    const knock = () =>
      serveWith({ ...listed, RATE_LIMIT_SCALE: '1' }, '/api/v1/auth/refresh', { method: 'POST', headers })
    const statuses = []
    for (let i = 0; i < 51; i += 1) statuses.push((await knock()).status)
    expect(statuses.slice(49)).toEqual([403, 429])
    const rows = await testEnv.DB.prepare(
      "select status, summary from audit_log where ip = ? and action = 'session.refresh'",
    )
      .bind(ip)
      .all()
    expect(rows.results).toHaveLength(50)
    expect(rows.results[0]).toEqual({ status: 403, summary: 'refused: ORIGIN_REFUSED' })
  })
})

describe('a cookie opens nothing but a refresh', () => {
  const guarded = endpoints.filter(({ permission }) => !('anonymous' in policy[permission]))

  test('no operation that asks for an access token takes one instead', async () => {
    const signedIn = await signIn()
    const cookies = [kept(signedIn).cookie, `__Host-lyceum_refresh=${signedIn.data.access_token}`]
    const answers = await Promise.all(
      guarded.flatMap((endpoint) =>
        cookies.map(async (cookie) => {
          const path = fullPath(endpoint).replaceAll(/:\w+/g, '1')
          const init = { method: endpoint.method.toUpperCase(), headers: { ...here, cookie } }
          return { id: endpoint.id, status: (await serveWith({}, path, init)).status }
        }),
      ),
    )
    expect(guarded.length).toBeGreaterThan(150)
    expect(answers.filter(({ status }) => status !== 401)).toEqual([])
    expect((await renew({ ...here, cookie: cookies[0]! })).status).toBe(200)
  })

  test('the sign-out among them: a page cannot end a session by the cookie', async () => {
    const { cookie } = kept(await signIn())
    const answer = await anyone.post('/auth/logout', undefined, { ...here, cookie })
    expect(refusal(answer)).toEqual([401, 'HTTP_401'])
    expect((await renew({ ...here, cookie })).status).toBe(200)
  })
})
