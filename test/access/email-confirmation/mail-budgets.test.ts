import { describe, expect, test } from 'vitest'
import { password, testEnv, unique } from '../../world.ts'
import { newAccount } from '../identity/account.ts'
import { freshIp, post } from '../proof/known-device.ts'
import { tokenIn } from '../mailed-token/mailed.ts'
import { mailed, ordered } from './by-queue.ts'

const scale = { RATE_LIMIT_SCALE: '1' }
const newEmail = () => `mailbox${unique()}@lyceum.test`
const ask = (email: string) => post('/auth/email-confirmation/request', { email })
const register = (email: string) => {
  const body = { email, password, full_name: 'Ιφιγένεια' }
  return ordered('POST', '/auth/register', body, { 'cf-connecting-ip': freshIp() }, scale)
}
const mailsOf = async ({ orders }: { orders: object[] }, refuse = () => false) =>
  (await mailed(orders[0]!, refuse, scale)).mails.length

/** What an answer tells: of names that no two answers share and of durations nothing but that they are there. */
const told = ({ status, data, headers }: Awaited<ReturnType<typeof ask>>) => {
  const varying = ['x-request-id', 'x-d1-bookmark', 'x-process-time']
  const shown = (name: string, value: string) => (varying.includes(name) ? '' : value.replaceAll(/dur=[\d.]+/g, ''))
  return [status, data, [...headers].map(([name, value]) => [name, shown(name, value)])]
}

describe('requests for an e-mail', () => {
  test('use up nothing of what is mailed to the one who registers it', async () => {
    const email = newEmail()
    for (let i = 0; i < 3; i += 1) expect((await ask(email)).status).toBe(202)
    expect((await ask(email)).status).toBe(429)
    expect(await mailsOf(await register(email))).toBe(1)
  })

  test('are answered alike, whether nobody has it, somebody has not proved it or has just registered it', async () => {
    const [unknown, unproved, registered] = [newEmail(), await newAccount({ email_verified_at: null }), newEmail()]
    await register(registered)
    for (let i = 0; i < 4; i += 1) {
      const [first, ...others] = [
        told(await ask(unknown)),
        told(await ask(unproved.email)),
        told(await ask(registered)),
      ]
      for (const other of others) expect(other).toEqual(first)
    }
  })

  test('for a new password are, too, also where somebody registered in between', async () => {
    const [unknown, registered] = [newEmail(), newEmail()]
    const forget = (email: string) => post('/auth/password-reset/request', { email }, { ip: freshIp() })
    expect(told(await forget(unknown))).toEqual(told(await forget(registered)))
    await register(registered)
    expect(told(await forget(unknown))).toEqual(told(await forget(registered)))
  })
})

describe('mails that confirm an e-mail', () => {
  test('are three an hour, and every registration is answered alike and done with', async () => {
    const email = newEmail()
    const seen = []
    for (let i = 0; i < 5; i += 1) {
      const registration = await register(email)
      const { mails, isDone } = await mailed(registration.orders[0]!, undefined, scale)
      seen.push([registration.status, mails.length, isDone])
    }
    expect(seen).toEqual([1, 1, 1, 0, 0].map((mails) => [201, mails, true]))
  })

  test('are used up by a stranger for an hour; a reset is mailed to the owner all the same, and proves the e-mail', async () => {
    const email = newEmail()
    for (let i = 0; i < 3; i += 1) expect(await mailsOf(await register(email))).toBe(1)
    expect(await mailsOf(await register(email))).toBe(0)
    const asked = await ordered(
      'POST',
      '/auth/password-reset/request',
      { email },
      { 'cf-connecting-ip': freshIp() },
      scale,
    )
    const { mails } = await mailed(asked.orders[0]!, () => false, scale)
    const chosen = 'Another-Horse-7!'
    const reset = await post('/auth/password-reset/confirm', { token: tokenIn(mails[0]!), new_password: chosen })
    expect(reset.status).toBe(204)
    const account = await testEnv.DB.prepare('select email_verified_at from live_user where email = ?').bind(email)
    expect(await account.first('email_verified_at')).toMatch(/Z$/)
    expect((await post('/auth/login', { email, password: chosen })).status).toBe(200)
  })

  test('are not counted when they do not go out', async () => {
    const registration = await register(newEmail())
    for (let i = 0; i < 4; i += 1) expect(await mailsOf(registration, () => true)).toBe(1)
    expect(await mailsOf(registration)).toBe(1)
  })
})
