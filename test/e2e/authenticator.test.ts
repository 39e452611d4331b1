import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, describe, expect, inject, test } from 'vitest'
import type { AnswerAt } from '../answer-at.ts'
import { type Caller, send, signIn } from './client.ts'
import { tokenMailedBy } from './mailed-token.ts'
import { inFolder, run } from './tools.ts'

const url = inject('url')
const account = {
  email: `authenticator-${Date.now()}@lyceum.example`,
  full_name: 'Υπατία',
  role: 'registrar',
  password: 'Correct-Horse-9!',
}

const post = <const P extends string>(path: P, body?: object, token?: string) =>
  send<AnswerAt<'POST', P>>(`${url}/api/v1${path}`, {
    method: 'POST',
    body: body ?? {},
    headers: token ? { authorization: `Bearer ${token}` } : {},
  })

/** The code that oathtool shows for a secret so many seconds from now. */
async function codeFor(secret: string, seconds = 0): Promise<string> {
  const instant = new Date(Date.now() + seconds * 1000).toISOString().replace(/T(.*)\..*/, ' $1 UTC')
  return (await run('oathtool', '--totp', '--base32', `--now=${instant}`, secret)).stdout.trim()
}

/** What a camera reads from an SVG on a screen. */
const readFromScreen = (svg: string) =>
  inFolder(async (folder) => {
    const [drawing, picture] = [join(folder, 'code.svg'), join(folder, 'code.png')]
    writeFileSync(drawing, svg)
    const headless = ['--headless', '--no-sandbox', '--disable-gpu', '--disable-dev-shm-usage', '--hide-scrollbars']
    const profile = `--user-data-dir=${join(folder, 'profile')}`
    await run('chromium', ...headless, profile, '--window-size=800,800', `--screenshot=${picture}`, `file://${drawing}`)
    return (await run('zbarimg', '--raw', '--quiet', picture)).stdout.trim()
  })

const login = () => post('/auth/login', { email: account.email, password: account.password })
const finish = async (code: string) => post('/auth/mfa/login', { mfa_token: (await login()).data.mfa_token, code })

describe('an authenticator that is not ours', () => {
  let admin: Caller
  let setUp: AnswerAt<'POST', '/auth/mfa/setup'>
  let token: string
  beforeAll(async () => {
    admin = await signIn(url, 'admin')
    const confirmation = await tokenMailedBy(() => admin.make('/users', account))
    await post('/auth/email-confirmation/confirm', { token: confirmation })
    token = (await login()).data.access_token
    setUp = (await post('/auth/mfa/setup', {}, token)).data
  })

  test('reads the whole URI from the QR code, and in it the secret', async () => {
    const read = await readFromScreen(setUp.qr_svg)
    expect(read).toBe(setUp.otpauth_uri)
    const { protocol, host, pathname, searchParams } = new URL(read)
    expect([protocol, host]).toEqual(['otpauth:', 'totp'])
    expect(decodeURIComponent(pathname)).toContain(account.email)
    expect(Object.fromEntries(searchParams)).toMatchObject({
      secret: setUp.secret,
      algorithm: 'SHA1',
      digits: '6',
      period: '30',
    })
  })

  test('shows codes that bring the second factor into force and open a session, each of them once', async () => {
    const confirmed = await post('/auth/mfa/verify', { code: await codeFor(setUp.secret) }, token)
    expect(confirmed.status).toBe(200)
    expect(confirmed.data.recovery_codes).toHaveLength(10)
    expect((await login()).data).toEqual({ mfa_required: true, mfa_token: expect.any(String) })
    const code = await codeFor(setUp.secret, 30)
    const signedIn = await finish(code)
    expect([signedIn.status, signedIn.data.user.email]).toEqual([200, account.email])
    const again = await finish(code)
    expect([again.status, again.error?.code]).toEqual([401, 'MFA_LOGIN_REFUSED'])
  })

  test('shows codes of another time or secret in vain', async () => {
    for (const code of [await codeFor(setUp.secret, 3600), await codeFor('GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ', 60)]) {
      const answer = await finish(code)
      expect([answer.status, answer.error?.code]).toEqual([401, 'MFA_LOGIN_REFUSED'])
    }
  })
})
