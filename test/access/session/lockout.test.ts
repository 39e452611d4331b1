import { beforeAll, describe, expect, test } from 'vitest'
import { caller, countRows, type Persona, testEnv, unique, type World, world } from '../../world.ts'
import { codeIn, protectedAccount, timePasses } from '../second-factor/second-factor.ts'
import { newAccount, password } from '../identity/account.ts'

let w: World
let admin: Persona
beforeAll(async () => {
  w = await world()
  admin = await w.admin()
})

const guess = (email: string) => caller(null).post('/auth/login', { email, password: 'Wrong-Horse-9!' })
const codes = async (email: string, times: number) => {
  const found = []
  for (let i = 0; i < times; i += 1) found.push((await guess(email)).error?.code)
  return found
}
const wrong = 'INVALID_CREDENTIALS'
const locked = 'ACCOUNT_LOCKED'
/** Lets the failures of everybody grow older. */
const pass = (seconds: number) =>
  testEnv.DB.prepare(
    `update sign_in_failure set since = strftime('%Y-%m-%dT%H:%M:%fZ', since, ?1),
       locked_until = strftime('%Y-%m-%dT%H:%M:%fZ', locked_until, ?1)`,
  )
    .bind(`-${seconds} seconds`)
    .run()

describe('five failed sign-ins', () => {
  test('lock the account for five minutes, also for the right password', async () => {
    const account = await newAccount()
    expect(await codes(account.email, 6)).toEqual([wrong, wrong, wrong, wrong, wrong, locked])
    const answer = await account.signIn()
    expect([answer.status, answer.error?.code]).toEqual([429, locked])
    const seconds = Number(answer.headers.get('retry-after'))
    expect(seconds).toBeGreaterThan(290)
    expect(seconds).toBeLessThanOrEqual(300)
    await pass(301)
    expect((await account.signIn()).status).toBe(200)
  })

  test('of an unknown e-mail look the same', async () => {
    expect(await codes(`nobody${unique()}@lyceum.test`, 6)).toEqual([wrong, wrong, wrong, wrong, wrong, locked])
  })

  test('count only within five minutes', async () => {
    const account = await newAccount()
    await codes(account.email, 4)
    await pass(301)
    expect(await codes(account.email, 2)).toEqual([wrong, wrong])
    expect((await account.signIn()).status).toBe(200)
  })

  test('are forgotten after a sign-in that worked', async () => {
    const account = await newAccount()
    await codes(account.email, 4)
    expect((await account.signIn()).status).toBe(200)
    expect(await codes(account.email, 4)).toEqual([wrong, wrong, wrong, wrong])
    expect((await account.signIn()).status).toBe(200)
  })

  test('lock nobody else', async () => {
    const [one, other] = [await newAccount(), await newAccount()]
    await codes(one.email, 5)
    expect((await other.signIn()).status).toBe(200)
  })

  test('fifty at once: five are looked at', async () => {
    const account = await newAccount()
    await Promise.all(Array.from({ length: 50 }, () => guess(account.email)))
    expect((await account.signIn()).error?.code).toBe(locked)
    expect(await countRows('sign_in_failure')).toBeGreaterThan(0)
  })

  test('count wrong one-time codes, too', async () => {
    const account = await protectedAccount()
    await timePasses(account.id)
    const mfa_token = await account.challenge()
    const answers = []
    for (let i = 0; i < 6; i += 1)
      answers.push((await caller(null).post('/auth/mfa/login', { mfa_token, code: '000000' })).error?.code)
    expect(answers).toEqual([...Array.from({ length: 5 }, () => 'MFA_LOGIN_REFUSED'), locked])
    const code = await codeIn(account.secret)
    expect((await caller(null).post('/auth/mfa/login', { mfa_token, code })).status).toBe(429)
  })
})

describe('an administrator', () => {
  test('unlocks an account', async () => {
    const account = await newAccount()
    await codes(account.email, 5)
    expect((await account.signIn()).status).toBe(429)
    expect((await admin.post(`/users/${account.id}/unlock`)).status).toBe(204)
    expect((await caller(null).post('/auth/login', { email: account.email, password })).status).toBe(200)
  })
})
