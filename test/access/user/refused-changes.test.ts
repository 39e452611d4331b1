import { beforeAll, expect, test } from 'vitest'
import { databaseBehind } from '../../platform/database/between.ts'
import { codeOf, json, serveWith } from '../../platform/http/serve.ts'
import { caller, countRows, type Persona, persona, testEnv, world } from '../../world.ts'
import { refresh } from '../identity/account.ts'
import { subject } from '../session/every-change.ts'

let admin: Persona
beforeAll(async () => {
  admin = await (await world()).admin()
})

const stale = { 'if-match': '"999"' }

test.each([
  ['412 PRECONDITION_FAILED', 'PATCH', async () => ({ role: 'registrar' }), stale],
  ['412 PRECONDITION_FAILED', 'DELETE', undefined, stale],
  ['409 EMAIL_TAKEN', 'PATCH', async () => ({ email: (await persona('faculty')).email }), {}],
] as const)('%s of a %s signs nobody out, not for a moment', async (code, method, change, headers) => {
  const of = await subject(false)
  const me = caller(of.me.access_token)
  const body = await change?.()
  const before = [await countRows('audit_log'), await countRows('session where revoked_at is not null')]
  const meanwhile: number[] = []
  const DB = databaseBehind(async (_, run) => {
    meanwhile.push((await me.get('/auth/me')).status)
    return run()
  })
  const asked = { authorization: `Bearer ${admin.token}`, ...headers }
  const init = body ? json(method, body, asked) : { method, headers: asked }
  expect(await codeOf(await serveWith({ DB }, `/api/v1/users/${of.id}`, init))).toBe(code)
  expect(new Set(meanwhile)).toEqual(new Set([200]))
  expect([await countRows('audit_log'), await countRows('session where revoked_at is not null')]).toEqual(before)
  expect([(await me.get('/auth/me')).status, (await refresh(of.me.refresh_token)).status]).toEqual([200, 200])
})

test('what only the database refuses, such as closing the last administrator, leaves the sessions as they were', async () => {
  const of = await subject(false)
  const others = "role = 'admin' and is_active = 1 and deleted_at is null"
  const { results } = await testEnv.DB.prepare(`select id from user where ${others}`).all<{ id: number }>()
  const ids = JSON.stringify(results.map(({ id }) => id))
  const set = (sql: string, ...values: unknown[]) =>
    testEnv.DB.prepare(sql)
      .bind(...values)
      .run()
  const only = databaseBehind(async (texts, run) => {
    if (!texts.some((text) => text.startsWith('update "user"'))) return run()
    await set("update user set role = 'admin' where id = ?", of.id)
    await set('update user set is_active = 0 where id in (select value from json_each(?))', ids)
    return run().finally(() => set('update user set is_active = 1 where id in (select value from json_each(?))', ids))
  })
  const init = json('PATCH', { is_active: false }, { authorization: `Bearer ${admin.token}` })
  expect(await codeOf(await serveWith({ DB: only }, `/api/v1/users/${of.id}`, init))).toBe('409 LAST_ADMIN')
  await set("update user set role = 'student' where id = ?", of.id)
  expect((await caller(of.me.access_token).get('/auth/me')).status).toBe(200)
  expect((await refresh(of.me.refresh_token)).status).toBe(200)
})
