import { beforeAll, describe, expect, test } from 'vitest'
import { forgetOldConfirmations } from '#/access/email-confirmation/index.ts'
import { refusal } from '../../call.ts'
import { racing } from '../../platform/database/between.ts'
import { codeOf, json, serveWith } from '../../platform/http/serve.ts'
import {
  auditRows,
  caller,
  countRows,
  password,
  type Persona,
  systemContext,
  testEnv,
  unique,
  world,
} from '../../world.ts'
import { newAccount, setAccount } from '../identity/account.ts'
import { confirmationMails, confirmationToken, confirmEmail, tokenIn } from '../mailed-token/mailed.ts'
import { mailed, ordered } from './by-queue.ts'

let admin: Persona
beforeAll(async () => {
  admin = await (await world()).admin()
})

const invalid = [400, 'EMAIL_CONFIRMATION_INVALID']
const newEmail = () => `owner${unique()}@lyceum.test`
const byAdmin = () => ({ authorization: `Bearer ${admin.token}` })
const request = (email: string) => caller(null).post('/auth/email-confirmation/request', { email })
const provedAt = async (id: number) => (await admin.get(`/users/${id}`)).data.email_verified_at
const shadow = () => newAccount({ email_verified_at: null })

const register = (email: string, headers = {}) =>
  ordered('POST', '/auth/register', { email, password, full_name: 'Call 0900-17 at once' }, headers)

describe('a registration', () => {
  test('has a token mailed to the address, without the name that somebody chose; back again it proves the address', async () => {
    const email = newEmail()
    const { data, orders } = await register(email, { 'accept-language': 'el' })
    expect(orders).toEqual([
      { id: expect.any(String), type: 'email-confirmation.mail', confirmation_id: expect.any(String) },
    ])
    const { mails } = await mailed(orders[0]!)
    expect(mails).toMatchObject([{ to: email, from: { name: 'Πανεπιστήμιο Λύκειον' } }])
    expect(mails[0]!.subject).toContain('Επιβεβαίωση e-mail')
    expect(JSON.stringify(mails)).not.toContain('0900-17')
    expect(await provedAt(data.id)).toBeNull()
    expect((await confirmEmail(tokenIn(mails[0]!))).status).toBe(204)
    expect(Date.parse((await provedAt(data.id))!)).toBeGreaterThan(Date.now() - 60_000)
    const [row] = await auditRows('account', data.id)
    expect([row!.action, row!.actor_id]).toEqual(['email_confirmation.confirm', data.id])
  })
})

describe('an administrator', () => {
  const user = (email: string) => ({ email, full_name: 'Ελένη', role: 'faculty', password })

  test('opens an account whose address is still to be confirmed, and finds those', async () => {
    const email = newEmail()
    const { data, orders } = await ordered('POST', '/users', user(email), byAdmin())
    expect((await mailed(orders[0]!)).mails.map(({ to }) => to)).toEqual([email])
    const found = async (verified: boolean) =>
      (await admin.get(`/users?email=${email}&email_verified=${verified}`)).data.items.map(({ id }) => id)
    expect([await found(false), await found(true)]).toEqual([[data.id], []])
    await confirmEmail(await confirmationToken(email))
    expect([await found(false), await found(true)]).toEqual([[], [data.id]])
  })

  test('who gives an account another e-mail starts a confirmation of that, and ends its sessions', async () => {
    const account = await newAccount()
    const { access_token, refresh_token } = (await account.signIn()).data
    const email = newEmail()
    const { orders } = await ordered('PATCH', `/users/${account.id}`, { email }, byAdmin())
    expect(await provedAt(account.id)).toBeNull()
    expect((await caller(access_token).get('/auth/me')).status).toBe(401)
    expect((await caller(null).post('/auth/refresh', { refresh_token })).status).toBe(401)
    const { mails } = await mailed(orders[0]!)
    expect(mails.map(({ to }) => to)).toEqual([email])
    expect((await confirmEmail(tokenIn(mails[0]!))).status).toBe(204)
    expect(await provedAt(account.id)).not.toBeNull()
  })

  test('who changes anything else starts nothing', async () => {
    const account = await newAccount()
    const { orders } = await ordered('PATCH', `/users/${account.id}`, { email: account.email, tier: 'pro' }, byAdmin())
    expect([orders, await provedAt(account.id)]).toEqual([[], expect.any(String)])
  })
})

describe('asking for a confirmation', () => {
  test('is answered the same for every e-mail; nothing is mailed where nothing is to be confirmed', async () => {
    const [doubtful, proved, closed] = [await shadow(), await newAccount(), await shadow()]
    await setAccount(closed.id, 'is_active', 0)
    const emails = [doubtful.email, proved.email, closed.email, newEmail()]
    for (const email of emails) {
      const { status, data } = await request(email)
      expect([status, data]).toEqual([202, { accepted: true }])
    }
    const mails = await Promise.all(emails.map(async (email) => (await confirmationMails(email)).length))
    expect(mails).toEqual([1, 0, 0, 0])
  })

  test('has the budget of reset requests, and leaves that of resets alone', async () => {
    const email = newEmail()
    const ask = async (what: string) =>
      serveWith(
        { RATE_LIMIT_SCALE: '1' },
        `/api/v1/auth/${what}/request`,
        json('POST', { email }, { 'cf-connecting-ip': `2001:db8:${unique()}::1` }),
      )
    const statuses = []
    for (let n = 0; n < 4; n += 1) statuses.push((await ask('email-confirmation')).status)
    expect(statuses).toEqual([202, 202, 202, 429])
    expect((await ask('password-reset')).status).toBe(202)
  })
})

describe('the token', () => {
  test('works once, also when tried twice at the same time', async () => {
    const { email } = await shadow()
    const token = await confirmationToken(email)
    const [first, second] = await Promise.all(
      racing(2).map((DB) => serveWith({ DB }, '/api/v1/auth/email-confirmation/confirm', json('POST', { token }))),
    )
    expect([first!.status, await codeOf(second!)]).toEqual([204, '400 EMAIL_CONFIRMATION_INVALID'])
    expect(refusal(await confirmEmail(token))).toEqual(invalid)
  })

  test('is good for 24 hours, and forgotten after that', async () => {
    const { email } = await shadow()
    await request(email)
    const { requested_at, expires_at } = (await testEnv.DB.prepare('select * from email_confirmation where email = ?')
      .bind(email)
      .first<{ requested_at: string; expires_at: string }>())!
    expect(Date.parse(expires_at) - Date.parse(requested_at)).toBe(86_400_000)
    const token = await confirmationToken(email)
    await testEnv.DB.prepare('update email_confirmation set expires_at = ? where email = ?')
      .bind(new Date(Date.now() - 1000).toISOString(), email)
      .run()
    expect(refusal(await confirmEmail(token))).toEqual(invalid)
    await forgetOldConfirmations(systemContext())
    expect(await countRows(`email_confirmation where email = '${email}'`)).toBe(0)
  })

  test('rests only as a hash', async () => {
    const { email } = await shadow()
    const token = await confirmationToken(email)
    const { results } = await testEnv.DB.prepare('select * from email_confirmation where email = ?').bind(email).all()
    expect(results).toHaveLength(1)
    expect(JSON.stringify(results)).not.toContain(token)
  })

  test('is worth nothing once another one was used, the address was changed, or the account was closed', async () => {
    const [used, moved, closed] = [await shadow(), await shadow(), await shadow()]
    const tokens = await Promise.all([used, moved, closed].map(({ email }) => confirmationToken(email)))
    await confirmEmail(await confirmationToken(used.email))
    await admin.patch(`/users/${moved.id}`, { email: newEmail() })
    await admin.patch(`/users/${moved.id}`, { email: moved.email })
    await admin.delete(`/users/${closed.id}`)
    await admin.post(`/users/${closed.id}/restore`)
    for (const token of tokens) expect(refusal(await confirmEmail(token))).toEqual(invalid)
    expect(refusal(await confirmEmail('x'.repeat(44)))).toEqual(invalid)
  })

  test('confirms nothing for an account that is closed for now', async () => {
    const { id, email } = await shadow()
    const token = await confirmationToken(email)
    await setAccount(id, 'is_active', 0)
    expect(refusal(await confirmEmail(token))).toEqual(invalid)
    await setAccount(id, 'is_active', 1)
    expect((await confirmEmail(token)).status).toBe(204)
  })
})
