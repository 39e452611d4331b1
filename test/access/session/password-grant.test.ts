import { beforeAll, describe, expect, test } from 'vitest'
import { serve } from '../../platform/http/serve.ts'
import { auditRows, caller } from '../../world.ts'
import { newAccount, password, sessionIdIn } from '../identity/account.ts'

let account: Awaited<ReturnType<typeof newAccount>>
beforeAll(async () => {
  account = await newAccount()
})

const grant = (fields: Record<string, string>) =>
  serve('/api/v1/auth/token', { method: 'POST', body: new URLSearchParams(fields) })

describe('the password grant', () => {
  test('answers the tokens unwrapped, as RFC 6749 asks', async () => {
    const answer = await grant({ grant_type: 'password', username: account.email, password })
    expect(answer.status).toBe(200)
    expect(answer.headers.get('content-type')).toBe('application/json; charset=utf-8')
    expect(answer.headers.get('cache-control')).toBe('no-store')
    expect(await answer.json()).toEqual({
      access_token: expect.any(String),
      token_type: 'bearer',
      expires_in: 900,
      refresh_token: expect.any(String),
    })
  })

  test('its tokens open the same session as a sign-in', async () => {
    const answer = await grant({ grant_type: 'password', username: account.email, password })
    const tokens = (await answer.json()) as { access_token: string; refresh_token: string }
    expect((await caller(tokens.access_token).get('/auth/me')).data.id).toBe(account.id)
    const rows = await auditRows('session', sessionIdIn(tokens.refresh_token))
    expect(rows.map(({ action, actor_id }) => [action, actor_id])).toEqual([['session.create', account.id]])
  })

  test('reads and ignores the client and the scope', async () => {
    const answer = await grant({
      grant_type: 'password',
      username: account.email,
      password,
      scope: 'all',
      client_id: 'tool',
      client_secret: 'any',
    })
    expect(answer.status).toBe(200)
  })

  test('refuses a wrong password', async () => {
    const answer = await grant({ grant_type: 'password', username: account.email, password: 'Wrong-Horse-9!' })
    expect(answer.status).toBe(401)
    expect(await answer.json()).toMatchObject({ success: false, error: { code: 'INVALID_CREDENTIALS' } })
  })

  test('refuses another kind of grant, and names the field', async () => {
    const answer = await grant({ grant_type: 'client_credentials', username: account.email, password })
    expect(answer.status).toBe(422)
    expect(await answer.json()).toMatchObject({
      error: { code: 'VALIDATION_ERROR', details: { errors: [{ in: 'body', path: 'grant_type' }] } },
    })
  })

  test('refuses a field given twice', async () => {
    const body = new URLSearchParams({ grant_type: 'password', username: account.email, password })
    body.append('password', password)
    const answer = await serve('/api/v1/auth/token', { method: 'POST', body })
    expect(answer.status).toBe(422)
    expect(await answer.json()).toMatchObject({ error: { details: { errors: [{ in: 'body', path: 'password' }] } } })
  })

  test('refuses JSON: this address takes forms', async () => {
    const body = { grant_type: 'password', username: account.email, password }
    const answer = await caller(null).post('/auth/token', body)
    expect([answer.status, answer.error?.code]).toEqual([415, 'HTTP_415'])
    expect(answer.error?.message).toBe('Send the body as application/x-www-form-urlencoded.')
  })
})
