import type { FieldProblem } from '#/platform/validation/invalid.ts'
import { describe, expect, test } from 'vitest'
import { auditRows, caller } from '../../world.ts'
import { placeOf } from '../../call.ts'
import { resetToken } from '../mailed-token/mailed.ts'
import { newAccount, password, refresh, sessionIdIn } from '../identity/account.ts'

interface Session {
  id: string
  current: boolean
  user_agent: string | null
  ip: string | null
}

async function signedInTwice() {
  const account = await newAccount()
  const laptop = (
    await caller(null).post('/auth/login', { email: account.email, password }, device('Laptop', '203.0.113.1'))
  ).data
  const phone = (
    await caller(null).post('/auth/login', { email: account.email, password }, device('Phone', '203.0.113.2'))
  ).data
  return { ...account, laptop, phone }
}

const device = (name: string, ip: string) => ({ 'user-agent': name, 'cf-connecting-ip': ip })
const sessionsOf = async (token: string): Promise<Session[]> => (await caller(token).get('/auth/sessions')).data.items

describe('sessions', () => {
  test('are listed with device and address, and which one is this', async () => {
    const { laptop, phone } = await signedInTwice()
    const found = await sessionsOf(laptop.access_token)
    expect(found.map(({ user_agent, ip, current }) => [user_agent, ip, current]).toSorted()).toEqual([
      ['Laptop', '203.0.113.1', true],
      ['Phone', '203.0.113.2', false],
    ])
    expect(found.map(({ id }) => id)).toContain(sessionIdIn(phone.refresh_token!))
    expect(JSON.stringify(found)).not.toContain(phone.refresh_token!.split('.')[1])
  })

  test('end one by one, with their tokens at once', async () => {
    const { laptop, phone } = await signedInTwice()
    const id = sessionIdIn(phone.refresh_token!)
    expect((await caller(laptop.access_token).delete(`/auth/sessions/${id}`)).status).toBe(204)
    expect((await caller(phone.access_token).get('/auth/me')).status).toBe(401)
    expect((await refresh(phone.refresh_token!)).status).toBe(401)
    expect((await caller(laptop.access_token).get('/auth/me')).status).toBe(200)
    expect(await sessionsOf(laptop.access_token)).toHaveLength(1)
    expect((await auditRows('session', id)).map(({ action }) => action)).toEqual(['session.revoke', 'session.create'])
    const again = await caller(laptop.access_token).delete(`/auth/sessions/${id}`)
    expect([again.status, again.error?.code]).toEqual([404, 'SESSION_NOT_FOUND'])
  })

  test('of somebody else are not there', async () => {
    const [mine, theirs] = [await signedInTwice(), await signedInTwice()]
    const id = sessionIdIn(theirs.phone.refresh_token!)
    const answer = await caller(mine.laptop.access_token).delete(`/auth/sessions/${id}`)
    expect([answer.status, answer.error?.code]).toEqual([404, 'SESSION_NOT_FOUND'])
    expect((await caller(theirs.phone.access_token).get('/auth/me')).status).toBe(200)
  })

  test('end all but this one', async () => {
    const { laptop, phone, signIn } = await signedInTwice()
    const third = (await signIn()).data
    expect((await caller(laptop.access_token).post('/auth/sessions/revoke-all')).data).toEqual({ revoked: 2 })
    expect((await caller(phone.access_token).get('/auth/me')).status).toBe(401)
    expect((await caller(third.access_token).get('/auth/me')).status).toBe(401)
    expect((await caller(laptop.access_token).post('/auth/sessions/revoke-all')).data).toEqual({ revoked: 0 })
    expect((await caller(laptop.access_token).get('/auth/me')).status).toBe(200)
  })
})

describe('changing the password', () => {
  const fresh = 'Another-Horse-7!'
  const change = (token: string, current_password: string, new_password: string) =>
    caller(token).post('/auth/change-password', { current_password, new_password })

  test('takes the current one and ends the other sessions', async () => {
    const { email, laptop, phone } = await signedInTwice()
    const refused = await change(laptop.access_token, 'Wrong-Horse-9!', fresh)
    expect([refused.status, refused.error?.code]).toEqual([400, 'PASSWORD_WRONG'])
    expect((await change(laptop.access_token, password, fresh)).status).toBe(204)
    expect((await caller(laptop.access_token).get('/auth/me')).status).toBe(200)
    expect((await caller(phone.access_token).get('/auth/me')).status).toBe(401)
    expect((await caller(null).post('/auth/login', { email, password })).status).toBe(401)
    expect((await caller(null).post('/auth/login', { email, password: fresh })).status).toBe(200)
  })

  test('is held to the rules, with every one that is broken', async () => {
    const { laptop } = await signedInTwice()
    const { status, error } = await change(laptop.access_token, password, 'αβγ δ')
    expect(status).toBe(422)
    const { errors } = error!.details as { errors: FieldProblem[] }
    expect(errors.map(({ code }) => code)).toEqual([
      'password_length',
      'password_upper',
      'password_digit',
      'password_special',
      'password_whitespace',
    ])
    expect(placeOf(errors[0]!)).toBe('body.new_password')
  })

  test('takes no password that the account has, nor does a reset; the token is good for another', async () => {
    const { email, laptop } = await signedInTwice()
    const token = await resetToken(email)
    const reset = (new_password: string) => caller(null).post('/auth/password-reset/confirm', { token, new_password })
    for (const answer of [await change(laptop.access_token, password, password), await reset(password)]) {
      expect([answer.status, answer.error!.details.errors]).toMatchObject([
        422,
        [{ in: 'body', path: 'new_password', code: 'password_same' }],
      ])
    }
    expect((await caller(laptop.access_token).get('/auth/me')).status).toBe(200)
    expect((await reset(fresh)).status).toBe(204)
  })

  test('leaves an audit row without passwords or hashes', async () => {
    const { id, laptop } = await signedInTwice()
    await change(laptop.access_token, password, fresh)
    const [row] = await auditRows('account', id)
    expect([row!['action'], JSON.parse(String(row!['changes']))]).toEqual([
      'account.change_password',
      { password_hash: { new: '[redacted]' } },
    ])
  })
})
