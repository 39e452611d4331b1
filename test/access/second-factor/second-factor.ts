import { Secret } from 'otpauth/bare'
import { authenticator } from '#/access/authenticator/one-time-code.ts'
import { caller, testEnv } from '../../world.ts'
import { newAccount, password } from '../identity/account.ts'

/** The code that an authenticator with this secret shows so many steps from now. */
export const codeIn = async (secret: string, steps = 0) =>
  authenticator(Secret.fromBase32(secret).bytes).generate({ timestamp: Date.now() + steps * 30_000 })

/** An account whose second factor is in force. */
export async function protectedAccount() {
  const account = await newAccount()
  const first = (await account.signIn()).data
  const me = caller(first.access_token)
  const { secret } = (await me.post('/auth/mfa/setup')).data
  const { recovery_codes } = (await me.post('/auth/mfa/verify', { code: await codeIn(secret, -1) })).data
  const challenge = async () => (await account.signIn()).data.mfa_token as string
  const finish = async (code: string) => caller(null).post('/auth/mfa/login', { mfa_token: await challenge(), code })
  return { ...account, me, secret: secret as string, recovery: recovery_codes as string[], challenge, finish, password }
}

/** Gives an account a second factor behind the API's back, so that its sessions go on. */
export const setFactor = (userId: number) =>
  testEnv.DB.prepare("insert into totp (user_id, secret, confirmed_at, created_at) values (?1, 'of nobody', ?2, ?2)")
    .bind(userId, new Date().toISOString())
    .run()

/** Codes of the present step count again, as if time had passed. */
export const timePasses = (userId: number) =>
  testEnv.DB.prepare('update totp set last_step = 0 where user_id = ?').bind(userId).run()
