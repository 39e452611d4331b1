import { beforeAll, describe, expect, test } from 'vitest'
import { endpoints } from '#/wiring/endpoints.ts'
import { fullPath } from '#/platform/http/endpoint.ts'
import { reachOf } from '#/platform/policy.ts'
import { caller, countRows, persona, testEnv } from '../../world.ts'
import { json, serveWith } from '../../platform/http/serve.ts'
import { newAccount, setAccount } from '../identity/account.ts'
import { codeIn, protectedAccount, setFactor } from './second-factor.ts'

const demanding = { SECOND_FACTOR_ROLES: 'admin, registrar' } as const
const required = [403, 'SECOND_FACTOR_REQUIRED']

/** One request to a deployment that demands a second factor of its staff. */
async function ask(token: string | null, method: string, path: string, body?: object, vars: object = demanding) {
  const init = body ? json(method, body) : { method, headers: {} }
  const headers = { ...init.headers, ...(token && { authorization: `Bearer ${token}` }) }
  const response = await serveWith(vars, /^\/(api|health)\b/.test(path) ? path : `/api/v1${path}`, { ...init, headers })
  const text = await response.text()
  const { data, error } = text.startsWith('{') ? JSON.parse(text) : { data: null, error: null }
  return { data, outcome: [response.status, ...(error ? [error.code] : [])] }
}

describe('a role that demands a second factor', () => {
  test('may set one up, and does everything else after the next refresh', async () => {
    const account = await newAccount()
    const { access_token, refresh_token } = (await account.signIn()).data
    const students = async (token: string) => (await ask(token, 'GET', '/students?page_size=1')).outcome
    expect(await students(access_token)).toEqual(required)
    expect((await ask(access_token, 'GET', '/auth/me')).outcome).toEqual([200])
    expect((await ask(access_token, 'PUT', '/user/preferences', { theme: 'dark' })).outcome).toEqual([200])
    const { secret } = (await ask(access_token, 'POST', '/auth/mfa/setup')).data
    expect(await students(access_token)).toEqual(required)
    const code = await codeIn(secret, -1)
    expect((await ask(access_token, 'POST', '/auth/mfa/verify', { code })).outcome).toEqual([200])
    expect(await students(access_token)).toEqual(required)
    const next = (await ask(null, 'POST', '/auth/refresh', { refresh_token })).data
    expect(await students(next.access_token)).toEqual([200])
    const { mfa_token } = (await account.signIn()).data
    const later = await ask(null, 'POST', '/auth/mfa/login', { mfa_token, code: await codeIn(secret) })
    expect(await students(later.data.access_token)).toEqual([200])
  })

  test('lets nobody go on who takes it away, with whatever token of before: it is to be refreshed', async () => {
    const { recovery, password, finish } = await protectedAccount()
    const { access_token, refresh_token } = (await finish(recovery.pop()!)).data
    const proofs = { password, code: recovery.pop() }
    expect((await ask(access_token, 'GET', '/courses')).outcome).toEqual([200])
    expect((await ask(access_token, 'POST', '/auth/mfa/disable', proofs)).outcome).toEqual([204])
    expect((await ask(access_token, 'GET', '/courses')).outcome).toEqual([401, 'HTTP_401'])
    const next = (await ask(null, 'POST', '/auth/refresh', { refresh_token })).data
    expect((await ask(next.access_token, 'GET', '/courses')).outcome).toEqual(required)
  })

  test('is not satisfied that the account has one: the session must have given a code of it', async () => {
    const account = await newAccount()
    const { refresh_token } = (await account.signIn()).data
    await setFactor(account.id)
    const next = (await ask(null, 'POST', '/auth/refresh', { refresh_token })).data
    expect((await ask(next.access_token, 'GET', '/courses')).outcome).toEqual(required)
    expect((await ask(next.access_token, 'GET', '/auth/me')).outcome).toEqual([200])
  })

  test('is not satisfied with a code of a second factor before the present one', async () => {
    const account = await protectedAccount()
    const [code] = account.recovery
    const { refresh_token } = (await account.finish(code!)).data
    await testEnv.DB.prepare('update totp set confirmed_at = ? where user_id = ?')
      .bind(new Date(Date.now() + 1).toISOString(), account.id)
      .run()
    const next = (await ask(null, 'POST', '/auth/refresh', { refresh_token })).data
    expect((await ask(next.access_token, 'GET', '/courses')).outcome).toEqual(required)
  })

  test('may prove itself for that when its sign-in was long ago, and may sign out', async () => {
    const account = await newAccount()
    const { access_token } = (await account.signIn()).data
    expect((await ask(access_token, 'POST', '/auth/mfa/step-up', { password: 'Correct-Horse-9!' })).outcome).toEqual([
      200,
    ])
    expect((await ask(access_token, 'POST', '/auth/logout')).outcome).toEqual([204])
  })

  test('gets nothing by the password grant but the way to set one up', async () => {
    const { email } = await newAccount()
    const form = new URLSearchParams({ grant_type: 'password', username: email, password: 'Correct-Horse-9!' })
    const answer = await serveWith(demanding, '/api/v1/auth/token', { method: 'POST', body: form })
    const { access_token } = (await answer.json()) as { access_token: string }
    expect((await ask(access_token, 'GET', '/students')).outcome).toEqual(required)
  })

  test('is demanded of an account that was promoted, and of nobody else', async () => {
    const account = await newAccount()
    await setAccount(account.id, 'role', 'faculty')
    const { access_token, refresh_token } = (await account.signIn()).data
    expect((await ask(access_token, 'GET', '/courses')).outcome).toEqual([200])
    await setAccount(account.id, 'role', 'admin')
    const next = (await ask(null, 'POST', '/auth/refresh', { refresh_token })).data
    expect((await ask(next.access_token, 'GET', '/courses')).outcome).toEqual(required)
    const { token } = await persona('student')
    expect((await ask(token, 'GET', '/courses')).outcome).toEqual([200])
  })

  test('is told so without a row in the database', async () => {
    const { token } = await persona('registrar')
    const before = await countRows('audit_log')
    expect((await ask(token, 'POST', '/programs', { code: 'X', title: 'x' })).outcome).toEqual(required)
    expect(await countRows('audit_log')).toBe(before)
  })
})

describe('without a second factor', () => {
  let tokens: Record<'admin' | 'registrar', string>
  beforeAll(async () => {
    tokens = { admin: (await persona('admin')).token!, registrar: (await persona('registrar')).token! }
  })
  const closed = endpoints.filter(
    ({ permission, secret, withoutSecondFactor }) =>
      !secret && !withoutSecondFactor && reachOf(permission, 'anonymous') === undefined,
  )

  test('these are open, and whatever is open to everybody', () => {
    expect(endpoints.filter((one) => one.withoutSecondFactor).map(({ id }) => id)).toEqual([
      'logout',
      'getOwnAccount',
      'setUpTotp',
      'confirmTotp',
      'stepUp',
      'getMode',
      'setMode',
      'getPreferences',
      'savePreferences',
    ])
  })

  test.each(closed.map((endpoint) => [endpoint.id, endpoint] as const))('%s is not', async (_, endpoint) => {
    const path = fullPath(endpoint).replaceAll(/:\w+/g, '1')
    for (const role of ['admin', 'registrar'] as const) {
      const { outcome } = await ask(tokens[role], endpoint.method.toUpperCase(), path)
      expect(outcome).toEqual(reachOf(endpoint.permission, role) ? required : [403, 'HTTP_403'])
    }
  })
})

describe('SECOND_FACTOR_ROLES', () => {
  const courses = async (SECOND_FACTOR_ROLES: string | undefined) =>
    (await ask(caller((await persona('registrar')).token).token, 'GET', '/courses', undefined, { SECOND_FACTOR_ROLES }))
      .outcome

  test('is a list that may be empty', async () => {
    expect(await courses('')).toEqual([200])
    expect(await courses('admin')).toEqual([200])
    expect(await courses('registrar')).toEqual(required)
  })

  test.each(['registar', 'admin;registrar', 'anonymous', undefined])('with %j serves nothing', async (value) => {
    expect(await courses(value)).toEqual([503, 'SERVICE_UNAVAILABLE'])
  })
})
