import { jwtVerify, SignJWT } from 'jose'
import { hmacKey } from '#/platform/encoding/derived-key.ts'
import type { Context } from '#/platform/context.ts'
import type { Settings } from '#/platform/env.ts'
import { nameOf, signInGate } from '#/platform/gate/index.ts'

/** What a browser keeps of a sign-in: which account it was, by a key of ACCOUNT_KEYS. Any key of the ring is believed. */
const [algorithm, type, purpose, lifetime] = ['HS256', 'device+jwt', 'devices', '400 days']

/** Whether this account has signed in before with the device that somebody signs in with. */
export async function isKnownDevice({ settings, origin, now }: Context, email: string): Promise<boolean> {
  if (origin.device === undefined) return false
  const demands = { algorithms: [algorithm], typ: type, currentDate: new Date(now), requiredClaims: ['exp'] }
  const key = ({ kid }: { kid?: string }) => keyNamed(settings, kid)
  const token = await jwtVerify(origin.device, key, demands).catch(() => undefined)
  return token?.payload['account'] === (await nameOf(settings, signInGate(email)))
}

/**
 * A token for the device of a sign-in that worked; none for an account that has not proved its e-mail, which another may have tomorrow.
 * Tokens tell no device from another: all of an account share their budgets, so that collecting them is worth nothing.
 */
export async function deviceToken(
  { settings, now }: Context,
  { id, email, email_verified_at }: { id: number; email: string; email_verified_at: string | null },
): Promise<string | undefined> {
  if (email_verified_at === null) return undefined
  const [{ kid }] = settings.ACCOUNT_KEYS
  return new SignJWT({ account: await nameOf(settings, signInGate(email)) })
    .setProtectedHeader({ alg: algorithm, kid, typ: type })
    .setSubject(String(id))
    .setExpirationTime(lifetime)
    .setIssuedAt(Math.floor(Date.parse(now) / 1000))
    .sign(await keyNamed(settings, kid))
}

function keyNamed({ ACCOUNT_KEYS }: Settings, kid: string | undefined): Promise<CryptoKey> {
  const key = ACCOUNT_KEYS.find((one) => one.kid === kid)
  if (!key) throw new Error('unknown key')
  return hmacKey(key.k, purpose)
}
