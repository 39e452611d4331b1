import { beforeAll, describe, expect, test } from 'vitest'
import { settingsOf } from '#/platform/env.ts'
import { persona, type Persona, testEnv } from '../../world.ts'
import { newAccount, password } from '../identity/account.ts'
import { protectedAccount } from '../second-factor/second-factor.ts'
import { serveWith } from '../../platform/http/serve.ts'
import { resetToken } from '../mailed-token/mailed.ts'
import { deviceIn, freshIp, post, production } from './known-device.ts'

let admin: Persona
beforeAll(async () => {
  admin = await persona('admin')
})

const wrong = 'Wrong-Horse-9!'
const fresh = 'Another-Horse-7!'
const login = (email: string, secret: string, how: Parameters<typeof post>[2] = {}) =>
  post('/auth/login', { email, password: secret }, how)

/** An account that has signed in on a device, and an address from which nobody may try it any more. */
async function besieged() {
  const account = await newAccount()
  const device = deviceIn(await login(account.email, password))!
  const ip = freshIp()
  for (let i = 0; i < 6; i += 1) await login(account.email, wrong, { ip })
  return { ...account, device, ip }
}

describe('the cookie of a device', () => {
  test('is kept at a sign-in that worked, out of reach of scripts, and says neither e-mail nor password', async () => {
    const { email } = await newAccount()
    const answer = await login(email, password)
    const [line, ...more] = answer.headers.getSetCookie()
    expect(more).toEqual([])
    const [pair, ...attributes] = line!.split('; ')
    expect(pair).toMatch(/^__Host-lyceum_device=[\w-]+\.[\w-]+\.[\w-]+$/)
    expect(attributes).toEqual(['Max-Age=34560000', 'Path=/', 'HttpOnly', 'Secure', 'SameSite=Strict'])
    expect(atob(pair!.split('.')[1]!.replaceAll('-', '+').replaceAll('_', '/'))).not.toMatch(/lyceum\.test|Horse/)
    expect(JSON.stringify(answer.data)).not.toContain('device')
  })

  test('is not kept where the sign-in failed or wants a code, but after the code', async () => {
    const account = await protectedAccount()
    expect(deviceIn(await login(account.email, wrong))).toBeUndefined()
    const first = await login(account.email, password)
    expect(deviceIn(first)).toBeUndefined()
    const { mfa_token } = first.data
    const second = await post('/auth/mfa/login', { mfa_token, code: account.recovery[0] })
    expect(deviceIn(second)).toEqual(expect.any(String))
  })

  test('opens what strangers have locked at the same address', async () => {
    const { email, device, ip } = await besieged()
    expect((await login(email, password, { ip })).status).toBe(429)
    expect((await login(email, password, { ip, device })).status).toBe(200)
  })

  test('opens nothing by itself, and is no way around the limits: its own budget is five a minute', async () => {
    const { email, device } = await besieged()
    const codes = []
    for (let i = 0; i < 6; i += 1) codes.push((await login(email, wrong, { device })).code)
    expect(codes.slice(0, 5)).toEqual(Array.from({ length: 5 }, () => 'INVALID_CREDENTIALS'))
    expect((await login(email, password, { device })).status).toBe(429)
    expect((await login(email, password)).status).toBe(200)
  })

  test('has a budget of its own: what fails on one device locks no other', async () => {
    const { email } = await newAccount()
    const [one, other] = [deviceIn(await login(email, password))!, deviceIn(await login(email, password))!]
    const statuses = []
    for (let i = 0; i < 6; i += 1) statuses.push((await login(email, wrong, { device: one })).status)
    expect(statuses).toEqual([401, 401, 401, 401, 401, 429])
    expect((await login(email, password, { device: other })).status).toBe(200)
  })

  test('names the device it is on: that keeps its budget, however often somebody signs in', async () => {
    const { email } = await newAccount()
    const first = deviceIn(await login(email, password))!
    const again = deviceIn(await login(email, password, { device: first }))!
    for (let i = 0; i < 5; i += 1) await login(email, wrong, { device: i % 2 ? first : again })
    expect((await login(email, password, { device: first })).status).toBe(429)
  })

  test('is not kept for an account that has not proved its e-mail: tomorrow it may be another’s', async () => {
    const { email } = await newAccount({ email_verified_at: null })
    const answer = await login(email, password)
    expect([answer.status, answer.headers.getSetCookie()]).toEqual([200, []])
  })

  test('is worth nothing to another account', async () => {
    const [{ device }, other] = [await besieged(), await besieged()]
    expect((await login(other.email, password, { ip: other.ip, device })).status).toBe(429)
  })

  test.each([
    ['made up', () => '__Host-lyceum_device=x'],
    ['changed', (device: string) => `${device.slice(0, -2)}${device.endsWith('AA') ? 'BB' : 'AA'}`],
    ['of another name', (device: string) => device.replace('__Host-', '')],
    ['an access token', (_: string, token: string) => `__Host-lyceum_device=${token}`],
  ])('is worth nothing when it is %s', async (_, forged) => {
    const { email, device, ip, signIn } = await besieged()
    const token = (await signIn()).data.access_token
    expect((await login(email, password, { ip, device: forged(device, token) })).status).toBe(429)
  })

  test('survives a new key, as long as the old one stays in the ring, and moves to the new one', async () => {
    const { email, device, ip } = await besieged()
    const [old] = settingsOf(testEnv).ACCOUNT_KEYS
    const next = { kid: 'local-next', k: 'HwABAgMEBQYHCAkKCwwNDg8QERITFBUWFxgZGhscHR4' }
    const rotated = { ACCOUNT_KEYS: JSON.stringify([next, old]) }
    const answer = await login(email, password, { ip, device, vars: rotated })
    expect(answer.status).toBe(200)
    const gone = { ACCOUNT_KEYS: JSON.stringify([next]) }
    expect((await login(email, password, { ip, device: deviceIn(answer)!, vars: gone })).status).toBe(200)
    expect((await login(email, password, { ip, device, vars: gone })).status).toBe(429)
  })

  const grant = (email: string, secret: string, headers: Record<string, string>) =>
    serveWith(production, '/api/v1/auth/token', {
      method: 'POST',
      body: new URLSearchParams({ grant_type: 'password', username: email, password: secret }),
      headers,
    })

  test('is kept at the sign-in of a tool as well, and lets it in under attack, on either way', async () => {
    const { email } = await newAccount()
    const first = await grant(email, password, { 'cf-connecting-ip': freshIp() })
    const [line] = first.headers.getSetCookie()
    expect(line).toMatch(/^__Host-lyceum_device=.*; HttpOnly; Secure; SameSite=Strict$/)
    expect(Object.keys(await first.json<object>())).not.toContain('device')
    const [device, ip] = [line!.split(';')[0]!, freshIp()]
    for (let i = 0; i < 6; i += 1) await grant(email, wrong, { 'cf-connecting-ip': ip })
    expect((await grant(email, password, { 'cf-connecting-ip': ip })).status).toBe(429)
    expect((await grant(email, password, { 'cf-connecting-ip': ip, cookie: device })).status).toBe(200)
    expect((await login(email, password, { ip, device })).status).toBe(200)
  })

  test.each([
    ['a page of another origin', { origin: 'https://evil.example' }, 0],
    ['a page without one', { origin: 'null' }, 0],
    ['a page of another site that hides its origin', { 'sec-fetch-site': 'cross-site' }, 0],
    ['a page of this origin', { 'sec-fetch-site': 'same-origin' }, 1],
  ])('is given to the form of %s: %j, %i', async (_, page, cookies) => {
    const { email } = await newAccount()
    const answer = await grant(email, password, { 'cf-connecting-ip': freshIp(), ...page })
    expect([answer.status, answer.headers.getSetCookie().length]).toEqual([200, cookies])
  })

  /** What makes the devices of before unknown. Answers e-mail and password of afterwards. */
  const changes: Record<string, (of: Awaited<ReturnType<typeof besieged>>) => Promise<(string | undefined)[]>> = {
    'a reset': async ({ email }) => {
      const reset = await post('/auth/password-reset/confirm', { token: await resetToken(email), new_password: fresh })
      return [email, fresh, deviceIn(reset)]
    },
    'a changed password': async ({ email, signIn }) => {
      const token = (await signIn()).data.access_token
      const change = { current_password: password, new_password: fresh }
      const vars = { SECOND_FACTOR_ROLES: '' }
      return [email, fresh, deviceIn(await post('/auth/change-password', change, { token, vars }))]
    },
    'another e-mail, although it is given back': async ({ id, email }) => {
      await admin.patch(`/users/${id}`, { email: `other-${email}` })
      await admin.patch(`/users/${id}`, { email })
      return [email, password]
    },
    'another account under the e-mail': async ({ id, email }) => {
      await admin.patch(`/users/${id}`, { email: `other-${email}` })
      await admin.post('/users', { email, full_name: 'Ελένη', role: 'faculty', password })
      return [email, password]
    },
  }

  test.each(Object.keys(changes))(
    'is that of a stranger after %s; where a password was chosen is known',
    async (name) => {
      const account = await besieged()
      const [email = '', secret = '', own] = await changes[name]!(account)
      for (let i = 0; i < 6; i += 1) await login(email, wrong, { ip: account.ip })
      expect((await login(email, secret, { ip: account.ip, device: account.device })).status).toBe(429)
      if (own) expect((await login(email, secret, { ip: account.ip, device: own })).status).toBe(200)
    },
  )

  test('of whoever knew the password of before keeps nobody out who has chosen another', async () => {
    const { email, device } = await besieged()
    const token = await resetToken(email)
    const own = deviceIn(await post('/auth/password-reset/confirm', { token, new_password: fresh }))!
    const strangers = Array.from({ length: 7 }, freshIp)
    for (let i = 0; i < 5; i += 1) await login(email, wrong, { device })
    await Promise.all(strangers.flatMap((ip) => Array.from({ length: 5 }, () => login(email, wrong, { ip }))))
    expect((await login(email, fresh)).code).toBe('ACCOUNT_LOCKED')
    expect((await login(email, fresh, { device: own })).status).toBe(200)
  })
})
