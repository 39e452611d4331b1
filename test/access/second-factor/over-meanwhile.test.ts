import { describe, expect, test } from 'vitest'
import { refusal } from '../../call.ts'
import { meanwhile } from '../../platform/database/between.ts'
import { codeOf, json, serveWith } from '../../platform/http/serve.ts'
import { caller, testEnv } from '../../world.ts'
import { newAccount, password } from '../identity/account.ts'
import { codeIn, protectedAccount } from './second-factor.ts'

const post = async (DB: D1Database, path: string, body: object, token: string) =>
  codeOf(await serveWith({ DB }, `/api/v1/auth${path}`, json('POST', body, { authorization: `Bearer ${token}` })))

/** The sessions of an account end, and no object is told. */
const ending = (userId: number) => () =>
  testEnv.DB.prepare('update session set revoked_at = ? where user_id = ?').bind(new Date().toISOString(), userId).run()

const isInForce = async (userId: number) =>
  (await testEnv.DB.prepare('select confirmed_at from totp where user_id = ?')
    .bind(userId)
    .first<string>('confirmed_at')) !== null

describe('a session that ends meanwhile', () => {
  test('brings no second factor into force', async () => {
    const { id, signIn } = await newAccount()
    const { access_token } = (await signIn()).data
    const { secret } = (await caller(access_token).post('/auth/mfa/setup')).data
    const code = await codeIn(secret, -1)
    expect(await post(meanwhile(ending(id)), '/mfa/verify', { code }, access_token)).toBe('409 STALE_STATE')
    expect(await isInForce(id)).toBe(false)
  })

  test('takes none away', async () => {
    const { id, me, recovery } = await protectedAccount()
    const proofs = { password, code: recovery[0] }
    expect(await post(meanwhile(ending(id)), '/mfa/disable', proofs, me.token!)).toBe('409 STALE_STATE')
    expect(await isInForce(id)).toBe(true)
  })

  test('changes no password', async () => {
    const { id, email, signIn } = await newAccount()
    const { access_token } = (await signIn()).data
    const change = { current_password: password, new_password: 'Another-Horse-7!' }
    expect(await post(meanwhile(ending(id)), '/change-password', change, access_token)).toBe('401 HTTP_401')
    expect((await caller(null).post('/auth/login', { email, password })).status).toBe(200)
  })
})

describe('a password that is changed meanwhile', () => {
  const change = (token: string | null) =>
    caller(token).post('/auth/change-password', { current_password: password, new_password: 'Another-Horse-7!' })

  test('takes no second factor away', async () => {
    const { id, me, recovery } = await protectedAccount()
    const proofs = { password, code: recovery[0] }
    const DB = meanwhile(() => change(me.token))
    expect(await post(DB, '/mfa/disable', proofs, me.token!)).toBe('400 MFA_CODE_WRONG')
    expect(await isInForce(id)).toBe(true)
  })

  test('is no fresh proof', async () => {
    const { signIn } = await newAccount()
    const { access_token } = (await signIn()).data
    const DB = meanwhile(() => change(access_token))
    expect(await post(DB, '/mfa/step-up', { password }, access_token)).toBe('400 PASSWORD_WRONG')
  })
})

test('a code that proves who is there a second time proves it once', async () => {
  const { me, recovery } = await protectedAccount()
  const step = () => me.post('/auth/mfa/step-up', { code: recovery[0] })
  expect([(await step()).status, refusal(await step())]).toEqual([200, [400, 'MFA_CODE_WRONG']])
})
