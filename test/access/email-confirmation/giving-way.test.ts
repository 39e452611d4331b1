import { beforeAll, describe, expect, test } from 'vitest'
import { refusal } from '../../call.ts'
import { databaseBehind } from '../../platform/database/between.ts'
import { codeOf, json, serveWith } from '../../platform/http/serve.ts'
import { auditRows, caller, countRows, password, type Persona, testEnv, unique, world } from '../../world.ts'
import { newAccount, refresh } from '../identity/account.ts'
import { confirmationToken, confirmEmail, invitationToken, invitee } from '../mailed-token/mailed.ts'

let admin: Persona
beforeAll(async () => {
  admin = await (await world()).admin()
})

const theirs = 'Another-Horse-7!'
const taken = [409, 'EMAIL_TAKEN']
const newEmail = () => `staff${unique()}@lyceum.test`
const registration = (email: string) => ({ email, password: theirs, full_name: 'Somebody' })
const register = (email: string) => caller(null).post('/auth/register', registration(email))
const isThere = async (id: number) => (await admin.get(`/users/${id}`)).status === 200

/** An account that an administrator opened, whose e-mail waits for its confirmation. */
async function opened(role: string) {
  const email = newEmail()
  const { data } = await admin.post('/users', { email, full_name: 'Ελένη', role, password })
  const signIn = () => caller(null).post('/auth/login', { email, password })
  return { id: data.id, email, signIn }
}

describe('an account of staff whose e-mail is not proved', () => {
  test.each(['admin', 'registrar', 'faculty'])(
    'of role %s stays once it was signed in to, whoever registers',
    async (role) => {
      const { id, email, signIn } = await opened(role)
      const { access_token } = (await signIn()).data
      expect(refusal(await register(email))).toEqual(taken)
      await testEnv.DB.prepare('delete from session where user_id = ?').bind(id).run()
      expect(refusal(await register(email))).toEqual(taken)
      expect([await isThere(id), (await signIn()).status, Boolean(access_token)]).toEqual([true, 200, true])
    },
  )

  test('gives way to a registration as long as nobody signed in, and a refused sign-in is none', async () => {
    const { id, email } = await opened('registrar')
    expect((await caller(null).post('/auth/login', { email, password: theirs })).status).toBe(401)
    expect((await register(email)).status).toBe(201)
    expect(await isThere(id)).toBe(false)
  })

  test('does not give way to an administrator who opens another under its e-mail, signed in to or not', async () => {
    const { id, email, signIn } = await opened('registrar')
    const body = { email, full_name: 'Ελένη', role: 'faculty', password }
    expect(refusal(await admin.post('/users', body))).toEqual(taken)
    await signIn()
    expect(refusal(await admin.post('/users', body))).toEqual(taken)
    expect(await isThere(id)).toBe(true)
  })

  test('gives way to an invitation, signed in to or not', async () => {
    const { id, email, signIn } = await opened('faculty')
    await signIn()
    const body = invitee({ email })
    expect((await admin.post('/users/invitations', body)).status).toBe(201)
    const accepted = await caller(null).post('/auth/invitations/accept', {
      token: await invitationToken(body),
      password,
    })
    expect([accepted.status, await isThere(id)]).toEqual([201, false])
  })

  test('stays when it is signed in to between the look of a registration and its write', async () => {
    const { id, email, signIn } = await opened('registrar')
    let isFirst = true
    const DB = databaseBehind(async (texts, run) => {
      if (isFirst && texts.length > 1) {
        isFirst = false
        expect((await signIn()).status).toBe(200)
      }
      return run()
    })
    const answer = await serveWith({ DB }, '/api/v1/auth/register', json('POST', registration(email)))
    expect([await codeOf(answer), await isThere(id)]).toEqual(['409 EMAIL_TAKEN', true])
  })
})

test('the account of an applicant gives way to a registration, signed in to or not', async () => {
  const { id, email, signIn } = await opened('student')
  await signIn()
  expect([(await register(email)).status, await isThere(id)]).toEqual([201, false])
})

describe('an e-mail that a stranger registered and never proved', () => {
  /** With a session of the stranger. */
  async function squatted() {
    const email = newEmail()
    const { data } = await register(email)
    const { access_token, refresh_token } = (await caller(null).post('/auth/login', { email, password: theirs })).data
    return { email, id: data.id, stranger: caller(access_token), refresh_token: refresh_token! }
  }
  async function expectGone({ email, id, stranger, refresh_token }: Awaited<ReturnType<typeof squatted>>) {
    expect([await isThere(id), await countRows(`live_user where email = '${email}'`)]).toEqual([false, 1])
    expect([(await stranger.get('/auth/me')).status, (await refresh(refresh_token)).status]).toEqual([401, 401])
    expect((await auditRows('user', id))[0]).toMatchObject({ summary: expect.stringContaining('gave way') })
  }

  test('is given to an account that an administrator opens', async () => {
    const before = await squatted()
    const body = { email: before.email, full_name: 'Ελένη', role: 'faculty', password }
    expect((await admin.post('/users', body)).status).toBe(201)
    await expectGone(before)
    expect((await confirmEmail(await confirmationToken(before.email), theirs)).status).toBe(400)
    expect((await confirmEmail(await confirmationToken(before.email), password)).status).toBe(204)
  })

  test('is given to an account that an administrator changes, in part or as a whole', async () => {
    const [first, second, account] = [await squatted(), await squatted(), await newAccount()]
    expect((await admin.patch(`/users/${account.id}`, { email: first.email })).data.email).toBe(first.email)
    await expectGone(first)
    const whole = { email: second.email, full_name: 'Άννα', role: 'registrar' }
    expect((await admin.put(`/users/${account.id}`, whole)).data.email).toBe(second.email)
    await expectGone(second)
  })

  test('goes back to an account that an administrator restores', async () => {
    const account = await newAccount()
    await admin.delete(`/users/${account.id}`)
    expect((await register(account.email)).status).toBe(201)
    expect((await admin.post(`/users/${account.id}/restore`)).status).toBe(200)
    expect((await account.signIn()).status).toBe(200)
    expect(await countRows(`live_user where email = '${account.email}'`)).toBe(1)
  })

  test('stays with one that is proved, whatever an administrator does', async () => {
    const [proved, other] = [await newAccount(), await newAccount()]
    const body = { email: proved.email, full_name: 'Ελένη', role: 'faculty', password }
    expect(refusal(await admin.post('/users', body))).toEqual(taken)
    expect(refusal(await admin.patch(`/users/${other.id}`, { email: proved.email }))).toEqual(taken)
    expect((await proved.signIn()).status).toBe(200)
  })

  test('is confirmed between the look of an administrator and the write: its account stays', async () => {
    const before = await squatted()
    const account = await newAccount()
    const token = await confirmationToken(before.email)
    let isFirst = true
    const DB = databaseBehind(async (texts, run) => {
      if (isFirst && texts.length > 3) {
        isFirst = false
        expect((await confirmEmail(token)).status).toBe(204)
      }
      return run()
    })
    const headers = { authorization: `Bearer ${admin.token}` }
    const path = `/api/v1/users/${account.id}`
    const answer = await serveWith({ DB }, path, json('PATCH', { email: before.email }, headers))
    expect([await codeOf(answer), await isThere(before.id)]).toEqual(['409 EMAIL_TAKEN', true])
  })
})
