import { describe, expect, test } from 'vitest'
import type { Env } from '#/platform/env.ts'
import { identityErrors } from '#/access/identity/index.ts'
import { countingSignIn, deviceToken } from '#/access/proof/index.ts'
import { ProofRefused } from '#/platform/errors.ts'
import { caller, countRows, systemContext, testEnv, unique } from '../../world.ts'
import { newAccount, password } from '../identity/account.ts'
import { protectedAccount } from '../second-factor/second-factor.ts'
import { mailed, ordered } from '../email-confirmation/by-queue.ts'
import { resetToken } from '../mailed-token/mailed.ts'
import { deviceIn, freshIp, post } from './known-device.ts'

const wrong = 'Wrong-Horse-9!'
const nobody = () => `nobody${unique()}@lyceum.test`
const nobodyThere = async () => undefined
const login = (email: string, secret = wrong, how: Parameters<typeof post>[2] = {}) =>
  post('/auth/login', { email, password: secret }, how)
const freshAddress = () => ({ 'cf-connecting-ip': freshIp() })
const signedIn = async () => {
  const account = await newAccount()
  const { access_token, refresh_token } = (await account.signIn()).data
  return { ...account, token: access_token, refresh_token: refresh_token! }
}
const times = <T>(count: number, act: (i: number) => Promise<T>) =>
  Promise.all(Array.from({ length: count }, (_, i) => act(i)))
const statusesOf = (answers: { status: number }[]) =>
  Object.fromEntries([...Map.groupBy(answers, ({ status }) => status)].map(([status, all]) => [status, all.length]))

describe('failed sign-ins of one account from everywhere', () => {
  test('are thirty a minute; beyond that only a known device gets in', async () => {
    const { email } = await newAccount()
    const device = deviceIn(await login(email, password))!
    const answers = await times(40, () => login(email))
    expect(statusesOf(answers)).toEqual({ 401: 30, 429: 10 })
    expect(answers.filter(({ status }) => status === 429).every(({ code }) => code === 'ACCOUNT_LOCKED')).toBe(true)
    expect((await login(email, password)).code).toBe('ACCOUNT_LOCKED')
    expect((await login(email, password, { device })).status).toBe(200)
  })

  test('are none of forty that are right', async () => {
    const { email } = await newAccount()
    expect(statusesOf(await times(40, () => login(email, password)))).toEqual({ 200: 40 })
  })
})

test('wrong codes of one account are five a minute from everywhere, and a known device has its own', async () => {
  const account = await protectedAccount()
  const first = async (how = {}) => (await login(account.email, password, how)).data['mfa_token']
  const finish = async (code: string, how: { device?: string } = {}) =>
    post('/auth/mfa/login', { mfa_token: await first(how), code }, how)
  const device = deviceIn(await finish(account.recovery[0]!))!
  const answers = await times(8, () => finish('000000'))
  expect(statusesOf(answers)).toEqual({ 401: 5, 429: 3 })
  expect((await finish(account.recovery[1]!)).code).toBe('ACCOUNT_LOCKED')
  expect((await finish(account.recovery[2]!, { device })).status).toBe(200)
})

test.each([
  ['passwords', 'password', 30],
  ['codes', 'code', 20],
] as const)(
  'wrong %s on all known devices of an account are limited together, beyond what one may',
  async (_, step, all) => {
    const ctx = systemContext()
    const email = nobody()
    const account = { id: 1, email, email_verified_at: ctx.now, device_generation: 0 }
    const wrongOn = async (device: string | undefined) => {
      const origin = { ...ctx.origin, ip: freshIp(), device }
      const here = { ...ctx, origin, settings: { ...ctx.settings, RATE_LIMIT_SCALE: 1 } }
      const refused = countingSignIn(here, { email, step, holder: async () => account }, async () => {
        throw new ProofRefused(identityErrors.INVALID_CREDENTIALS)
      })
      return refused.catch(({ code }) => code)
    }
    const outcomes = []
    for (let i = 0; i < all / 5 + 1; i += 1) {
      const device = await deviceToken(ctx, account)
      for (let n = 0; n < 6; n += 1) outcomes.push(await wrongOn(device))
    }
    const [wrongs, locked] = [Array.from({ length: 5 }, () => 'INVALID_CREDENTIALS'), 'ACCOUNT_LOCKED']
    const ofOne = [...wrongs, locked]
    const ofLast = Array.from({ length: 6 }, () => locked)
    expect(outcomes).toEqual([...Array.from({ length: all / 5 }, () => ofOne).flat(), ...ofLast])
  },
)

test('attempts of any outcome from one address are three hundred a minute', async () => {
  const ctx = systemContext()
  const here = { ...ctx, origin: { ...ctx.origin, ip: freshIp() }, settings: { ...ctx.settings, RATE_LIMIT_SCALE: 1 } }
  const emails = Array.from({ length: 62 }, nobody)
  const attempts = await times(310, (i) =>
    countingSignIn(here, { email: emails[i % 62]!, step: 'password', holder: nobodyThere }, async () => ({})).then(
      () => 'let in',
      ({ code }) => code,
    ),
  )
  expect(attempts.filter((one) => one === 'let in')).toHaveLength(300)
  expect(attempts.filter((one) => one === 'RATE_LIMITED')).toHaveLength(10)
}, 120_000)

describe('a proof within a session', () => {
  const stepUp = (token: string, body: object) => post('/auth/mfa/step-up', body, { token })

  test('may fail five times a minute, whichever it is and wherever it comes from', async () => {
    const { token } = await signedIn()
    const change = { current_password: wrong, new_password: 'Another-Horse-7!' }
    const answers = await times(12, (i) =>
      i % 2
        ? stepUp(token, { password: wrong })
        : post('/auth/change-password', change, { token, vars: { SECOND_FACTOR_ROLES: '' } }),
    )
    expect(statusesOf(answers)).toEqual({ 400: 5, 429: 7 })
  })

  test('does not use up what a sign-in has, nor the other way round', async () => {
    const { token, email } = await signedIn()
    await times(6, () => stepUp(token, { password: wrong }))
    expect((await stepUp(token, { password })).status).toBe(429)
    const ip = freshIp()
    expect((await login(email, password, { ip })).status).toBe(200)
    const other = await signedIn()
    for (let i = 0; i < 6; i += 1) await login(other.email, wrong, { ip })
    expect((await stepUp(other.token, { password })).status).toBe(200)
  })

  test('that is right is none of them: twenty at once are let in', async () => {
    const { token } = await signedIn()
    expect(statusesOf(await times(20, () => stepUp(token, { password })))).toEqual({ 200: 20 })
  })

  test('of a session that is over counts for nobody', async () => {
    const { email, token, signIn } = await signedIn()
    await caller(token).post('/auth/logout')
    expect(statusesOf(await times(9, () => stepUp(token, { password: wrong })))).toEqual({ 401: 9 })
    const again = (await signIn()).data.access_token
    expect((await stepUp(again, { password })).status).toBe(200)
    expect(email).toBeTruthy()
  })
})

describe('refreshing', () => {
  const refresh = (refresh_token: string, ip = freshIp()) => post('/auth/refresh', { refresh_token }, { ip })

  test('is possible twenty times a minute for a session, wherever it is, and for each session apart', async () => {
    const { signIn, ...first } = await signedIn()
    const other = (await signIn()).data.refresh_token!
    let { refresh_token } = first
    for (let i = 0; i < 20; i += 1) refresh_token = (await refresh(refresh_token)).data['refresh_token']!
    const refused = await refresh(refresh_token)
    expect([refused.status, refused.headers.get('ratelimit-policy')]).toEqual([429, '"refresh";q=20;w=60'])
    expect((await refresh(other)).status).toBe(200)
  })

  test('with what is no token counts against the address, and harms no session there', async () => {
    const ip = freshIp()
    const { refresh_token } = await signedIn()
    const answers = await times(60, (i) => refresh(i % 2 ? 'nonsense' : `${'x'.repeat(22)}.${'y'.repeat(44)}`, ip))
    expect(statusesOf(answers)).toEqual({ 401: 50, 429: 10 })
    const guessed = `${refresh_token.split('.')[0]}.${'y'.repeat(44)}`
    expect((await refresh(guessed, ip)).status).toBe(429)
    expect((await refresh(refresh_token, ip)).status).toBe(200)
  })
})

describe('asking for a new password', () => {
  const ask = (email: string) => post('/auth/password-reset/request', { email })
  const spend = (email: string) =>
    testEnv.DB.prepare('update password_reset set used_at = requested_at where email = ?').bind(email).run()

  test('sends one mail as long as its reset is open, however often and at once it is asked for', async () => {
    const { email } = await newAccount()
    const before = await countRows('password_reset')
    expect(statusesOf(await times(10, () => ask(email)))).toEqual({ 202: 10 })
    expect((await ask(email)).status).toBe(202)
    expect(await countRows('password_reset')).toBe(before + 1)
  })

  test('sends three an hour, and not a fourth; the answers do not say so', async () => {
    const { email } = await newAccount()
    const seen = []
    for (let i = 0; i < 4; i += 1) {
      const vars = { RATE_LIMIT_SCALE: '1' }
      const { orders, headers } = await ordered('POST', '/auth/password-reset/request', { email }, freshAddress())
      seen.push([headers.get('ratelimit'), (await mailed(orders[0]!, undefined, vars)).mails.length])
      await spend(email)
    }
    expect(seen.map(([, mails]) => mails)).toEqual([1, 1, 1, 0])
    expect(new Set(seen.map(([limit]) => limit)).size).toBe(1)
  })
})

test('tokens from mails are tried fifty times a minute from one address', async () => {
  const ip = freshIp()
  const confirm = (token: string) =>
    post('/auth/password-reset/confirm', { token, new_password: 'Another-Horse-7!' }, { ip })
  expect(statusesOf(await times(60, (i) => confirm(`wrong${i}`)))).toEqual({ 400: 50, 429: 10 })
  const { email } = await newAccount()
  const token = await resetToken(email)
  const elsewhere = await post('/auth/password-reset/confirm', { token, new_password: 'Another-Horse-7!' })
  expect(elsewhere.status).toBe(204)
})

describe('the objects that count', () => {
  /** A deployment that notes down which objects are asked, and how often. */
  function noting() {
    const asked: string[] = []
    const GATE = {
      getByName: (name: string) => {
        const gate = testEnv.GATE.getByName(name)
        return new Proxy(gate, {
          get: (_, method) => {
            if (method === 'ask') asked.push(name)
            return (...given: unknown[]) =>
              (gate as never as Record<string, (...all: unknown[]) => unknown>)[method as string]!(...given)
          },
        })
      },
    }
    return { asked, vars: { GATE } as unknown as Partial<Env> }
  }

  test('have names that say neither e-mail nor address nor account', async () => {
    const { asked, vars } = noting()
    const { email, token } = await signedIn()
    await login(email, wrong, { ip: '203.0.113.7', vars })
    await post('/auth/mfa/step-up', { password }, { token, vars })
    expect(asked.filter((name) => !/^[\w-]{43}$/.test(name))).toEqual([])
    expect(new Set(asked).size).toBe(3)
  })

  test('are two for a sign-in, one on a known device, and one for whoever is signed in', async () => {
    const { email, token } = await signedIn()
    const hops = async (act: (vars: Partial<Env>) => Promise<unknown>) => {
      const { asked, vars } = noting()
      await act(vars)
      return asked.length
    }
    const first = await login(email, password)
    const device = deviceIn(first)!
    expect(await hops((vars) => login(email, password, { vars }))).toBe(2)
    expect(await hops((vars) => login(email, password, { vars, device }))).toBe(1)
    expect(await hops((vars) => post('/auth/mfa/step-up', { password }, { token, vars }))).toBe(1)
    expect(await hops((vars) => post('/auth/refresh', { refresh_token: first.data['refresh_token'] }, { vars }))).toBe(
      1,
    )
  })
})

test('an administrator works on while ten strangers attack the account, and so does whoever has lost the password', async () => {
  const account = await protectedAccount()
  await testEnv.DB.prepare("update user set role = 'admin' where id = ?").bind(account.id).run()
  const finish = async (how: { device?: string } = {}, present = password) => {
    const { mfa_token } = (await login(account.email, present, how)).data
    return post('/auth/mfa/login', { mfa_token, code: account.recovery.pop() }, how)
  }
  const here = await finish()
  const strangers = Array.from({ length: 10 }, freshIp)
  const attack = () =>
    Promise.all(strangers.flatMap((ip) => Array.from({ length: 6 }, () => login(account.email, wrong, { ip }))))
  const stepUp = (token: string) => post('/auth/mfa/step-up', { code: account.recovery.pop() }, { token })
  expect(statusesOf(await attack())).toEqual({ 401: 30, 429: 30 })
  const stepped = await stepUp(here.data['access_token']!)
  expect(stepped.status).toBe(200)
  const [, next] = await Promise.all([attack(), post('/auth/refresh', { refresh_token: here.data['refresh_token'] })])
  expect(next.status).toBe(200)
  const token = next.data['access_token']!
  const change = { current_password: password, new_password: 'Another-Horse-7!' }
  const [, changed] = await Promise.all([attack(), post('/auth/change-password', change, { token })])
  expect(changed.status).toBe(204)
  const [, asked] = await Promise.all([attack(), post('/auth/password-reset/request', { email: account.email })])
  expect(asked.status).toBe(202)
  const reset = { token: await resetToken(account.email), new_password: 'Third-Horse-8!' }
  const [, confirmed] = await Promise.all([attack(), post('/auth/password-reset/confirm', reset)])
  expect(confirmed.status).toBe(204)
  await attack()
  const device = deviceIn(confirmed)!
  expect((await finish({ device }, reset.new_password)).status).toBe(200)
})
