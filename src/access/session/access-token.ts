import { errors, importJWK, type JWK, type JWTPayload, jwtVerify, type JWTVerifyOptions, SignJWT } from 'jose'
import type { Actor } from '#/platform/context.ts'
import type { Settings } from '#/platform/env.ts'
import type { Role } from '#/platform/words.ts'

export const accessTokenSeconds = 15 * 60

type Keys = { kid: string; sign: CryptoKey; verify: CryptoKey }[]
const issuer = 'lyceum'
const audience = 'lyceum-api'
const type = 'at+jwt'
const ring = new WeakMap<Settings, Promise<Keys>>()

/** EdDSA JWT for one session, signed by the first key of the ring. */
export async function signAccessToken(settings: Settings, actor: Actor, now: string): Promise<string> {
  const [current] = await keysOf(settings)
  const issuedAt = Math.floor(Date.parse(now) / 1000)
  const {
    sessionId: sid,
    role,
    tier,
    studentId: student_id,
    hasSecondFactor: second_factor,
    verifiedAt,
    language,
  } = actor
  const mfa_at = second_factor && verifiedAt > 0 ? verifiedAt : null
  const iat_ms = Date.parse(now)
  return new SignJWT({ sid, role, tier, student_id, second_factor, mfa_at, verified_at: verifiedAt, iat_ms, language })
    .setProtectedHeader({ alg: 'EdDSA', kid: current!.kid, typ: type })
    .setIssuer(issuer)
    .setAudience(audience)
    .setSubject(String(actor.id))
    .setIssuedAt(issuedAt)
    .setExpirationTime(issuedAt + accessTokenSeconds)
    .sign(current!.sign)
}

/** The holder of an access token, and the epoch milliseconds between which it is valid. */
export interface Bearer {
  actor: Actor
  issuedAt: number
  expiresAt: number
  /** It was valid, and is no more. */
  isOver: boolean
}

/** Reads an access token that is or was valid; undefined for any other text. */
export async function verifyAccessToken(settings: Settings, token: string, now: string): Promise<Bearer | undefined> {
  const { payload, isOver } = await read(settings, token, {
    audience,
    typ: type,
    currentDate: new Date(now),
    maxTokenAge: accessTokenSeconds,
    requiredClaims: ['sub', 'sid', 'role', 'tier', 'exp', 'iat'],
  })
  if (!payload) return undefined
  const actor: Actor = {
    id: Number(payload.sub),
    role: payload['role'] as Role,
    sessionId: payload['sid'] as string,
    studentId: (payload['student_id'] as number | null | undefined) ?? null,
    tier: payload['tier'] as Actor['tier'],
    hasSecondFactor: payload['second_factor'] === true,
    verifiedAt: (payload['verified_at'] as number | undefined) ?? 0,
    language: payload['language'] as Actor['language'],
  }
  const issuedAt = (payload['iat_ms'] as number | undefined) ?? payload.iat! * 1000
  return { actor, issuedAt, expiresAt: payload.exp! * 1000, isOver }
}

/** Tokens whose signature this isolate has checked, oldest first. The whole token is the key, so only the very same token is found. */
const verified = new Map<string, Bearer>()
const remembered = 2000

/** Whom this access token is for, or was until it expired; undefined when it is none of ours. */
export async function authenticate(settings: Settings, token: string, now: string): Promise<Bearer | undefined> {
  const time = Date.parse(now)
  const known = verified.get(token)
  if (known && time >= known.issuedAt && time < known.expiresAt) return known
  const bearer = await verifyAccessToken(settings, token, now)
  if (!bearer || bearer.isOver) return bearer
  if (verified.size >= remembered) verified.delete(verified.keys().next().value!)
  verified.set(token, bearer)
  return bearer
}

const challengeSeconds = 5 * 60
const challengeType = 'mfa+jwt'

interface Challenged {
  userId: number
  /** Of the account whose password was right. Whatever changes it since makes the challenge worthless. */
  version: number
}

/** Says for five minutes that the password of this account was right and its one-time code is still to come. */
export async function signChallenge(settings: Settings, { userId, version }: Challenged, now: string): Promise<string> {
  const [current] = await keysOf(settings)
  const issuedAt = Math.floor(Date.parse(now) / 1000)
  return new SignJWT({ version })
    .setProtectedHeader({ alg: 'EdDSA', kid: current!.kid, typ: challengeType })
    .setIssuer(issuer)
    .setAudience(issuer)
    .setSubject(String(userId))
    .setIssuedAt(issuedAt)
    .setExpirationTime(issuedAt + challengeSeconds)
    .sign(current!.sign)
}

/** Whom a valid challenge is for; undefined for any other text. */
export async function readChallenge(settings: Settings, token: string, now: string): Promise<Challenged | undefined> {
  const payload = await payloadOf(settings, token, {
    audience: issuer,
    typ: challengeType,
    currentDate: new Date(now),
    maxTokenAge: challengeSeconds,
    requiredClaims: ['sub', 'exp', 'iat', 'version'],
  })
  return payload && { userId: Number(payload.sub), version: payload['version'] as number }
}

async function payloadOf(settings: Settings, token: string, demands: JWTVerifyOptions) {
  const { payload, isOver } = await read(settings, token, demands)
  return isOver ? undefined : payload
}

/** What a token of ours says, also when it has expired. */
async function read(
  settings: Settings,
  token: string,
  demands: JWTVerifyOptions,
): Promise<{ payload?: JWTPayload; isOver: boolean }> {
  const keys = await keysOf(settings)
  try {
    const { payload } = await jwtVerify(token, ({ kid }) => keyNamed(keys, kid), {
      issuer,
      algorithms: ['EdDSA'],
      ...demands,
    })
    return { payload, isOver: false }
  } catch (error) {
    if (error instanceof errors.JWTExpired) return { payload: error.payload, isOver: true }
    if (error instanceof Error && 'code' in error && String(error.code).startsWith('ERR_J')) return { isOver: false }
    throw error
  }
}

/** The public halves, for `/.well-known/jwks.json`. */
export const publicKeys = ({ JWT_KEYS }: Settings) => ({
  keys: JWT_KEYS.map(({ kty, crv, x, kid }) => ({ kty, crv, x, kid, use: 'sig' as const, alg: 'EdDSA' as const })),
})

function keysOf(settings: Settings): Promise<Keys> {
  const known = ring.get(settings)
  if (known) return known
  const imported = Promise.all(
    settings.JWT_KEYS.map(async (jwk) => {
      const { d: _, ...open } = jwk
      return { kid: jwk.kid, sign: await importKey(jwk), verify: await importKey(open) }
    }),
  )
  ring.set(settings, imported)
  return imported
}

const importKey = async (jwk: JWK) => (await importJWK(jwk, 'EdDSA')) as CryptoKey

function keyNamed(keys: Keys, kid: string | undefined): CryptoKey {
  const key = keys.find((one) => one.kid === kid)
  if (!key) throw Object.assign(new Error('unknown key'), { code: 'ERR_JWKS_NO_MATCHING_KEY' })
  return key.verify
}
