import { afterEach, beforeAll, describe, expect, test, vi } from 'vitest'
import { refusal } from '../../call.ts'
import { meanwhile, racing } from '../../platform/database/between.ts'
import { codeOf, json, serveWith } from '../../platform/http/serve.ts'
import { auditRows, caller, testEnv } from '../../world.ts'
import { newAccount, refresh, sessionIdIn, sessionRow, setAccount, timePasses } from '../identity/account.ts'

let account: Awaited<ReturnType<typeof newAccount>>
beforeAll(async () => {
  account = await newAccount()
})

const refused = [401, 'INVALID_REFRESH_TOKEN']
const outcome = async (token: string) => refusal(await refresh(token))

describe('refreshing a session', () => {
  test('gives new tokens for the same session, again and again', async () => {
    const first = (await account.signIn()).data
    const second = (await refresh(first.refresh_token!)).data
    const third = (await refresh(second.refresh_token!)).data
    expect(new Set([first, second, third].map(({ refresh_token }) => refresh_token)).size).toBe(3)
    expect(new Set([first, second, third].map(({ refresh_token }) => sessionIdIn(refresh_token!))).size).toBe(1)
    expect(Object.keys(third)).toEqual(['access_token', 'token_type', 'expires_in', 'refresh_token', 'user'])
    expect((await caller(third.access_token).get('/auth/me')).data.id).toBe(account.id)
  })

  test('leaves one audit row and moves the end of the session', async () => {
    const { data } = await account.signIn()
    const id = sessionIdIn(data.refresh_token!)
    await testEnv.DB.prepare("update session set expires_at = '2099-01-01T00:00:00.000Z' where id = ?").bind(id).run()
    await refresh(data.refresh_token!)
    expect((await auditRows('session', id)).map(({ action, actor_id }) => [action, actor_id])).toEqual([
      ['session.refresh', account.id],
      ['session.create', account.id],
    ])
    const row = await sessionRow(id)
    expect(Date.parse(String(row!['expires_at'])) - Date.parse(String(row!['last_used_at']))).toBe(604_800_000)
  })

  test('an old token ends the session: the new one and the access tokens stop working, too', async () => {
    const first = (await account.signIn()).data
    const second = (await refresh(first.refresh_token!)).data
    expect((await caller(second.access_token).get('/auth/me')).status).toBe(200)
    await timePasses(sessionIdIn(first.refresh_token!), 11)
    expect(await outcome(first.refresh_token!)).toEqual(refused)
    expect(await outcome(second.refresh_token!)).toEqual(refused)
    expect((await caller(first.access_token).get('/auth/me')).status).toBe(401)
    expect((await caller(second.access_token).get('/auth/me')).status).toBe(401)
    const [last] = await auditRows('session', sessionIdIn(first.refresh_token!))
    expect(last).toMatchObject({ action: 'session.refresh', reason: 'refresh token used twice' })
  })

  test('so does one from several turns ago', async () => {
    const first = (await account.signIn()).data
    const second = (await refresh(first.refresh_token!)).data
    const third = (await refresh(second.refresh_token!)).data
    expect(await outcome(first.refresh_token!)).toEqual(refused)
    expect(await outcome(third.refresh_token!)).toEqual(refused)
  })

  test('a made-up secret ends nothing: whoever knows the id of a session cannot end it', async () => {
    const { data } = await account.signIn()
    const [id] = data.refresh_token!.split('.')
    expect(await outcome(`${id}.${'y'.repeat(44)}`)).toEqual(refused)
    expect((await caller(data.access_token).get('/auth/me')).status).toBe(200)
    expect((await refresh(data.refresh_token!)).status).toBe(200)
  })

  test('ends only the session whose token was used twice', async () => {
    const stolen = (await account.signIn()).data
    const other = (await account.signIn()).data
    await refresh(stolen.refresh_token!)
    await timePasses(sessionIdIn(stolen.refresh_token!), 11)
    expect(await outcome(stolen.refresh_token!)).toEqual(refused)
    expect((await caller(other.access_token).get('/auth/me')).status).toBe(200)
    expect((await refresh(other.refresh_token!)).status).toBe(200)
  })

  test('takes the role from the account as it is now', async () => {
    const promoted = await newAccount()
    const { data } = await promoted.signIn()
    await setAccount(promoted.id, 'role', 'admin')
    const next = (await refresh(data.refresh_token!)).data
    expect(next.user.role).toBe('admin')
    expect((await caller(next.access_token).get('/audit/logs?page_size=1')).status).toBe(200)
  })

  test('works until the session expires and not after', async () => {
    const { data } = await account.signIn()
    await testEnv.DB.prepare('update session set expires_at = ? where id = ?')
      .bind(new Date(Date.now() - 1000).toISOString(), sessionIdIn(data.refresh_token!))
      .run()
    expect(await outcome(data.refresh_token!)).toEqual(refused)
  })

  test('is refused when the account was closed', async () => {
    const closed = await newAccount()
    const { data } = await closed.signIn()
    await setAccount(closed.id, 'is_active', 0)
    expect(await outcome(data.refresh_token!)).toEqual(refused)
  })

  test('is refused for an access token, an unknown session and text that is no token', async () => {
    const { data } = await account.signIn()
    expect(await outcome(`${'x'.repeat(22)}.${'y'.repeat(44)}`)).toEqual(refused)
    expect(await outcome('not a token')).toEqual(refused)
    expect(await outcome(data.access_token.slice(0, 200))).toEqual(refused)
    expect((await refresh(data.refresh_token!)).status).toBe(200)
  })

  test('ten at once with one token: one succeeds, the others get no token, and the session goes on', async () => {
    const { data } = await account.signIn()
    const answers = await Promise.all(Array.from({ length: 10 }, () => refresh(data.refresh_token!)))
    const [won, ...more] = answers.filter(({ status }) => status === 200)
    expect(more).toEqual([])
    const codes = answers.map(({ error }) => error?.code).filter((code) => code !== undefined)
    expect(codes).toEqual(Array.from({ length: 9 }, () => 'REFRESH_OVERTAKEN'))
    expect((await refresh(won!.data.refresh_token!)).status).toBe(200)
  })
})

describe('of what happens to a session while it is refreshed', () => {
  const refreshing = async (DB: D1Database, refresh_token: string) =>
    codeOf(await serveWith({ DB }, '/api/v1/auth/refresh', json('POST', { refresh_token })))

  test('another refresh with the same token is the one that counts', async () => {
    const { refresh_token } = (await account.signIn()).data
    const answers = await Promise.all(racing(2).map((DB) => refreshing(DB, refresh_token!)))
    expect(answers).toEqual(['200', '409 REFRESH_OVERTAKEN'])
  })

  test('its end stands: there are no tokens', async () => {
    const { refresh_token } = (await account.signIn()).data
    const id = sessionIdIn(refresh_token!)
    const end = () => testEnv.DB.prepare("update session set revoked_at = '2026-01-01' where id = ?").bind(id).run()
    expect(await refreshing(meanwhile(end), refresh_token!)).toBe('409 REFRESH_OVERTAKEN')
    expect((await sessionRow(id))!['previous_hash']).toBeNull()
  })
})

describe('the token that was exchanged just now', () => {
  afterEach(() => {
    vi.useRealTimers()
  })

  test('gets no tokens and leaves the session alone: another tab was quicker', async () => {
    vi.useFakeTimers({ toFake: ['Date'], now: Date.now() })
    const first = (await account.signIn()).data
    const second = (await refresh(first.refresh_token!)).data
    const id = sessionIdIn(first.refresh_token!)
    const rows = (await auditRows('session', id)).length
    await timePasses(id, 9)
    const answer = await refresh(first.refresh_token!)
    expect([answer.status, answer.error?.code, answer.data]).toEqual([409, 'REFRESH_OVERTAKEN', null])
    expect(answer.headers.get('retry-after')).toBe('1')
    expect(await auditRows('session', id)).toHaveLength(rows)
    expect((await caller(second.access_token).get('/auth/me')).status).toBe(200)
    expect((await refresh(second.refresh_token!)).status).toBe(200)
  })

  test('ends the session when it is presented again after ten seconds', async () => {
    const first = (await account.signIn()).data
    const second = (await refresh(first.refresh_token!)).data
    expect(await outcome(first.refresh_token!)).toEqual([409, 'REFRESH_OVERTAKEN'])
    await timePasses(sessionIdIn(first.refresh_token!), 11)
    expect(await outcome(first.refresh_token!)).toEqual(refused)
    expect(await outcome(second.refresh_token!)).toEqual(refused)
  })

  test('is refused like any other once the session has ended', async () => {
    const first = (await account.signIn()).data
    const second = (await refresh(first.refresh_token!)).data
    await caller(second.access_token).post('/auth/logout')
    expect(await outcome(first.refresh_token!)).toEqual(refused)
  })
})

describe('thirty days after its sign-in', () => {
  const day = 86_400

  test('a session is over, however often it was refreshed', async () => {
    let { refresh_token } = (await account.signIn()).data
    const id = sessionIdIn(refresh_token!)
    const lifetime = async () => {
      const { created_at, last_used_at, expires_at } = (await sessionRow(id))!
      const days = (from: unknown) => (Date.parse(String(expires_at)) - Date.parse(String(from))) / (day * 1000)
      return [days(last_used_at), days(created_at)]
    }
    for (const until of [6, 12, 18]) {
      await timePasses(id, 6 * day)
      refresh_token = (await refresh(refresh_token!)).data.refresh_token
      const [sinceUse, sinceSignIn] = await lifetime()
      expect(sinceUse).toBe(7)
      expect(sinceSignIn).toBeCloseTo(until + 7, 2)
    }
    await timePasses(id, 6 * day)
    refresh_token = (await refresh(refresh_token!)).data.refresh_token
    expect((await lifetime())[1]).toBe(30)
    await timePasses(id, 6 * day - 60)
    refresh_token = (await refresh(refresh_token!)).data.refresh_token
    await timePasses(id, 60)
    expect(await outcome(refresh_token!)).toEqual(refused)
  })

  test('is also when one ends whose row says later', async () => {
    const { data } = await account.signIn()
    const id = sessionIdIn(data.refresh_token!)
    await timePasses(id, 30 * day)
    await testEnv.DB.prepare("update session set expires_at = '2099-01-01T00:00:00.000Z' where id = ?").bind(id).run()
    expect(await outcome(data.refresh_token!)).toEqual(refused)
  })

  test('is shown in the list of sessions', async () => {
    const { data } = await account.signIn()
    const { items: sessions } = (await caller(data.access_token).get('/auth/sessions')).data
    const { created_at, ends_at } = sessions.find(({ current }) => current)!
    expect(Date.parse(ends_at) - Date.parse(created_at)).toBe(30 * day * 1000)
  })
})
