import { jwtVerify, SignJWT } from 'jose'
import { hmacKey } from '#/platform/encoding/derived-key.ts'
import type { Context } from '#/platform/context.ts'
import type { Settings } from '#/platform/env.ts'
import { nameOf, signInGate } from '#/platform/gate/index.ts'

/** What a browser keeps of a sign-in: which account, on which device, by a key of ACCOUNT_KEYS. Any key of the ring is believed. */
const [algorithm, type, purpose, lifetime] = ['HS256', 'device+jwt', 'devices', '400 days']

/** The device that somebody signs in with, if this account has signed in with it before; undefined for any other. */
export async function knownDevice({ settings, origin, now }: Context, email: string): Promise<string | undefined> {
  if (origin.device === undefined) return undefined
  const demands = { algorithms: [algorithm], typ: type, currentDate: new Date(now), requiredClaims: ['exp', 'jti'] }
  const key = ({ kid }: { kid?: string }) => keyNamed(settings, kid)
  const token = await jwtVerify(origin.device, key, demands).catch(() => undefined)
  const isAccounts = token?.payload['account'] === (await nameOf(settings, signInGate(email)))
  return isAccounts ? token.payload.jti : undefined
}

/** A token for the device of a sign-in that worked: the one it has been so far, or a new one. */
export async function deviceToken(ctx: Context, { id, email }: { id: number; email: string }): Promise<string> {
  const { settings, now } = ctx
  const [{ kid }] = settings.ACCOUNT_KEYS
  const device = (await knownDevice(ctx, email)) ?? ctx.newId()
  return new SignJWT({ account: await nameOf(settings, signInGate(email)) })
    .setProtectedHeader({ alg: algorithm, kid, typ: type })
    .setSubject(String(id))
    .setJti(device)
    .setExpirationTime(lifetime)
    .setIssuedAt(Math.floor(Date.parse(now) / 1000))
    .sign(await keyNamed(settings, kid))
}

function keyNamed({ ACCOUNT_KEYS }: Settings, kid: string | undefined): Promise<CryptoKey> {
  const key = ACCOUNT_KEYS.find((one) => one.kid === kid)
  if (!key) throw new Error('unknown key')
  return hmacKey(key.k, purpose)
}
