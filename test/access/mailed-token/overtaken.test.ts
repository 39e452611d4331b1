import { beforeAll, describe, expect, test } from 'vitest'
import { newId } from '#/platform/context.ts'
import { sha256Hex } from '#/platform/encoding/digest.ts'
import { refusal } from '../../call.ts'
import { meanwhile, racing } from '../../platform/database/between.ts'
import { codeOf, json, serveWith } from '../../platform/http/serve.ts'
import { caller, countRows, password, type Persona, testEnv, unique, world } from '../../world.ts'
import { newAccount, setAccount } from '../identity/account.ts'
import { protectedAccount } from '../second-factor/second-factor.ts'
import { invitationMails, invitee, newInvitation, resetMails, resetToken, tokenIn } from './mailed.ts'

let admin: Persona
beforeAll(async () => {
  admin = await (await world()).admin()
})

const fresh = 'Another-Horse-7!'
const confirm = (token: string, new_password = fresh) =>
  caller(null).post('/auth/password-reset/confirm', { token, new_password })
const invalid = [400, 'RESET_TOKEN_INVALID']
const change = (token: string) =>
  caller(token).post('/auth/change-password', { current_password: password, new_password: fresh })
const move = async ({ id, email }: { id: number; email: string }) => {
  await admin.patch(`/users/${id}`, { email: `moved${unique()}@lyceum.test` })
  await admin.patch(`/users/${id}`, { email })
}

/** A reset that was mailed beside another one, as before there was one at a time. */
async function anotherToken(email: string): Promise<string> {
  const token = newId() + newId()
  const [now, later] = [new Date().toISOString(), new Date(Date.now() + 1_800_000).toISOString()]
  await testEnv.DB.prepare(
    'insert into password_reset (id, email, requested_at, expires_at, token_hash) values (?, ?, ?, ?, ?)',
  )
    .bind(newId(), email, now, later, await sha256Hex(token))
    .run()
  return token
}

describe('an open reset is worth nothing', () => {
  test('once another one was used', async () => {
    const { email } = await newAccount()
    const tokens = [await resetToken(email), await anotherToken(email)]
    expect((await confirm(tokens[1]!)).status).toBe(204)
    expect(refusal(await confirm(tokens[0]!))).toEqual(invalid)
  })

  test('once the password was changed', async () => {
    const account = await newAccount()
    const token = await resetToken(account.email)
    expect((await change((await account.signIn()).data.access_token)).status).toBe(204)
    expect(refusal(await confirm(token))).toEqual(invalid)
  })

  test('once the e-mail was changed, even back again', async () => {
    const account = await newAccount()
    const token = await resetToken(account.email)
    await move(account)
    expect(refusal(await confirm(token))).toEqual(invalid)
  })

  test('once the account was closed, even for a while', async () => {
    for (const end of [
      (id: number) => admin.delete(`/users/${id}`),
      (id: number) => admin.patch(`/users/${id}`, { is_active: false }),
    ]) {
      const { id, email } = await newAccount()
      const token = await resetToken(email)
      expect((await end(id)).status).toBeLessThan(300)
      await testEnv.DB.prepare('update user set deleted_at = null where id = ?').bind(id).run()
      await setAccount(id, 'is_active', 1)
      expect(refusal(await confirm(token))).toEqual(invalid)
    }
  })

  test('but the resets of others stay', async () => {
    const [one, other] = [await newAccount(), await newAccount()]
    const token = await resetToken(other.email)
    await confirm(await resetToken(one.email))
    await move(one)
    expect((await confirm(token)).status).toBe(204)
  })
})

describe('asking again', () => {
  test('sends no second mail while a token is under way, which stays good; after its use the next one goes out', async () => {
    const { email } = await newAccount()
    const token = await resetToken(email)
    expect(await resetMails(email)).toEqual([])
    expect((await confirm(token)).status).toBe(204)
    expect(await resetMails(email)).toHaveLength(1)
  })

  test('after it has expired sends the next one', async () => {
    const { email } = await newAccount()
    await resetToken(email)
    await testEnv.DB.prepare('update password_reset set expires_at = ? where email = ?')
      .bind(new Date(Date.now() - 1000).toISOString(), email)
      .run()
    expect(await resetMails(email)).toHaveLength(1)
  })
})

test('of two who ask at once for the same e-mail one has a mail sent', async () => {
  const { email } = await newAccount()
  const ask = (DB: D1Database) => serveWith({ DB }, '/api/v1/auth/password-reset/request', json('POST', { email }))
  const answers = await Promise.all(racing(2).map(ask))
  expect(answers.map(({ status }) => status)).toEqual([202, 202])
  expect(await countRows(`password_reset where email = '${email}'`)).toBe(1)
})

describe('an invitation', () => {
  const accepting = (token: string) => ['/auth/invitations/accept', { token, password }] as const
  const withdrawing = (id: number) => `/users/invitations/${id}` as const

  test('that is withdrawn meanwhile opens no account', async () => {
    const body = invitee()
    const id = await newInvitation(body)
    const token = tokenIn((await invitationMails(id))[0]!)
    const [path, given] = accepting(token)
    const DB = meanwhile(() => admin.delete(withdrawing(id)))
    expect(await codeOf(await serveWith({ DB }, `/api/v1${path}`, json('POST', given)))).toBe('400 INVITATION_INVALID')
    expect(await countRows(`user where email = '${body.email}'`)).toBe(0)
  })

  test('that is accepted meanwhile is not withdrawn', async () => {
    const id = await newInvitation(invitee())
    const token = tokenIn((await invitationMails(id))[0]!)
    const DB = meanwhile(() => caller(null).post(...accepting(token)))
    const init = { method: 'DELETE', headers: { authorization: `Bearer ${admin.token}` } }
    expect(await codeOf(await serveWith({ DB }, `/api/v1${withdrawing(id)}`, init))).toBe('404 INVITATION_NOT_FOUND')
  })
})

describe('the challenge of a sign-in', () => {
  type Account = Awaited<ReturnType<typeof protectedAccount>>

  test.each([
    ['the password was changed', (account: Account) => change(account.me.token!)],
    ['the password was reset', async ({ email }: Account) => confirm(await resetToken(email))],
    ['the e-mail was changed and changed back', move],
    [
      'the account was closed for a while',
      async ({ id }: Account) => {
        await admin.patch(`/users/${id}`, { is_active: false })
        await admin.patch(`/users/${id}`, { is_active: true })
      },
    ],
  ])('is worth nothing once %s', async (_, act) => {
    const account = await protectedAccount()
    const mfa_token = await account.challenge()
    await act(account)
    const [code] = account.recovery
    const finish = (token: string) => caller(null).post('/auth/mfa/login', { mfa_token: token, code })
    expect(refusal(await finish(mfa_token))).toEqual([401, 'MFA_LOGIN_REFUSED'])
  })

  test('is good for its code otherwise', async () => {
    const account = await protectedAccount()
    expect((await account.finish(account.recovery[0]!)).status).toBe(200)
  })
})
