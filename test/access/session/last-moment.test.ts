import { afterEach, describe, expect, test, vi } from 'vitest'
import { decodeJwt } from 'jose'
import { refusal } from '../../call.ts'
import { caller, persona, testEnv } from '../../world.ts'
import { newAccount, refresh, sessionIdIn, sessionRow, setAccount } from '../identity/account.ts'
import { protectedAccount } from '../second-factor/second-factor.ts'

afterEach(() => void vi.useRealTimers())

const at = (now: number) => vi.useFakeTimers({ toFake: ['Date'], now })

/** A session of a moment ago, what its row says and its first refresh token. */
async function begun() {
  const account = await newAccount()
  const { refresh_token } = (await account.signIn()).data
  const id = sessionIdIn(refresh_token!)
  const times = (await sessionRow(id)) as { expires_at: string }
  const set = (column: 'created_at' | 'verified_at', ms: number) =>
    testEnv.DB.prepare(`update session set ${column} = ? where id = ?`).bind(new Date(ms).toISOString(), id).run()
  return { userId: account.id, id, token: refresh_token!, set, expires: Date.parse(times.expires_at) }
}

describe('a refresh token', () => {
  test('is good until the moment it expires, and not at that moment', async () => {
    const [late, inTime] = [await begun(), await begun()]
    at(late.expires)
    expect(refusal(await refresh(late.token))).toEqual([401, 'INVALID_REFRESH_TOKEN'])
    vi.setSystemTime(inTime.expires - 1)
    expect((await refresh(inTime.token)).status).toBe(200)
  })

  test('is worth nothing at the moment at which thirty days are over', async () => {
    const { token, set } = await begun()
    const now = Date.now()
    await set('created_at', now - 30 * 86_400_000)
    at(now)
    expect(refusal(await refresh(token))).toEqual([401, 'INVALID_REFRESH_TOKEN'])
  })

  test('that was exchanged ten seconds ago to the moment harms nothing', async () => {
    const { id, token } = await begun()
    await refresh(token)
    at(Date.parse(String((await sessionRow(id))!['last_used_at'])) + 10_000)
    expect(refusal(await refresh(token))).toEqual([409, 'REFRESH_OVERTAKEN'])
  })
})

test('an access token is good for fifteen minutes to the moment, also when it was looked at before', async () => {
  const { access_token } = (await (await newAccount()).signIn()).data
  const status = async () => (await caller(access_token).get('/auth/me')).status
  const { iat, exp } = decodeJwt(access_token)
  expect([await status(), exp! - iat!]).toEqual([200, 900])
  at(exp! * 1000 - 1)
  expect(await status()).toBe(200)
  vi.setSystemTime(exp! * 1000)
  expect(await status()).toBe(401)
})

test('a right password is followed by a code within five minutes, to the moment', async () => {
  const { challenge, recovery } = await protectedAccount()
  const [late, inTime] = [await challenge(), await challenge()]
  const end = (token: string) => decodeJwt(token).exp! * 1000
  const finish = (mfa_token: string, code: number) =>
    caller(null).post('/auth/mfa/login', { mfa_token, code: recovery[code] })
  expect(end(late) - decodeJwt(late).iat! * 1000).toBe(300_000)
  at(end(late))
  expect(refusal(await finish(late, 0))).toEqual([401, 'MFA_LOGIN_REFUSED'])
  vi.setSystemTime(end(inTime) - 1)
  expect((await finish(inTime, 0)).status).toBe(200)
})

test('a password given ten minutes ago to the moment is fresh, one millisecond later it is not', async () => {
  const { userId, token, set } = await begun()
  await setAccount(userId, 'role', 'admin')
  const proved = Date.now() - 540_000
  await set('verified_at', proved)
  const other = await persona('faculty')
  const me = caller((await refresh(token)).data.access_token)
  const promote = (role: string) => me.patch(`/users/${other.userId}`, { role })
  at(proved + 600_000)
  expect(refusal(await promote('registrar'))).toEqual([200, undefined])
  vi.setSystemTime(proved + 600_001)
  expect(refusal(await promote('faculty'))).toEqual([403, 'STEP_UP_REQUIRED'])
})
