import { decodeJwt, decodeProtectedHeader } from 'jose'
import { describe, expect, test } from 'vitest'
import { refusal } from '../../call.ts'
import { json, serveWith } from '../../platform/http/serve.ts'
import { auditRows, caller, countRows, testEnv } from '../../world.ts'
import { newAccount, password } from '../identity/account.ts'
import { codeIn, protectedAccount, timePasses } from './second-factor.ts'

async function signedIn() {
  const account = await newAccount()
  const { access_token } = (await account.signIn()).data
  return { ...account, me: caller(access_token) }
}

describe('setting up', () => {
  test('answers a secret, its URI and its QR code, and changes nothing yet', async () => {
    const account = await signedIn()
    const { data } = await account.me.post('/auth/mfa/setup')
    expect(data.secret).toMatch(/^[A-Z2-7]{32}$/)
    const uri = new URL(data.otpauth_uri)
    expect([uri.protocol, uri.host, decodeURIComponent(uri.pathname)]).toEqual([
      'otpauth:',
      'totp',
      `/Lyceum University:${account.email}`,
    ])
    expect(Object.fromEntries(uri.searchParams)).toEqual({
      secret: data.secret,
      issuer: 'Lyceum University',
      algorithm: 'SHA1',
      digits: '6',
      period: '30',
    })
    expect(data.qr_svg).toMatch(/^<svg .*<\/svg>$/s)
    expect((await account.signIn()).data.access_token).toEqual(expect.any(String))
  })

  test('answers a URI that holds whatever stands in the name of the institution', async () => {
    const account = await newAccount()
    const issuer = 'Law & Order? #1: 100%'
    const headers = { authorization: `Bearer ${(await account.signIn()).data.access_token}` }
    const answer = await serveWith({ INSTITUTION_NAME: issuer }, '/api/v1/auth/mfa/setup', json('POST', {}, headers))
    const { data } = (await answer.json()) as { data: { otpauth_uri: string; secret: string } }
    const { hash, pathname, searchParams } = new URL(data.otpauth_uri)
    expect(decodeURIComponent(pathname)).toBe(`/${issuer}:${account.email}`)
    expect([searchParams.get('issuer'), searchParams.get('secret'), hash]).toEqual([issuer, data.secret, ''])
  })

  test('keeps the secret encrypted, for this account alone', async () => {
    const account = await signedIn()
    const { data } = await account.me.post('/auth/mfa/setup')
    const stored = await testEnv.DB.prepare('select secret from totp where user_id = ?')
      .bind(account.id)
      .first<string>('secret')
    expect(stored).toMatch(/^[\w-]+\.\.[\w-]{16}\.[\w-]{27}\.[\w-]{22}$/)
    expect(decodeProtectedHeader(stored!)).toMatchObject({ alg: 'dir', enc: 'A256GCM', kid: 'local-test' })
    expect(stored).not.toContain(data.secret)
    const other = await signedIn()
    await other.me.post('/auth/mfa/setup')
    await testEnv.DB.prepare('update totp set secret = ? where user_id = ?').bind(stored, other.id).run()
    const answer = await other.me.post('/auth/mfa/verify', { code: await codeIn(data.secret) })
    expect(refusal(answer)).toEqual([500, 'INTERNAL_SERVER_ERROR'])
  })

  test('again before it is confirmed replaces the secret', async () => {
    const account = await signedIn()
    const first = (await account.me.post('/auth/mfa/setup')).data.secret
    const second = (await account.me.post('/auth/mfa/setup')).data.secret
    expect(refusal(await account.me.post('/auth/mfa/verify', { code: await codeIn(first) }))).toEqual([
      400,
      'MFA_CODE_WRONG',
    ])
    expect((await account.me.post('/auth/mfa/verify', { code: await codeIn(second) })).status).toBe(200)
  })

  test('is confirmed once, by a code, and shows ten recovery codes of which only hashes are kept', async () => {
    const account = await signedIn()
    expect(refusal(await account.me.post('/auth/mfa/verify', { code: '123456' }))).toEqual([400, 'MFA_NOT_SET_UP'])
    const { secret } = (await account.me.post('/auth/mfa/setup')).data
    const answer = await account.me.post('/auth/mfa/verify', { code: await codeIn(secret) })
    expect(new Set(answer.data.recovery_codes).size).toBe(10)
    expect(answer.data.recovery_codes.filter((code: string) => !/^[A-Z2-7]{5}(?:-[A-Z2-7]{5}){4}$/.test(code))).toEqual(
      [],
    )
    const { results } = await testEnv.DB.prepare('select * from recovery_code where user_id = ?').bind(account.id).all()
    expect(results).toHaveLength(10)
    expect(JSON.stringify(results)).not.toContain(answer.data.recovery_codes[0]!.slice(0, 5))
    const enabled = [409, 'MFA_ALREADY_ENABLED']
    expect(refusal(await account.me.post('/auth/mfa/verify', { code: await codeIn(secret, 1) }))).toEqual(enabled)
    expect(refusal(await account.me.post('/auth/mfa/setup'))).toEqual(enabled)
  })

  test('stores no answer under an Idempotency-Key: it holds secrets', async () => {
    const account = await signedIn()
    const before = await countRows('idempotency_key')
    const headers = { 'idempotency-key': 'only-once' }
    const first = await account.me.post('/auth/mfa/setup', undefined, headers)
    const second = await account.me.post('/auth/mfa/setup', undefined, headers)
    expect(first.data.secret).not.toBe(second.data.secret)
    expect(await countRows('idempotency_key')).toBe(before)
  })

  test('leaves audit rows without secrets', async () => {
    const account = await protectedAccount()
    const rows = await auditRows('second_factor', account.id)
    expect(rows.map(({ action }) => action)).toEqual(['second_factor.confirm', 'second_factor.create'])
    expect(JSON.stringify(rows)).not.toContain(account.secret)
  })
})

describe('disabling', () => {
  test('takes password and code', async () => {
    const account = await protectedAccount()
    await timePasses(account.id)
    const code = await codeIn(account.secret)
    const wrong = [400, 'MFA_CODE_WRONG']
    const disable = (body: object) => account.me.post('/auth/mfa/disable', body)
    expect(refusal(await disable({ password: 'Wrong-Horse-9!', code }))).toEqual(wrong)
    expect(refusal(await disable({ password, code: '000000' }))).toEqual(wrong)
    expect((await disable({ password, code })).status).toBe(204)
    const next = caller((await account.signIn()).data.access_token)
    expect(refusal(await next.post('/auth/mfa/disable', { password, code }))).toEqual([409, 'MFA_NOT_ENABLED'])
    const left = testEnv.DB.prepare('select count(*) as n from recovery_code where user_id = ?').bind(account.id)
    expect(await left.first('n')).toBe(0)
  })

  test('works with a recovery code, for those who lost the device', async () => {
    const account = await protectedAccount()
    expect((await account.me.post('/auth/mfa/disable', { password, code: account.recovery[3] })).status).toBe(204)
  })
})

describe('a fresh code', () => {
  test('is kept in the token for what asks for it, and in the session for the tokens after it', async () => {
    const account = await protectedAccount()
    await timePasses(account.id)
    const login = (await account.finish(await codeIn(account.secret))).data
    const seconds = (token: string) => Math.abs(Date.now() - (decodeJwt(token)['mfa_at'] as number)) / 1000
    expect(seconds(login.access_token)).toBeLessThan(10)
    await testEnv.DB.prepare("update session set verified_at = '2026-01-01T00:00:00.000Z' where user_id = ?")
      .bind(account.id)
      .run()
    const later = (await caller(null).post('/auth/refresh', { refresh_token: login.refresh_token })).data
    expect(seconds(later.access_token)).toBeGreaterThan(1000)
    await timePasses(account.id)
    const stepped = await caller(later.access_token).post('/auth/mfa/step-up', { code: await codeIn(account.secret) })
    expect(seconds(stepped.data.access_token)).toBeLessThan(10)
    const again = (await caller(null).post('/auth/refresh', { refresh_token: later.refresh_token })).data
    expect(seconds(again.access_token)).toBeLessThan(10)
  })

  test('is a right one, and one that was not used', async () => {
    const account = await protectedAccount()
    await timePasses(account.id)
    const { access_token } = (await account.finish(await codeIn(account.secret))).data
    const step = (code: string) => caller(access_token).post('/auth/mfa/step-up', { code })
    expect(refusal(await step('000000'))).toEqual([400, 'MFA_CODE_WRONG'])
    expect(refusal(await step(await codeIn(account.secret)))).toEqual([400, 'MFA_CODE_WRONG'])
    expect(refusal(await step('AAAAA-AAAAA'))).toEqual([400, 'MFA_CODE_WRONG'])
  })

  test('is nothing for an account without a second factor', async () => {
    const account = await signedIn()
    expect(refusal(await account.me.post('/auth/mfa/step-up', { code: '123456' }))).toEqual([409, 'MFA_NOT_ENABLED'])
    const { access_token } = (await account.signIn()).data
    expect(decodeJwt(access_token)['mfa_at']).toBeNull()
  })
})
