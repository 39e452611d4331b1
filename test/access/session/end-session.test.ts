import { evictDurableObject, runDurableObjectAlarm } from 'cloudflare:test'
import { beforeAll, describe, expect, test, vi } from 'vitest'
import { accountGate } from '#/platform/gate/index.ts'
import { meanwhile } from '../../platform/database/between.ts'
import { serveWith } from '../../platform/http/serve.ts'
import { gateOf } from '../../platform/gate/gate-of.ts'
import { auditRows, caller, password, unique } from '../../world.ts'
import { newAccount, refresh, sessionIdIn, sessionRow, setAccount } from '../identity/account.ts'

let account: Awaited<ReturnType<typeof newAccount>>
beforeAll(async () => {
  account = await newAccount()
})

describe('signing out', () => {
  test('answers 204, and from the next request on the access token is refused', async () => {
    const me = caller((await account.signIn()).data.access_token)
    expect((await me.get('/auth/me')).status).toBe(200)
    const answer = await me.post('/auth/logout')
    expect([answer.status, await answer.response.text()]).toEqual([204, ''])
    const after = await me.get('/auth/me')
    expect([after.status, after.error?.code]).toEqual([401, 'HTTP_401'])
    expect((await me.get('/programs')).status).toBe(401)
    expect((await me.post('/auth/logout')).status).toBe(401)
  })

  test('takes the refresh token with it', async () => {
    const { data } = await account.signIn()
    await caller(data.access_token).post('/auth/logout')
    const answer = await refresh(data.refresh_token!)
    expect([answer.status, answer.error?.code]).toEqual([401, 'INVALID_REFRESH_TOKEN'])
  })

  test('reaches the access tokens of earlier refreshes', async () => {
    const first = (await account.signIn()).data
    const second = (await refresh(first.refresh_token!)).data
    await caller(second.access_token).post('/auth/logout')
    expect((await caller(first.access_token).get('/auth/me')).status).toBe(401)
  })

  test('leaves the other sessions of the account alone', async () => {
    const here = (await account.signIn()).data
    const elsewhere = (await account.signIn()).data
    await caller(here.access_token).post('/auth/logout')
    expect((await caller(elsewhere.access_token).get('/auth/me')).status).toBe(200)
    expect((await refresh(elsewhere.refresh_token!)).status).toBe(200)
  })

  test('is on record: the session row and one audit row', async () => {
    const { data } = await account.signIn()
    const id = sessionIdIn(data.refresh_token!)
    await caller(data.access_token).post('/auth/logout')
    expect((await sessionRow(id))!['revoked_at']).toMatch(/^\d{4}-\d\d-\d\dT.*Z$/)
    expect((await auditRows('session', id)).map(({ action, actor_id }) => [action, actor_id])).toEqual([
      ['session.end', account.id],
      ['session.create', account.id],
    ])
  })

  test('is remembered when the object that keeps it was evicted from memory', async () => {
    const me = caller((await account.signIn()).data.access_token)
    await me.post('/auth/logout')
    await evictDurableObject(await gateOf(accountGate(account.id)))
    expect((await me.get('/auth/me')).status).toBe(401)
  })

  test('is remembered until the last access token has expired, however often what is over is forgotten', async () => {
    const me = caller((await account.signIn()).data.access_token)
    await me.post('/auth/logout')
    const gate = await gateOf(accountGate(account.id))
    vi.spyOn(Date, 'now').mockReturnValue(Date.now() + 14 * 60_000)
    await runDurableObjectAlarm(gate)
    vi.restoreAllMocks()
    await evictDurableObject(gate)
    expect((await me.get('/auth/me')).status).toBe(401)
  })

  test('makes the access token worth no more than none, also where nobody has to be signed in', async () => {
    const me = caller((await account.signIn()).data.access_token)
    await me.post('/auth/logout')
    const registration = { email: `ended${unique()}@lyceum.test`, password, full_name: 'Somebody' }
    const { data } = await me.post('/auth/register', registration)
    expect((await auditRows('user', data.id))[0]).toMatchObject({ actor_id: null, actor_role: 'anonymous' })
  })

  test('two at once: neither is told about a conflict', async () => {
    const me = caller((await account.signIn()).data.access_token)
    const answers = await Promise.all([me.post('/auth/logout'), me.post('/auth/logout')])
    expect(answers.filter(({ status }) => status === 409)).toEqual([])
    expect((await me.get('/auth/me')).status).toBe(401)
  })

  test('of a session that somebody else ends meanwhile leaves on record who did', async () => {
    const first = (await account.signIn()).data
    const later = (await refresh((await refresh(first.refresh_token!)).data.refresh_token!)).data
    const DB = meanwhile(() => refresh(first.refresh_token!))
    const headers = { authorization: `Bearer ${later.access_token}` }
    const answer = await serveWith({ DB }, '/api/v1/auth/logout', { method: 'POST', headers })
    expect(answer.status).toBe(204)
    const [ended, ...before] = await auditRows('session', sessionIdIn(first.refresh_token!))
    expect([ended!.action, ended!.reason]).toEqual(['session.refresh', 'refresh token used twice'])
    expect(before).toHaveLength(3)
  })

  test('needs a session', async () => {
    const answer = await caller(null).post('/auth/logout')
    expect([answer.status, answer.error?.code]).toEqual([401, 'HTTP_401'])
    expect(answer.headers.get('www-authenticate')).toBe('Bearer')
  })
})

describe('the own account', () => {
  test('shows what the account is, without secrets', async () => {
    const me = caller((await account.signIn()).data.access_token)
    const answer = await me.get('/auth/me')
    expect(answer.status).toBe(200)
    expect(answer.data).toEqual({
      id: account.id,
      email: account.email,
      full_name: 'Άννα',
      role: 'registrar',
      tier: 'free',
      language: 'en',
      student_id: null,
    })
  })

  test('is 401 once the account is inactive or deleted', async () => {
    const inactive = await newAccount()
    const first = caller((await inactive.signIn()).data.access_token)
    await setAccount(inactive.id, 'is_active', 0)
    expect((await first.get('/auth/me')).status).toBe(401)
    const deleted = await newAccount()
    const second = caller((await deleted.signIn()).data.access_token)
    await setAccount(deleted.id, 'deleted_at', '2026-01-01T00:00:00.000Z')
    expect((await second.get('/auth/me')).status).toBe(401)
  })
})
