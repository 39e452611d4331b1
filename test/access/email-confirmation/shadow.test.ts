import { beforeAll, describe, expect, test } from 'vitest'
import { refusal } from '../../call.ts'
import { wish } from '../../admission/application/applied.ts'
import { databaseBehind, racing } from '../../platform/database/between.ts'
import { codeOf, json, serveWith } from '../../platform/http/serve.ts'
import {
  auditRows,
  caller,
  countRows,
  password,
  type Persona,
  testEnv,
  unique,
  type World,
  world,
} from '../../world.ts'
import { newAccount } from '../identity/account.ts'
import { confirmationToken, confirmEmail, invitationToken, invitee } from '../mailed-token/mailed.ts'

let w: World
let admin: Persona
beforeAll(async () => {
  w = await world()
  admin = await w.admin()
})

const theirs = 'Another-Horse-7!'
const newEmail = () => `victim${unique()}@lyceum.test`
const register = (email: string, secret = password) =>
  caller(null).post('/auth/register', { email, password: secret, full_name: 'Ιφιγένεια' })
const login = (email: string, secret = password) => caller(null).post('/auth/login', { email, password: secret })
const live = (email: string) => countRows(`live_user where email = '${email}'`)

/** A stranger registers somebody else's address first, signs in and begins to apply. */
async function squatted() {
  const email = newEmail()
  const { data } = await register(email, theirs)
  const tokens = (await login(email, theirs)).data
  const stranger = caller(tokens.access_token)
  const { data: draft } = await stranger.post('/applications', await wish(w))
  return { email, id: data.id, stranger, refresh_token: tokens.refresh_token!, draft: draft.id }
}

/** What is left of it once its place was taken. */
async function expectGone({ email, id, stranger, refresh_token, draft }: Awaited<ReturnType<typeof squatted>>) {
  expect((await stranger.get('/auth/me')).status).toBe(401)
  expect((await caller(null).post('/auth/refresh', { refresh_token })).status).toBe(401)
  expect(refusal(await login(email, theirs))).toEqual([401, 'INVALID_CREDENTIALS'])
  expect(refusal(await admin.get(`/users/${id}`))).toEqual([404, 'USER_NOT_FOUND'])
  expect(await live(email)).toBe(1)
  const [row] = await auditRows('user', id)
  expect(JSON.parse(row!.changes)).toEqual({ deleted_at: { old: null, new: expect.any(String) } })
  const { data } = await w.registrar.get(`/applications/${draft}`)
  expect([data.email, data.email_verified_at]).toEqual([null, null])
}

describe('an account that never proved its e-mail', () => {
  test('gives way to a registration of the address: closed, signed out, and nothing of it is inherited', async () => {
    const before = await squatted()
    const { status, data } = await register(before.email)
    expect(status).toBe(201)
    await expectGone(before)
    const owner = caller((await login(before.email)).data.access_token)
    expect((await owner.get('/auth/me')).data.id).toBe(data.id)
    expect((await owner.get('/applications')).data.items).toEqual([])
  })

  test('gives way to an invitation when that is accepted', async () => {
    const before = await squatted()
    const body = invitee({ email: before.email, role: 'faculty' })
    expect((await admin.post('/users/invitations', body)).status).toBe(201)
    expect((await before.stranger.get('/auth/me')).status).toBe(200)
    const accepted = await caller(null).post('/auth/invitations/accept', {
      token: await invitationToken(body),
      password,
    })
    expect([accepted.status, accepted.data.role]).toEqual([201, 'faculty'])
    await expectGone(before)
    expect((await admin.get(`/users/${accepted.data.id}`)).data.email_verified_at).not.toBeNull()
  })

  test('leaves no token behind that would prove the one after it', async () => {
    const before = await squatted()
    const token = await confirmationToken(before.email)
    await register(before.email)
    expect(refusal(await confirmEmail(token))).toEqual([400, 'EMAIL_CONFIRMATION_INVALID'])
  })

  test('does not keep what its successor registered: where two did, the mail and the password go together', async () => {
    const wanted = [400, 'EMAIL_CONFIRMATION_PASSWORD']
    const email = newEmail()
    await register(email)
    await register(email, theirs)
    const token = await confirmationToken(email)
    expect(refusal(await confirmEmail(token))).toEqual(wanted)
    expect(refusal(await confirmEmail(token, password))).toEqual(wanted)
    await register(email)
    const own = await confirmationToken(email)
    expect((await confirmEmail(own, password)).status).toBe(204)
    expect([(await login(email)).status, (await login(email, theirs)).status]).toEqual([200, 401])
  })

  test('is confirmed by nobody who has another password than it, although nobody else registered', async () => {
    const email = newEmail()
    await register(email, theirs)
    const token = await confirmationToken(email)
    expect(refusal(await confirmEmail(token, password))).toEqual([400, 'EMAIL_CONFIRMATION_PASSWORD'])
    expect((await confirmEmail(token)).status).toBe(204)
  })

  test('keeps its place when it proves the e-mail while somebody registers that', async () => {
    const { email, id } = await newAccount({ email_verified_at: null })
    const token = await confirmationToken(email)
    let isFirst = true
    const DB = databaseBehind(async (texts, run) => {
      if (isFirst && texts.length > 1) {
        isFirst = false
        expect((await confirmEmail(token)).status).toBe(204)
      }
      return run()
    })
    const answer = await serveWith(
      { DB },
      '/api/v1/auth/register',
      json('POST', { email, password, full_name: 'Late' }),
    )
    expect(await codeOf(answer)).toBe('409 EMAIL_TAKEN')
    expect((await admin.get(`/users/${id}`)).status).toBe(200)
  })

  test('of two that are registered at once one is left, the later one', async () => {
    const email = newEmail()
    const answers = await Promise.all(
      racing(2).map((DB, i) =>
        serveWith({ DB }, '/api/v1/auth/register', json('POST', { email, password, full_name: `Number ${i}` })),
      ),
    )
    expect(await Promise.all(answers.map(codeOf))).toEqual(['201', '201'])
    const { items } = (await admin.get(`/users?email=${email}`)).data
    expect(items.map(({ full_name }) => full_name)).toEqual(['Number 1'])
  })

  test('is the last administrator’s: that one stays', async () => {
    const email = newEmail()
    const { data } = await admin.post('/users', { email, full_name: 'Last', role: 'admin', password })
    await testEnv.DB.prepare("update user set is_active = 0 where role = 'admin' and id <> ?").bind(data.id).run()
    const answer = await register(email)
    await testEnv.DB.prepare("update user set is_active = 1 where role = 'admin'").run()
    expect(refusal(answer)).toEqual([409, 'EMAIL_TAKEN'])
    expect((await admin.get(`/users/${data.id}`)).status).toBe(200)
  })
})

describe('an account that is known', () => {
  test('gives way to nobody, whatever the case of the letters', async () => {
    const { email } = await newAccount()
    expect(refusal(await register(email.toUpperCase()))).toEqual([409, 'EMAIL_TAKEN'])
    expect(refusal(await admin.post('/users/invitations', invitee({ email })))).toEqual([409, 'EMAIL_TAKEN'])
  })

  test('nor does it while another e-mail that it was given is not confirmed yet', async () => {
    const [account, email] = [await newAccount(), newEmail()]
    await admin.patch(`/users/${account.id}`, { email })
    expect(refusal(await register(email))).toEqual([409, 'EMAIL_TAKEN'])
    expect((await admin.get(`/users/${account.id}`)).data).toMatchObject({ email, email_verified_at: null })
  })
})
