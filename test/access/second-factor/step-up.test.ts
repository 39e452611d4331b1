import { decodeJwt } from 'jose'
import { describe, expect, test } from 'vitest'
import { refusal } from '../../call.ts'
import { endpoints } from '#/wiring/endpoints.ts'
import { settingsOf } from '#/platform/env.ts'
import type { Endpoint } from '#/platform/http/endpoint.ts'
import { signAccessToken } from '#/access/session/access-token.ts'
import { auditRows, caller, persona, testEnv } from '../../world.ts'
import { databaseBehind } from '../../platform/database/between.ts'
import { codeOf, json, serveWith } from '../../platform/http/serve.ts'
import { newAccount, password, refresh, setAccount } from '../identity/account.ts'
import { protectedAccount, setFactor } from './second-factor.ts'

const required = [403, 'STEP_UP_REQUIRED']

/** The account's sessions were proved so long ago. */
const provedBefore = (userId: number, minutes: number) =>
  testEnv.DB.prepare('update session set verified_at = ? where user_id = ?')
    .bind(new Date(Date.now() - minutes * 60_000).toISOString(), userId)
    .run()

/** An administrator without a second factor who signed in so many minutes ago. */
async function signedInBefore(minutes: number) {
  const account = await newAccount()
  await setAccount(account.id, 'role', 'admin')
  const { refresh_token } = (await account.signIn()).data
  await provedBefore(account.id, minutes)
  const { access_token, ...tokens } = (await refresh(refresh_token!)).data
  return { ...account, me: caller(access_token), refresh_token: tokens.refresh_token as string }
}

describe('without a second factor, something sensitive', () => {
  const promote = async (me: ReturnType<typeof caller>) =>
    me.patch(`/users/${(await persona('faculty')).userId}`, { role: 'registrar' })

  test('is done within ten minutes of a sign-in', async () => {
    const { me } = await signedInBefore(9)
    expect((await promote(me)).data.role).toBe('registrar')
  })

  test('asks for the password after that, and is done with the token it gives', async () => {
    const account = await signedInBefore(11)
    expect(refusal(await promote(account.me))).toEqual(required)
    const row = (await auditRows('account', account.id)).find(({ action }) => action === 'user.update')
    expect(row).toMatchObject({ success: 0, status: 403, summary: 'refused: STEP_UP_REQUIRED' })
    expect((await account.me.get('/users?page_size=1')).status).toBe(200)
    const step = (body: object) => account.me.post('/auth/mfa/step-up', body)
    expect(refusal(await step({ password: 'Wrong-Horse-9!' }))).toEqual([400, 'PASSWORD_WRONG'])
    expect(refusal(await promote(account.me))).toEqual(required)
    const { data } = await step({ password })
    expect(data).toEqual({ access_token: expect.any(String), token_type: 'bearer', expires_in: 900 })
    expect((await promote(caller(data.access_token))).data.role).toBe('registrar')
    const next = (await refresh(account.refresh_token)).data
    expect((await promote(caller(next.access_token))).data.role).toBe('registrar')
    const rows = await auditRows('session', account.refresh_token.split('.')[0]!)
    expect(rows.slice(0, 2).map(({ action, actor_id }) => [action, actor_id])).toEqual([
      ['session.refresh', account.id],
      ['session.verify', account.id],
    ])
  })

  test('such as setting one up or ending sessions asks for it, too', async () => {
    const { id, me, signIn } = await signedInBefore(11)
    const other = (await signIn()).data.refresh_token!.split('.')[0]
    const acts = () => [
      me.post('/auth/mfa/setup'),
      me.post('/auth/sessions/revoke-all'),
      me.delete(`/auth/sessions/${other}`),
      me.delete(`/users/${id}/sessions`),
    ]
    for (const answer of await Promise.all(acts())) expect(refusal(answer)).toEqual(required)
    const { access_token } = (await me.post('/auth/mfa/step-up', { password })).data
    expect((await caller(access_token).post('/auth/mfa/setup')).status).toBe(200)
    expect((await caller(access_token).delete(`/auth/sessions/${other}`)).status).toBe(204)
  })
})

describe('the password', () => {
  test('is not enough where there is a second factor', async () => {
    const { me } = await protectedAccount()
    expect(refusal(await me.post('/auth/mfa/step-up', { password }))).toEqual([400, 'MFA_CODE_WRONG'])
  })

  test('that was given before there was one does not count as a code', async () => {
    const account = await signedInBefore(1)
    await setFactor(account.id)
    const { access_token } = (await refresh(account.refresh_token)).data
    const answer = await caller(access_token).post('/auth/sessions/revoke-all')
    expect(refusal(answer)).toEqual(required)
  })

  test.each([{}, { password, code: '123456' }])('comes alone, or the code does: %j is a 422', async (body) => {
    const { me } = await signedInBefore(1)
    expect(refusal(await me.post('/auth/mfa/step-up', body))).toEqual([422, 'VALIDATION_ERROR'])
  })

  test('is nothing to a closed account, or in a session that is gone', async () => {
    const [closed, gone] = [await signedInBefore(11), await signedInBefore(11)]
    await setAccount(closed.id, 'is_active', 0)
    await testEnv.DB.prepare('delete from session where user_id = ?').bind(gone.id).run()
    for (const { me } of [closed, gone])
      expect(refusal(await me.post('/auth/mfa/step-up', { password }))).toEqual([401, 'HTTP_401'])
  })

  test('is tried five times a minute, from wherever', async () => {
    const { me } = await signedInBefore(11)
    const statuses: number[] = []
    for (let i = 0; i < 6; i += 1) {
      const headers = { authorization: `Bearer ${me.token}`, 'cf-connecting-ip': `198.51.100.${i}` }
      const init = json('POST', { password: 'Wrong-Horse-9!' }, headers)
      statuses.push((await serveWith({ RATE_LIMIT_SCALE: '1' }, '/api/v1/auth/mfa/step-up', init)).status)
    }
    expect(statuses).toEqual([400, 400, 400, 400, 400, 429])
  })
})

describe('the token of a step-up', () => {
  test('says what the account is now, not what the token before said', async () => {
    const { id, me } = await signedInBefore(1)
    expect((await me.get('/audit/logs?page_size=1')).status).toBe(200)
    await setAccount(id, 'role', 'faculty')
    const { access_token } = (await me.post('/auth/mfa/step-up', { password })).data
    expect(decodeJwt(access_token)).toMatchObject({ role: 'faculty', second_factor: false })
    expect(refusal(await caller(access_token).get('/audit/logs?page_size=1'))).toEqual([403, 'HTTP_403'])
  })

  test('is not given in a session that the database has ended', async () => {
    const { id, me } = await signedInBefore(1)
    await testEnv.DB.prepare('update session set revoked_at = created_at where user_id = ?').bind(id).run()
    expect(refusal(await me.post('/auth/mfa/step-up', { password }))).toEqual([401, 'HTTP_401'])
  })

  test('is not given when the session ends between the read and the write', async () => {
    const { id, me } = await signedInBefore(1)
    let ended = false
    const DB = databaseBehind(async (texts, run) => {
      if (!ended && texts.some((text) => text.startsWith('update "session" set "verified_at"'))) {
        ended = true
        await testEnv.DB.prepare('update session set revoked_at = created_at where user_id = ?').bind(id).run()
      }
      return run()
    })
    const init = json('POST', { password }, { authorization: `Bearer ${me.token}` })
    const answer = await serveWith({ DB }, '/api/v1/auth/mfa/step-up', init)
    expect([ended, await codeOf(answer)]).toEqual([true, '401 HTTP_401'])
  })
})

describe('what is sensitive', () => {
  const sensitive = endpoints.filter(({ stepUp }) => stepUp)

  test('is what changes accounts, ends sessions, touches backups, takes up what was given up, or decides for two', () => {
    expect(sensitive.map(({ id }) => id).toSorted()).toEqual([
      'approve',
      'createBackup',
      'createUser',
      'deleteBackup',
      'deleteUser',
      'downloadBackup',
      'endOtherSessions',
      'endSession',
      'endUserSessions',
      'inviteUser',
      'reject',
      'replaceUser',
      'restoreBackup',
      'restoreUser',
      'retryDeadLetter',
      'rewrapBackups',
      'rotateBackupKey',
      'setUpTotp',
      'updateUser',
      'withdrawInvitation',
    ])
  })

  const each = sensitive.map((endpoint): [string, Endpoint] => [endpoint.id, endpoint])
  const addressOf = ({ path }: Endpoint) => path.replace(':id', path.startsWith('/auth') ? 'S'.repeat(22) : '1')

  test.each(each)(
    '%s is refused in a session that has ended, also when nobody but the database can say so',
    async (_, of) => {
      const { id, me } = await signedInBefore(1)
      await testEnv.DB.prepare('update session set revoked_at = created_at where user_id = ?').bind(id).run()
      const headers = { authorization: `Bearer ${me.token}`, 'if-match': '"1"' }
      const method = of.method.toUpperCase()
      const init = method === 'GET' ? { method, headers } : json(method, {}, headers)
      const answer = await serveWith({ GATE: undefined } as object, `/api/v1${addressOf(of)}`, init)
      expect(await codeOf(answer)).toBe('401 HTTP_401')
    },
  )

  test.each(each)('%s is refused to a token that proves nothing, whoever signed it', async (_, of) => {
    const { userId: id } = await persona('admin')
    const actor = { id, role: 'admin', sessionId: 'S'.repeat(22), studentId: null, tier: 'free' } as const
    const now = new Date().toISOString()
    for (const hasSecondFactor of [true, false]) {
      const token = await signAccessToken(settingsOf(testEnv), { ...actor, hasSecondFactor, verifiedAt: 0 }, now)
      const send = caller(token)[of.method as 'post' | 'delete' | 'put' | 'patch']
      expect(refusal(await send(addressOf(of), of.method === 'delete' ? undefined : ({} as never)))).toEqual(required)
    }
  })
})
