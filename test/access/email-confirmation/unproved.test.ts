import { beforeAll, describe, expect, test } from 'vitest'
import { mailOnce } from '#/platform/mail/mail-once.ts'
import { tellStudent } from '#/grading/result-change/index.ts'
import { refusal } from '../../call.ts'
import { applied } from '../../admission/application/applied.ts'
import { pendingOn, decide } from '../../grading/result-change/official.ts'
import { caller, countRows, password, type Persona, unique, type World, world } from '../../world.ts'
import { newAccount, refresh } from '../identity/account.ts'
import { codeIn, protectedAccount } from '../second-factor/second-factor.ts'
import { confirmationToken, confirmEmail, resetMails, resetToken, withMailbox } from '../mailed-token/mailed.ts'

let w: World
let admin: Persona
beforeAll(async () => {
  w = await world()
  admin = await w.admin()
})

const unproved = [409, 'EMAIL_UNPROVED']
const newEmail = () => `unproved${unique()}@lyceum.test`
const opened = async (fields: object = {}) => {
  const body = { email: newEmail(), full_name: 'Νέος', role: 'student', password, ...fields }
  return (await admin.post('/users', body)).data
}

describe('an account with an unproved e-mail', () => {
  test('gets no student, neither when it is opened nor later', async () => {
    const { id: student_id } = await w.student()
    const body = { email: newEmail(), full_name: 'Νέος', role: 'student', password, student_id }
    const before = await countRows('user')
    expect(refusal(await admin.post('/users', body))).toEqual(unproved)
    expect(await countRows('user')).toBe(before)
    const { id, email } = await opened()
    expect(refusal(await admin.patch(`/users/${id}`, { student_id }))).toEqual(unproved)
    await confirmEmail(await confirmationToken(email))
    expect((await admin.patch(`/users/${id}`, { student_id })).data.student_id).toBe(student_id)
  })

  test('gets none together with another e-mail either', async () => {
    const [{ id: student_id }, account] = [await w.student(), await opened()]
    await confirmEmail(await confirmationToken(account.email))
    expect(refusal(await admin.patch(`/users/${account.id}`, { student_id, email: newEmail() }))).toEqual(unproved)
  })

  test('is not matriculated, and takes no number', async () => {
    const { id, email } = await opened()
    const application = await applied(w, { ...w.registrar, userId: id }, { status: 'accepted' })
    expect((await w.registrar.get(`/applications/${application}`)).data.email_verified_at).toBeNull()
    const found = async (verified: boolean) =>
      (await w.registrar.get(`/applications?email_verified=${verified}&user_id=${id}`)).data.total
    expect([await found(true), await found(false)]).toEqual([0, 1])
    const before = [await countRows('student'), await countRows('audit_log')]
    expect(refusal(await w.registrar.post(`/applications/${application}/matriculate`))).toEqual(unproved)
    expect([await countRows('student'), await countRows('audit_log')]).toEqual(before)
    await confirmEmail(await confirmationToken(email))
    expect((await w.registrar.post(`/applications/${application}/matriculate`)).status).toBe(200)
    expect((await w.registrar.get(`/applications/${application}`)).data.email_verified_at).not.toBeNull()
  })

  test('sets up no second factor', async () => {
    const account = await newAccount({ email_verified_at: null })
    const me = caller((await account.signIn()).data.access_token)
    expect(refusal(await me.post('/auth/mfa/setup'))).toEqual(unproved)
    expect(await countRows(`totp where user_id = ${account.id}`)).toBe(0)
    await confirmEmail(await confirmationToken(account.email))
    expect((await me.post('/auth/mfa/setup')).status).toBe(200)
  })

  test('brings none into force that was begun before', async () => {
    const account = await newAccount()
    const { secret } = (await caller((await account.signIn()).data.access_token).post('/auth/mfa/setup')).data
    const email = newEmail()
    await admin.patch(`/users/${account.id}`, { email })
    const me = caller((await caller(null).post('/auth/login', { email, password })).data.access_token)
    expect(refusal(await me.post('/auth/mfa/verify', { code: await codeIn(secret) }))).toEqual(unproved)
  })

  test('is not written to about a result', async () => {
    const { change, student } = await pendingOn(w, 'published')
    await decide(w.registrar, change)
    const { ctx, mails } = withMailbox()
    const tell = () => mailOnce(ctx, ctx.newId(), () => tellStudent(ctx, change))
    const { id, email } = await opened()
    await confirmEmail(await confirmationToken(email))
    await admin.patch(`/users/${id}`, { student_id: student })
    await admin.patch(`/users/${id}`, { email: newEmail() })
    await tell()
    expect(mails).toEqual([])
    await confirmEmail(await confirmationToken((await admin.get(`/users/${id}`)).data.email))
    await tell()
    expect(mails).toHaveLength(1)
  })
})

describe('a reset', () => {
  const fresh = 'Another-Horse-7!'
  const reset = async (email: string) =>
    caller(null).post('/auth/password-reset/confirm', { token: await resetToken(email), new_password: fresh })

  test('proves the e-mail, and ends what a stranger may have begun: sessions and open confirmations', async () => {
    const account = await newAccount({ email_verified_at: null })
    const stranger = (await account.signIn()).data
    const open = await confirmationToken(account.email)
    expect((await reset(account.email)).status).toBe(204)
    expect((await admin.get(`/users/${account.id}`)).data.email_verified_at).not.toBeNull()
    expect((await caller(stranger.access_token).get('/auth/me')).status).toBe(401)
    expect((await refresh(stranger.refresh_token!)).status).toBe(401)
    expect((await confirmEmail(open)).status).toBe(400)
    expect((await account.signIn()).status).toBe(401)
  })

  test('takes the second factor away when the e-mail was not proved since it was changed, and only then', async () => {
    const [moved, settled] = [await protectedAccount(), await protectedAccount()]
    const email = newEmail()
    await admin.patch(`/users/${moved.id}`, { email })
    for (const address of [email, settled.email]) expect((await reset(address)).status).toBe(204)
    const signIn = async (address: string) =>
      (await caller(null).post('/auth/login', { email: address, password: fresh })).data
    expect(await signIn(email)).toHaveProperty('access_token')
    expect(await signIn(settled.email)).toMatchObject({ mfa_required: true })
    expect(await countRows(`recovery_code where user_id = ${moved.id}`)).toBe(0)
  })

  test('mails no words of a stranger to an address that is not proved', async () => {
    const [doubtful, proved] = [await newAccount({ email_verified_at: null }), await newAccount()]
    expect((await resetMails(doubtful.email))[0]!.text).not.toContain('Άννα')
    expect((await resetMails(proved.email))[0]!.text).toContain('Άννα')
  })
})
