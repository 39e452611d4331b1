import { afterEach, expect, test, vi } from 'vitest'
import { refusal } from '../../call.ts'
import { caller, password, testEnv, unique } from '../../world.ts'
import { newAccount } from '../identity/account.ts'
import { confirmationToken, confirmEmail, invitationToken, invitee, resetToken } from './mailed.ts'

afterEach(() => void vi.useRealTimers())

const expiryIn = async (table: string, email: string) =>
  Date.parse(
    (await testEnv.DB.prepare(`select expires_at from ${table} where email = ?`)
      .bind(email)
      .first<string>('expires_at'))!,
  )

const unproved = async () => (await newAccount({ email_verified_at: null })).email
const post = (path: string, body: object) => caller(null).post(path, body)

test.each<
  [
    string,
    () => Promise<string>,
    (email: string) => Promise<string>,
    (token: string) => ReturnType<typeof post>,
    string,
  ]
>([
  [
    'password_reset',
    async () => (await newAccount()).email,
    resetToken,
    (token) => post('/auth/password-reset/confirm', { token, new_password: 'Another-Horse-7!' }),
    'RESET_TOKEN_INVALID',
  ],
  ['email_confirmation', unproved, confirmationToken, confirmEmail as never, 'EMAIL_CONFIRMATION_INVALID'],
  [
    'invitation',
    async () => invitee().email,
    (email) => invitationToken(invitee({ email })),
    (token) => post('/auth/invitations/accept', { token, password }),
    'INVITATION_INVALID',
  ],
])(
  'the token of a %s is good until the moment it expires, and not at that moment',
  async (table, emailOf, tokenOf, use, code) => {
    const [late, inTime] = [await emailOf(), await emailOf()]
    const tokens = [await tokenOf(late), await tokenOf(inTime)]
    const expiry = await expiryIn(table, late)
    await testEnv.DB.prepare(`update ${table} set expires_at = ?`).bind(new Date(expiry).toISOString()).run()
    vi.useFakeTimers({ toFake: ['Date'], now: expiry })
    expect(refusal(await use(tokens[0]!))).toEqual([400, code])
    vi.setSystemTime(expiry - 1)
    expect((await use(tokens[1]!)).status).toBeLessThan(300)
  },
)

test('where two have registered an e-mail the password is asked for, however long ago that was', async () => {
  const email = `two${unique()}@lyceum.test`
  for (const secret of [password, 'Another-Horse-7!'])
    await post('/auth/register', { email, password: secret, full_name: 'Somebody' })
  await testEnv.DB.prepare(
    "update user set deleted_at = '2020-01-01T00:00:00.000Z' where email = ? and deleted_at is not null",
  )
    .bind(email)
    .run()
  const token = await confirmationToken(email)
  expect(refusal(await confirmEmail(token))).toEqual([400, 'EMAIL_CONFIRMATION_PASSWORD'])
  expect((await confirmEmail(token, 'Another-Horse-7!')).status).toBe(204)
})
