import { describe, expect, test } from 'vitest'
import { meanwhile, racing } from '../../platform/database/between.ts'
import { codeOf, json, serveWith } from '../../platform/http/serve.ts'
import { caller, testEnv } from '../../world.ts'
import { newAccount, password } from '../identity/account.ts'
import { resetToken } from '../mailed-token/mailed.ts'
import { protectedAccount } from '../second-factor/second-factor.ts'

const [changed, reset] = ['Another-Horse-7!', 'Third-Horse-5!']
/** Where hashes cost more than those that are stored. */
const costlier = { PASSWORD_MEMORY_KIB: '512' }

const post = (path: string, body: object, DB: D1Database, token?: string, vars: object = {}) =>
  serveWith({ DB, ...vars }, `/api/v1${path}`, json('POST', body, token ? { authorization: `Bearer ${token}` } : {}))

const change = (token: string, DB: D1Database) =>
  post('/auth/change-password', { current_password: password, new_password: changed }, DB, token)

/** Which of the passwords opens the account. */
async function opening(email: string) {
  const tried = await Promise.all(
    [password, changed, reset].map(async (one) => {
      const { status } = await caller(null).post('/auth/login', { email, password: one })
      return status === 200 ? one : undefined
    }),
  )
  return tried.filter((one) => one !== undefined)
}

describe('a change of password', () => {
  test('counts as a change beside one that is made meanwhile: no state of the account has the version of another', async () => {
    const { id, signIn } = await newAccount()
    const { access_token } = (await signIn()).data
    const versionOf = () =>
      testEnv.DB.prepare('select version from user where id = ?').bind(id).first<number>('version')
    const before = (await versionOf())!
    const renaming = testEnv.DB.prepare('update user set version = version + 1 where id = ?').bind(id)
    expect(
      (
        await change(
          access_token,
          meanwhile(() => renaming.run()),
        )
      ).status,
    ).toBe(204)
    expect(await versionOf()).toBe(before + 2)
  })

  test('is made although a sign-in strengthens the hash meanwhile', async () => {
    const { email, signIn } = await newAccount()
    const { access_token } = (await signIn()).data
    const [first, second] = racing(2)
    const answers = await Promise.all([
      post('/auth/login', { email, password }, first!, undefined, costlier),
      change(access_token, second!),
    ])
    expect(answers.map(({ status }) => status)).toEqual([200, 204])
    expect(await opening(email)).toEqual([changed])
  })

  test('is not undone by a sign-in that strengthens the hash of the password before', async () => {
    const { email, signIn } = await newAccount()
    const { access_token } = (await signIn()).data
    const [first, second] = racing(2)
    const [made, late] = await Promise.all([
      change(access_token, first!),
      post('/auth/login', { email, password }, second!, undefined, costlier),
    ])
    expect([made.status, await codeOf(late)]).toEqual([204, '401 INVALID_CREDENTIALS'])
    expect(await opening(email)).toEqual([changed])
  })

  test('nor by one that then asks for a code, which opens nothing', async () => {
    const { email, me, recovery } = await protectedAccount()
    const [first, second] = racing(2)
    const [made, late] = await Promise.all([
      change(me.token!, first!),
      post('/auth/login', { email, password }, second!, undefined, costlier),
    ])
    expect([made.status, late.status]).toEqual([204, 200])
    const { mfa_token } = ((await late.json()) as { data: { mfa_token: string } }).data
    const finished = await post('/auth/mfa/login', { mfa_token, code: recovery[0] }, testEnv.DB)
    expect(await codeOf(finished)).toBe('401 MFA_LOGIN_REFUSED')
    expect(await opening(email)).toEqual([changed])
  })

  test('of two at once one is made; the other is told that its current password is wrong by then', async () => {
    const { email, signIn } = await newAccount()
    const { access_token } = (await signIn()).data
    const [first, second] = racing(2)
    const other = { current_password: password, new_password: reset }
    const [made, late] = await Promise.all([
      change(access_token, first!),
      post('/auth/change-password', other, second!, access_token),
    ])
    expect([made.status, await codeOf(late)]).toEqual([204, '400 PASSWORD_WRONG'])
    expect(await opening(email)).toEqual([changed])
  })
})

describe('a reset', () => {
  const confirm = (token: string, DB: D1Database) =>
    post('/auth/password-reset/confirm', { token, new_password: reset }, DB)

  test('is confirmed although a sign-in strengthens the hash meanwhile', async () => {
    const { email } = await newAccount()
    const token = await resetToken(email)
    const [first, second] = racing(2)
    const answers = await Promise.all([
      post('/auth/login', { email, password }, first!, undefined, costlier),
      confirm(token, second!),
    ])
    expect(answers.map(({ status }) => status)).toEqual([200, 204])
    expect(await opening(email)).toEqual([reset])
  })

  test('that comes first leaves nothing to a change by the password before', async () => {
    const { email, signIn } = await newAccount()
    const { access_token } = (await signIn()).data
    const token = await resetToken(email)
    const [first, second] = racing(2)
    const [made, late] = await Promise.all([confirm(token, first!), change(access_token, second!)])
    expect([made.status, await codeOf(late)]).toEqual([204, '401 HTTP_401'])
    expect(await opening(email)).toEqual([reset])
  })
})
