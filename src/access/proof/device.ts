import { jwtVerify, SignJWT } from 'jose'
import type { AccountRow } from '#/access/identity/index.ts'
import { hmacKey } from '#/platform/encoding/derived-key.ts'
import type { Context } from '#/platform/context.ts'
import type { Settings } from '#/platform/env.ts'
import { nameOf, signInGate } from '#/platform/gate/index.ts'

/** What a browser keeps of a sign-in: which account and device it was, by a key of ACCOUNT_KEYS. Any key of the ring is believed. */
const [algorithm, type, purpose, lifetime] = ['HS256', 'device+jwt', 'devices', '400 days']

/** The account that has an e-mail. Another password or e-mail is another generation of its devices. */
export type Holder = Pick<AccountRow, 'id' | 'device_generation'>

interface Device extends Holder {
  /** Which of the devices. */
  name: string
}

/**
 * The device that somebody signs in with, if its holder has signed in on it with the present password and e-mail. `holder` is asked only
 * when the token of the device names this e-mail.
 */
export async function knownDevice(
  ctx: Context,
  email: string,
  holder: () => Promise<Holder | undefined>,
): Promise<string | undefined> {
  const device = await presented(ctx, email)
  return device && isOf(await holder(), device) ? device.name : undefined
}

const isOf = (holder: Holder | undefined, { id, device_generation }: Device) =>
  holder?.id === id && holder.device_generation === device_generation

async function presented({ settings, origin, now }: Context, email: string): Promise<Device | undefined> {
  if (origin.device === undefined) return undefined
  const requiredClaims = ['exp', 'jti', 'generation']
  const demands = { algorithms: [algorithm], typ: type, currentDate: new Date(now), requiredClaims }
  const key = ({ kid }: { kid?: string }) => keyNamed(settings, kid)
  const token = await jwtVerify(origin.device, key, demands).catch(() => undefined)
  if (token?.payload['account'] !== (await nameOf(settings, signInGate(email)))) return undefined
  const { jti, sub, generation } = token.payload
  return { name: jti!, id: Number(sub), device_generation: generation as number }
}

/**
 * A token for the device of a sign-in that worked, which keeps its name if it is known; none for an account that has not proved its e-mail,
 * which another may have tomorrow.
 */
export async function deviceToken(
  ctx: Context,
  account: Holder & { email: string; email_verified_at: string | null },
): Promise<string | undefined> {
  const { settings, now } = ctx
  const { id, email, email_verified_at, device_generation: generation } = account
  if (email_verified_at === null) return undefined
  const [{ kid }] = settings.ACCOUNT_KEYS
  return new SignJWT({ account: await nameOf(settings, signInGate(email)), generation })
    .setProtectedHeader({ alg: algorithm, kid, typ: type })
    .setSubject(String(id))
    .setJti((await knownDevice(ctx, email, async () => account)) ?? ctx.newId())
    .setExpirationTime(lifetime)
    .setIssuedAt(Math.floor(Date.parse(now) / 1000))
    .sign(await keyNamed(settings, kid))
}

/** Once an account has another password: the device that it was chosen on is the only one that is known. */
export async function knowAlone(
  ctx: Context,
  account: Parameters<typeof deviceToken>[1],
  device: { keep: (token: string) => void },
): Promise<void> {
  const token = await deviceToken(ctx, { ...account, device_generation: account.device_generation + 1 })
  if (token !== undefined) device.keep(token)
}

function keyNamed({ ACCOUNT_KEYS }: Settings, kid: string | undefined): Promise<CryptoKey> {
  const key = ACCOUNT_KEYS.find((one) => one.kid === kid)
  if (!key) throw new Error('unknown key')
  return hmacKey(key.k, purpose)
}
