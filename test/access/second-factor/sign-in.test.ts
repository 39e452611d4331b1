import { beforeAll, describe, expect, test } from 'vitest'
import { refusal } from '../../call.ts'
import { auditRows, caller, countRows, testEnv } from '../../world.ts'
import { newAccount, password } from '../identity/account.ts'
import { codeIn, protectedAccount, timePasses } from './second-factor.ts'

const anyone = caller(null)
let account: Awaited<ReturnType<typeof protectedAccount>>
beforeAll(async () => {
  account = await protectedAccount()
})

const refused = [401, 'MFA_LOGIN_REFUSED']

describe('signing in with a second factor', () => {
  test('the password alone yields no session, only a challenge', async () => {
    const before = await countRows('session')
    const answer = await account.signIn()
    expect(answer.data).toEqual({ mfa_required: true, mfa_token: expect.any(String) })
    expect(await countRows('session')).toBe(before)
  })

  test('the challenge is no access token and no refresh token', async () => {
    const token = await account.challenge()
    expect((await caller(token).get('/auth/me')).status).toBe(401)
    expect((await anyone.post('/auth/refresh', { refresh_token: token.slice(0, 200) })).status).toBe(401)
  })

  test('the code completes it, and says so in the audit log', async () => {
    await timePasses(account.id)
    const answer = await account.finish(await codeIn(account.secret))
    expect(answer.status).toBe(200)
    expect(answer.data.user.email).toBe(account.email)
    expect((await caller(answer.data.access_token).get('/auth/me')).data.id).toBe(account.id)
    const [id] = answer.data.refresh_token!.split('.')
    expect((await auditRows('session', id!)).map(({ action }) => action)).toEqual(['session.create'])
  })

  test('a code works once', async () => {
    await timePasses(account.id)
    const code = await codeIn(account.secret)
    expect((await account.finish(code)).status).toBe(200)
    expect(refusal(await account.finish(code))).toEqual(refused)
  })

  test('of six at once with one code, one gets in', async () => {
    const another = await protectedAccount()
    await timePasses(another.id)
    const code = await codeIn(another.secret)
    const tokens = await Promise.all(Array.from({ length: 6 }, another.challenge))
    const answers = await Promise.all(tokens.map((mfa_token) => anyone.post('/auth/mfa/login', { mfa_token, code })))
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1)
    expect(answers.filter(({ error }) => error?.code === 'MFA_LOGIN_REFUSED')).toHaveLength(5)
  })

  test('an older code is worth nothing after a newer one', async () => {
    await timePasses(account.id)
    expect((await account.finish(await codeIn(account.secret, 1))).status).toBe(200)
    expect(refusal(await account.finish(await codeIn(account.secret)))).toEqual(refused)
  })

  test('a recovery code works once, however it is typed', async () => {
    const [first, second] = account.recovery
    expect((await account.finish(first!)).status).toBe(200)
    expect(refusal(await account.finish(first!))).toEqual(refused)
    expect((await account.finish(second!.toLowerCase().replaceAll('-', ' '))).status).toBe(200)
  })

  test('a wrong code is refused and recorded', async () => {
    const answer = await account.finish('000000')
    expect(refusal(answer)).toEqual(refused)
    const [row] = await auditRows('account', account.id)
    expect(row).toMatchObject({ success: 0, status: 401, summary: 'one-time code refused' })
  })

  test.each(['', 'x'.repeat(41)])('a code of the wrong form (%j) is a 422', async (code) => {
    expect((await anyone.post('/auth/mfa/login', { mfa_token: 'x', code })).status).toBe(422)
  })

  test('a challenge that was made up, an access token in its place, or one of a closed account: refused', async () => {
    const session = (await (await newAccount()).signIn()).data
    for (const mfa_token of ['x', session.access_token])
      expect(refusal(await anyone.post('/auth/mfa/login', { mfa_token, code: '123456' }))).toEqual(refused)
    const closed = await protectedAccount()
    const mfa_token = await closed.challenge()
    await testEnv.DB.prepare('update user set is_active = 0 where id = ?').bind(closed.id).run()
    const code = await codeIn(closed.secret)
    expect(refusal(await anyone.post('/auth/mfa/login', { mfa_token, code }))).toEqual(refused)
  })

  test('tools with the password grant are told why they get nothing', async () => {
    const form = new URLSearchParams({ grant_type: 'password', username: account.email, password })
    const answer = await anyone.post('/auth/token', form.toString(), {
      'content-type': 'application/x-www-form-urlencoded',
    })
    expect(refusal(answer)).toEqual([401, 'MFA_REQUIRED'])
  })
})
