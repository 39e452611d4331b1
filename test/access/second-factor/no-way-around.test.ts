import { beforeAll, describe, expect, test } from 'vitest'
import { endpoints } from '#/wiring/endpoints.ts'
import type { Endpoint } from '#/platform/http/endpoint.ts'
import { isFormat } from '#/platform/http/format.ts'
import { refusal } from '../../call.ts'
import { caller, countRows } from '../../world.ts'
import { password, refresh } from '../identity/account.ts'
import { resetToken } from '../mailed-token/mailed.ts'
import { codeIn, protectedAccount, timePasses } from './second-factor.ts'

const anyone = caller(null)
const form = { 'content-type': 'application/x-www-form-urlencoded' }
let account: Awaited<ReturnType<typeof protectedAccount>>
beforeAll(async () => {
  account = await protectedAccount()
})

/** Everything that might begin a session of an account whose second factor is in force, without a code that is right. */
const ways: Record<string, [operation: string, () => ReturnType<typeof anyone.post>]> = {
  'the password': ['login', () => account.signIn()],
  'the password, for a cookie': [
    'login',
    () => anyone.post('/auth/login', { email: account.email, password, cookie: true }),
  ],
  'the password, from a tool': [
    'passwordGrant',
    () => {
      const grant = { grant_type: 'password', username: account.email, password }
      return anyone.post('/auth/token', new URLSearchParams(grant).toString(), form)
    },
  ],
  'the challenge as a refresh token': [
    'refreshSession',
    async () => refresh((await account.challenge()).slice(0, 200)),
  ],
  'a challenge without a code': [
    'finishLogin',
    async () => anyone.post('/auth/mfa/login', { mfa_token: await account.challenge() }),
  ],
  'a challenge with no code': [
    'finishLogin',
    async () => anyone.post('/auth/mfa/login', { mfa_token: await account.challenge(), code: null }),
  ],
  'a challenge with a wrong code': ['finishLogin', () => account.finish('000000')],
  'a code without a challenge': [
    'finishLogin',
    async () => anyone.post('/auth/mfa/login', { code: await codeIn(account.secret) }),
  ],
  'a new password from a mail': [
    'confirmPasswordReset',
    async () => {
      const token = await resetToken(account.email)
      return anyone.post('/auth/password-reset/confirm', { token, new_password: 'Another-Horse-7!' })
    },
  ],
}

describe('no session begins with', () => {
  test.each(Object.keys(ways))('%s alone', async (way) => {
    const before = await countRows('session')
    const { data, headers } = await ways[way]![1]()
    expect(data ?? {}).not.toHaveProperty('access_token')
    expect(data ?? {}).not.toHaveProperty('refresh_token')
    // The device on which a password was chosen is known; that opens nothing.
    expect(headers.getSetCookie().filter((line) => !line.startsWith('__Host-lyceum_device='))).toEqual([])
    expect(await countRows('session')).toBe(before)
  })

  test('any other operation that answers tokens, for there is none', () => {
    const tried = new Set(
      Object.values(ways)
        .map(([id]) => id)
        .filter((id) => id !== 'confirmPasswordReset'),
    )
    const answering = endpoints.filter(({ returns }) => schemasOf(returns).some(describesTokens))
    const needsSession = ['stepUp']
    expect(answering.map(({ id }) => id).toSorted()).toEqual([...tried, ...needsSession].toSorted())
  })
})

const schemasOf = (returns: Endpoint['returns']): object[] =>
  isFormat(returns) ? Object.values(returns.content).filter((one) => typeof one === 'object') : [returns]

/** Whether a schema, or an alternative of it, has an access token. */
function describesTokens(schema: object): boolean {
  const { def } = schema as { def: { shape?: object; options?: object[] } }
  return 'access_token' in (def.shape ?? {}) || (def.options ?? []).some(describesTokens)
}

describe('a code that was used', () => {
  test.each(['login', 'step up', 'disabling'])('is worth nothing for a %s', async (use) => {
    const fresh = await protectedAccount()
    await timePasses(fresh.id)
    const code = await codeIn(fresh.secret)
    const { access_token } = (await fresh.finish(code)).data
    const again = {
      login: () => fresh.finish(code),
      'step up': () => caller(access_token).post('/auth/mfa/step-up', { code }),
      disabling: () => caller(access_token).post('/auth/mfa/disable', { password, code }),
    }[use]!
    expect(refusal(await again())).toEqual(use === 'login' ? [401, 'MFA_LOGIN_REFUSED'] : [400, 'MFA_CODE_WRONG'])
  })

  test.each(['login', 'step up', 'disabling'])('is worth nothing for a %s, if it was a recovery code', async (use) => {
    const fresh = await protectedAccount()
    const [code] = fresh.recovery
    expect((await fresh.me.post('/auth/mfa/step-up', { code })).status).toBe(200)
    const again = {
      login: () => fresh.finish(code!),
      'step up': () => fresh.me.post('/auth/mfa/step-up', { code }),
      disabling: () => fresh.me.post('/auth/mfa/disable', { password, code }),
    }[use]!
    expect(refusal(await again())).toEqual(use === 'login' ? [401, 'MFA_LOGIN_REFUSED'] : [400, 'MFA_CODE_WRONG'])
  })
})
