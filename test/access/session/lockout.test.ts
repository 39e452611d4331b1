import { afterEach, beforeAll, describe, expect, test, vi } from 'vitest'
import { caller, type Persona, unique, type World, world } from '../../world.ts'
import { codeIn, protectedAccount, timePasses } from '../second-factor/second-factor.ts'
import { newAccount, password } from '../identity/account.ts'

let w: World
let admin: Persona
beforeAll(async () => {
  w = await world()
  admin = await w.admin()
})
afterEach(() => vi.restoreAllMocks())

const from = (address: string) => ({ 'cf-connecting-ip': address })
const guess = (email: string, address = '192.0.2.1') =>
  caller(null).post('/auth/login', { email, password: 'Wrong-Horse-9!' }, from(address))
const codes = async (email: string, times: number, address?: string) => {
  const found = []
  for (let i = 0; i < times; i += 1) found.push((await guess(email, address)).error?.code)
  return found
}
const signIn = (email: string, address = '192.0.2.1') =>
  caller(null).post('/auth/login', { email, password }, from(address))
const wrong = 'INVALID_CREDENTIALS'
const locked = 'ACCOUNT_LOCKED'
/** Lets time pass for the objects that count, which run where the tests do. */
const pass = (seconds: number) => vi.spyOn(Date, 'now').mockReturnValue(Date.now() + seconds * 1000)

describe('five failed sign-ins', () => {
  test('lock the account for five minutes, also for the right password', async () => {
    const { email } = await newAccount()
    expect(await codes(email, 6)).toEqual([wrong, wrong, wrong, wrong, wrong, locked])
    const answer = await signIn(email)
    expect([answer.status, answer.error?.code]).toEqual([429, locked])
    const seconds = Number(answer.headers.get('retry-after'))
    expect(seconds).toBeGreaterThan(290)
    expect(seconds).toBeLessThanOrEqual(300)
    pass(301)
    expect((await signIn(email)).status).toBe(200)
  })

  test('of an unknown e-mail look the same', async () => {
    expect(await codes(`nobody${unique()}@lyceum.test`, 6)).toEqual([wrong, wrong, wrong, wrong, wrong, locked])
  })

  test('lock it for their address and for nobody elsewhere', async () => {
    const { email } = await newAccount()
    await codes(email, 5, '2001:db8:9:1::1')
    expect((await signIn(email, '2001:db8:9:1:ffff::2')).error?.code).toBe(locked)
    expect((await signIn(email, '2001:db8:9:2::1')).status).toBe(200)
  })

  test('count only within five minutes', async () => {
    const { email } = await newAccount()
    await codes(email, 4)
    pass(301)
    expect(await codes(email, 2)).toEqual([wrong, wrong])
    expect((await signIn(email)).status).toBe(200)
  })

  test('are forgotten after a sign-in that worked', async () => {
    const { email } = await newAccount()
    await codes(email, 4)
    expect((await signIn(email)).status).toBe(200)
    expect(await codes(email, 4)).toEqual([wrong, wrong, wrong, wrong])
    expect((await signIn(email)).status).toBe(200)
  })

  test('lock nobody else', async () => {
    const [one, other] = [await newAccount(), await newAccount()]
    await codes(one.email, 5)
    expect((await signIn(other.email)).status).toBe(200)
  })

  test('fifty at once: five are looked at', async () => {
    const { email } = await newAccount()
    const answers = await Promise.all(Array.from({ length: 50 }, () => guess(email)))
    expect(answers.filter(({ error }) => error?.code === wrong)).toHaveLength(5)
    expect(answers.filter(({ error }) => error?.code === locked)).toHaveLength(45)
  })

  test('are none of fifty at once that are all right', async () => {
    const { email } = await newAccount()
    const answers = await Promise.all(Array.from({ length: 50 }, () => signIn(email)))
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(50)
  })
})

describe('five wrong one-time codes', () => {
  const finish = (mfa_token: string, code: string) => caller(null).post('/auth/mfa/login', { mfa_token, code })

  test('lock it, too, also for the right one', async () => {
    const account = await protectedAccount()
    await timePasses(account.id)
    const mfa_token = await account.challenge()
    const answers = []
    for (let i = 0; i < 6; i += 1) answers.push((await finish(mfa_token, '000000')).error?.code)
    expect(answers).toEqual([...Array.from({ length: 5 }, () => 'MFA_LOGIN_REFUSED'), locked])
    expect((await finish(mfa_token, await codeIn(account.secret))).status).toBe(429)
  })

  test('are not forgotten because the password is right again and again', async () => {
    const account = await protectedAccount()
    const answers = []
    for (let i = 0; i < 5; i += 1) answers.push((await finish(await account.challenge(), '000000')).error?.code)
    expect(answers).toEqual(Array.from({ length: 5 }, () => 'MFA_LOGIN_REFUSED'))
    expect((await account.signIn()).error?.code).toBe(locked)
  })
})

describe('an administrator', () => {
  test('unlocks an account', async () => {
    const { id, email } = await newAccount()
    await codes(email, 5)
    expect((await signIn(email)).status).toBe(429)
    expect((await admin.post(`/users/${id}/unlock`)).status).toBe(204)
    expect((await signIn(email)).status).toBe(200)
  })
})
