import type { FieldProblem } from '#/platform/validation/invalid.ts'
import { beforeAll, describe, expect, test } from 'vitest'
import { protectedAccount, codeIn, timePasses } from '../second-factor/second-factor.ts'
import { refusal, placeOf } from '../../call.ts'
import { auditRows, caller, password, type Persona, persona, testEnv, unique, type World, world } from '../../world.ts'
import { newAccount } from '../identity/account.ts'

let w: World
let admin: Persona
beforeAll(async () => {
  w = await world()
  admin = await w.admin()
})

const input = (fields: object = {}) => ({
  email: `user${unique()}@lyceum.test`,
  full_name: 'Ελένη Γλύκατζη',
  role: 'faculty',
  password,
  ...fields,
})

describe('an administrator', () => {
  test('opens an account, which can sign in, and whose password rests nowhere in clear', async () => {
    const body = input({ email: `Helen.${unique()}@Lyceum.Test`, tier: 'pro', language: 'el' })
    const { status, data } = await admin.post('/users', body)
    const { password: _, ...shown } = body
    expect([status, data]).toEqual([
      201,
      {
        ...shown,
        id: data.id,
        email: body.email.toLowerCase(),
        is_active: true,
        student_id: null,
        student_number: null,
        student_name: null,
        email_verified_at: null,
        version: 1,
        created_at: data.created_at,
        updated_at: data.updated_at,
      },
    ])
    const { access_token } = (await caller(null).post('/auth/login', { email: body.email, password })).data
    expect((await caller(access_token).get('/auth/me')).data).toMatchObject({
      role: 'faculty',
      tier: 'pro',
      language: 'el',
    })
    expect(JSON.stringify(await auditRows('user', data.id))).not.toContain(password)
  })

  test('is told every rule that a password breaks', async () => {
    const { status, error } = await admin.post('/users', input({ password: 'short' }))
    expect(status).toBe(422)
    const { errors } = error!.details as { errors: FieldProblem[] }
    expect(errors.map((one) => [placeOf(one), one.code])).toEqual([
      ['body.password', 'password_length'],
      ['body.password', 'password_upper'],
      ['body.password', 'password_digit'],
      ['body.password', 'password_special'],
      ['body.password', 'password_common'],
    ])
  })

  test('opens no second account for an e-mail or a student', async () => {
    const first = await w.studentPersona()
    expect(refusal(await admin.post('/users', input({ email: first.email })))).toEqual([409, 'EMAIL_TAKEN'])
    const [second, teacher] = [await persona('student'), await persona('faculty')]
    const link = async ({ userId }: Persona, student_id: number | null) =>
      refusal(await admin.patch(`/users/${userId}`, { student_id }))
    expect(await link(second, first.studentId)).toEqual([409, 'STUDENT_HAS_ACCOUNT'])
    expect(await link(teacher, (await w.student()).id)).toEqual([422, 'VALIDATION_ERROR'])
    expect(await link(second, 999_999)).toEqual([404, 'ACCOUNT_STUDENT_NOT_FOUND'])
  })

  test('finds accounts by name, role and state', async () => {
    const name = `Ζηνοβία${unique()}`
    const { id } = (await admin.post('/users', input({ full_name: name, is_active: false }))).data
    const ids = async (query: string) => (await admin.get(`/users${query}`)).data.items.map(({ id }) => id)
    expect(await ids(`?search=${encodeURIComponent(name.toUpperCase())}`)).toEqual([id])
    expect(await ids(`?role=faculty&is_active=false&ordering=-id`)).toContain(id)
    expect(await ids(`?role=registrar&is_active=false`)).not.toContain(id)
  })

  test('changes a role: the sessions of the account end, their tokens at once', async () => {
    const account = await newAccount()
    const { access_token, refresh_token } = (await account.signIn()).data
    const me = caller(access_token)
    expect((await me.get('/students?page_size=1')).status).toBe(200)
    expect((await admin.patch(`/users/${account.id}`, { role: 'faculty' })).data.role).toBe('faculty')
    expect((await me.get('/auth/me')).status).toBe(401)
    expect((await caller(null).post('/auth/refresh', { refresh_token })).status).toBe(401)
    expect((await account.signIn()).data.user.role).toBe('faculty')
  })

  test('changes a name without ending anything', async () => {
    const account = await newAccount()
    const me = caller((await account.signIn()).data.access_token)
    await admin.patch(`/users/${account.id}`, { full_name: 'Anna', tier: 'enterprise' })
    expect((await me.get('/auth/me')).data).toMatchObject({ full_name: 'Anna', tier: 'enterprise' })
  })

  test('closes an account and opens it again', async () => {
    const account = await newAccount()
    const me = caller((await account.signIn()).data.access_token)
    expect((await admin.delete(`/users/${account.id}`)).status).toBe(204)
    expect((await me.get('/auth/me')).status).toBe(401)
    expect(refusal(await account.signIn())).toEqual([401, 'INVALID_CREDENTIALS'])
    expect((await admin.post(`/users/${account.id}/restore`)).status).toBe(200)
    expect((await account.signIn()).status).toBe(200)
    await admin.patch(`/users/${account.id}`, { is_active: false })
    expect(refusal(await account.signIn())).toEqual([401, 'INVALID_CREDENTIALS'])
  })

  test('sets nobody a password later, and no fields that are not there', async () => {
    const { userId } = await persona('faculty')
    for (const field of [{ password: 'Another-Horse-7!' }, { password_hash: 'x' }, { id: 1 }, { created_at: 'now' }])
      expect((await admin.patch(`/users/${userId}`, field)).status).toBe(422)
  })
})

describe('ending somebody’s sessions', () => {
  test('works at once and everywhere, and leaves the account as it is', async () => {
    const account = await newAccount()
    const [one, other] = [(await account.signIn()).data, (await account.signIn()).data]
    const path = `/users/${account.id}/sessions` as const
    const answer = await admin.delete(path)
    expect([answer.status, answer.data]).toEqual([200, { revoked: 2 }])
    for (const { access_token, refresh_token } of [one, other]) {
      expect((await caller(access_token).get('/auth/me')).status).toBe(401)
      expect((await caller(null).post('/auth/refresh', { refresh_token })).status).toBe(401)
    }
    const [row] = await auditRows('user', account.id)
    expect([row!.action, row!.actor_id, JSON.parse(row!.changes)]).toEqual([
      'user.end_sessions',
      admin.userId,
      { ended_sessions: { new: 2 } },
    ])
    expect((await admin.delete(path)).data).toEqual({ revoked: 0 })
    expect(await auditRows('user', account.id)).toHaveLength(2)
    expect((await caller((await account.signIn()).data.access_token).get('/auth/me')).status).toBe(200)
  })

  test('ends nobody else’s, and is an administrator’s alone', async () => {
    const account = await newAccount()
    const { access_token } = (await account.signIn()).data
    expect((await admin.delete(`/users/${(await newAccount()).id}/sessions`)).data).toEqual({ revoked: 0 })
    expect((await caller(access_token).get('/auth/me')).status).toBe(200)
    const path = `/users/${account.id}/sessions` as const
    expect(refusal(await w.registrar.delete(path))).toEqual([403, 'HTTP_403'])
    expect(refusal(await caller(access_token).delete(path))).toEqual([403, 'HTTP_403'])
    expect(refusal(await admin.delete('/users/999999/sessions'))).toEqual([404, 'USER_NOT_FOUND'])
  })
})

describe('the last active administrator', () => {
  test('is not demoted, closed or deleted', async () => {
    const { results } = await testEnv.DB.prepare(
      "select id from live_user where role = 'admin' and is_active = 1 and id <> ?",
    )
      .bind(admin.userId)
      .all<{ id: number }>()
    for (const { id } of results) expect((await admin.patch(`/users/${id}`, { is_active: false })).status).toBe(200)
    const last = [409, 'LAST_ADMIN']
    const path = `/users/${admin.userId}` as const
    expect(refusal(await admin.patch(path, { role: 'registrar' }))).toEqual(last)
    expect(refusal(await admin.patch(path, { is_active: false }))).toEqual(last)
    expect(refusal(await admin.delete(path))).toEqual(last)
    const { data } = await admin.post('/users', input({ role: 'admin' }))
    expect((await admin.delete(`/users/${data.id}`)).status).toBe(204)
  })
})

describe('a fresh code', () => {
  test('is asked of an administrator with a second factor before accounts are changed', async () => {
    const account = await protectedAccount()
    await testEnv.DB.prepare("update user set role = 'admin' where id = ?").bind(account.id).run()
    await timePasses(account.id)
    const login = (await account.finish(await codeIn(account.secret))).data
    const { userId } = await persona('faculty')
    const promote = (token: string) => caller(token).patch(`/users/${userId}`, { role: 'registrar' })
    await testEnv.DB.prepare("update session set verified_at = '2026-01-01T00:00:00.000Z' where user_id = ?")
      .bind(account.id)
      .run()
    const later = (await caller(null).post('/auth/refresh', { refresh_token: login.refresh_token })).data
    expect(refusal(await promote(later.access_token))).toEqual([403, 'STEP_UP_REQUIRED'])
    expect((await caller(later.access_token).get('/users?page_size=1')).status).toBe(200)
    await timePasses(account.id)
    const fresh = await caller(later.access_token).post('/auth/mfa/step-up', { code: await codeIn(account.secret) })
    expect((await promote(fresh.data.access_token)).data.role).toBe('registrar')
  })
})
