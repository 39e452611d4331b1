import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { json, serve } from '../platform/http/serve.ts'
import type { Answer } from '../call.ts'
import { confirmationToken, confirmEmail, invitationToken, invitee, resetToken } from '../access/mailed-token/mailed.ts'
import { codeIn, timePasses } from '../access/second-factor/second-factor.ts'
import { caller, type Persona, testEnv, unique, type World, world } from '../world.ts'

/** Sends every write with an Idempotency-Key: whoever repeats it is to get the same answer, but no secret of it may rest for that. */
function keyed(token: string | null) {
  const me = caller(token)
  const post = ((path: '/auth/login', body?: unknown, headers?: Record<string, string>) =>
    me.post(path, body, { 'idempotency-key': `key-${unique()}`, ...headers })) as typeof me.post
  return { ...me, post }
}

const anyone = keyed(null)

let w: World
let admin: Persona
/** Everything that was secret in what happened, by what it is. */
const secrets: Record<string, string> = {}
const logged: string[] = []
/** What is no secret, and therefore shows that the search would find one. */
const email = `Keeper${unique()}@lyceum.test`.toLowerCase()

function secret(name: string, value: string): string {
  expect([name, value?.length > 7]).toEqual([name, true])
  secrets[name] = value
  return value
}

const passwords = { first: '', second: '', third: '', wrong: '', weak: '' }
for (const name of Object.keys(passwords) as (keyof typeof passwords)[])
  passwords[name] = secret(
    `the ${name} password`,
    name === 'weak' ? 'weakling-of-a-word' : `Sesame-${name}-${unique()}!`,
  )

/** The tokens of a sign-in or a refresh. */
function tokens(name: string, { status, data }: Answer<{ access_token: string; refresh_token?: string }>) {
  expect([name, status]).toEqual([name, 200])
  secret(`the refresh token of ${name}`, data.refresh_token!)
  secret(`the secret of the refresh token of ${name}`, data.refresh_token!.split('.')[1]!)
  secret(`the access token of ${name}`, data.access_token)
  return { me: keyed(data.access_token), refresh_token: data.refresh_token! }
}

const login = (password: string, more: object = {}) => anyone.post('/auth/login', { email, password, ...more })

let broken = 0
/** The database refuses every write to a table, which nobody expects: what is answered and logged then is 500. */
async function whileBroken(table: string, event: 'insert' | 'update' | 'delete', act: () => Promise<Answer>) {
  await testEnv.DB.prepare(
    `create trigger broken before ${event} on ${table} begin select raise(abort, 'broken'); end`,
  ).run()
  const { status } = await act()
  await testEnv.DB.prepare('drop trigger broken').run()
  expect([table, status]).toEqual([table, 500])
  broken += 1
}

beforeAll(async () => {
  w = await world()
  admin = await w.admin()
  for (const level of ['debug', 'log', 'info', 'warn', 'error'] as const)
    vi.spyOn(console, level).mockImplementation((...words) => void logged.push(words.map(String).join(' ')))

  const account = { email, password: passwords.first, full_name: 'Πυθία', role: 'registrar' }
  await whileBroken('user', 'insert', () => admin.post('/users', account))
  const { data: user } = await admin.post('/users', account, { 'idempotency-key': 'once' })
  const { email: taken } = await w.studentPersona()
  expect((await admin.post('/users', { ...account, email: taken })).error?.code).toBe('EMAIL_TAKEN')
  expect((await login(passwords.wrong)).status).toBe(401)
  await whileBroken('session', 'insert', () => login(passwords.first))

  const first = tokens('a sign-in', await login(passwords.first))
  await whileBroken('session', 'update', () => anyone.post('/auth/refresh', { refresh_token: first.refresh_token }))
  const next = tokens('a refresh', await anyone.post('/auth/refresh', { refresh_token: first.refresh_token }))
  const cookie = (await login(passwords.first, { cookie: true })).headers.getSetCookie()[0]!
  secret('the refresh token in a cookie', /=([^;]+)/.exec(cookie)![1]!)

  const change = (current_password: string, new_password: string) =>
    next.me.post('/auth/change-password', { current_password, new_password })
  await whileBroken('user', 'update', () => change(passwords.first, passwords.second))
  expect((await change(passwords.first, passwords.weak)).status).toBe(422)
  expect((await change(passwords.wrong, passwords.second)).status).toBe(400)
  expect((await change(passwords.first, passwords.second)).status).toBe(204)

  const confirmation = secret('the token of a confirmation', await confirmationToken(email))
  await whileBroken('email_confirmation', 'update', () => confirmEmail(confirmation))
  expect((await confirmEmail(confirmation)).status).toBe(204)

  await whileBroken('totp', 'insert', () => next.me.post('/auth/mfa/setup'))
  const totp = secret('the secret of the second factor', (await next.me.post('/auth/mfa/setup')).data.secret)
  const confirm = async () => next.me.post('/auth/mfa/verify', { code: await codeIn(totp, -1) })
  await whileBroken('recovery_code', 'insert', confirm)
  const { recovery_codes } = (await confirm()).data
  for (const [i, code] of (recovery_codes as string[]).entries()) {
    secret(`recovery code ${i}`, code)
    secret(`recovery code ${i} as it is compared`, code.replaceAll(/\W/g, '').toLowerCase())
    secret(`recovery code ${i} in capitals`, code.replaceAll(/\W/g, '').toUpperCase())
  }
  const challenge = async () => secret('the challenge', (await login(passwords.second)).data.mfa_token)
  const finish = async (code: string) => anyone.post('/auth/mfa/login', { mfa_token: await challenge(), code })
  await timePasses(user.id)
  const coded = tokens('a sign-in with a code', await finish(await codeIn(totp)))
  const recovered = tokens('a sign-in with a recovery code', await finish(recovery_codes[0]!))
  expect((await finish(recovery_codes[0]!)).status).toBe(401)
  const stepUp = await coded.me.post('/auth/mfa/step-up', { code: recovery_codes[1] })
  secret('the access token of a step up', stepUp.data.access_token)
  expect((await recovered.me.post('/auth/mfa/disable', { password: passwords.wrong, code: '000000' })).status).toBe(400)

  const reset = secret('the token of a reset', await resetToken(email))
  const confirmReset = () =>
    anyone.post('/auth/password-reset/confirm', { token: reset, new_password: passwords.third })
  await whileBroken('password_reset', 'update', confirmReset)
  expect((await confirmReset()).status).toBe(204)
  expect((await confirmReset()).status).toBe(400)

  const invitation = secret('the token of an invitation', await invitationToken(invitee()))
  const accept = () => anyone.post('/auth/invitations/accept', { token: invitation, password: passwords.third })
  await whileBroken('invitation', 'update', accept)
  expect((await accept()).status).toBe(201)
  const registration = { email: `new-${email}`, password: passwords.third, full_name: 'Νέα' }
  await whileBroken('user', 'insert', () => anyone.post('/auth/register', registration))
  expect((await anyone.post('/auth/register', registration)).status).toBe(201)

  const grant = { grant_type: 'password', username: registration.email, password: passwords.third }
  const form = { 'content-type': 'application/x-www-form-urlencoded' }
  tokens('a password grant', await anyone.post('/auth/token', new URLSearchParams(grant).toString(), form))
  expect((await anyone.get(`/auth/me?access_token=${secrets['the access token of a refresh']}`)).status).toBe(401)
  await serve('/api/v1/auth/login', json('POST', `{"password":"${passwords.third}"`))
}, 60_000)

afterAll(() => vi.restoreAllMocks())

/** Every row of every table, a line each. */
async function everyRow(): Promise<string[]> {
  const { results: tables } = await testEnv.DB.prepare("select name from sqlite_schema where type = 'table'").all<{
    name: string
  }>()
  const rows = []
  for (const { name } of tables.filter((table) => !/^(sqlite_|_cf_|d1_)/.test(table.name)))
    rows.push(...(await testEnv.DB.prepare(`select * from "${name}"`).all()).results.map((row) => ({ name, ...row })))
  return rows.map((row) => JSON.stringify(row))
}

/** A secret as it is, and as its bytes may be written. */
function waysToWrite(value: string): string[] {
  const bytes = new TextEncoder().encode(value)
  return [value, bytes.toHex(), bytes.toBase64({ omitPadding: true }), encodeURIComponent(value)]
}

const found = (lines: readonly string[]) =>
  Object.entries(secrets).flatMap(([name, value]) =>
    lines.filter((line) => waysToWrite(value).some((way) => line.includes(way))).map((line) => [name, line]),
  )

describe('what rests only hashed or encrypted', () => {
  test('is in no row of any table', async () => {
    const rows = await everyRow()
    expect(rows.filter((row) => row.includes(email)).length).toBeGreaterThan(0)
    expect(found(rows)).toEqual([])
  })

  test('is not even told by the digest of a request that held one, or whose answer does', async () => {
    const { results } = await testEnv.DB.prepare('select key from idempotency_key').all<{ key: string }>()
    expect(results).toEqual([{ key: 'once' }])
  })

  test('is in no line of the log, not even of what went wrong', () => {
    expect(logged.filter((line) => line.includes('broken')).length).toBe(broken)
    expect(found(logged)).toEqual([])
  })

  test('nor is anybody named in the log', () => {
    expect(logged.filter((line) => /keeper|Πυθία|@lyceum/i.test(line))).toEqual([])
  })
})
