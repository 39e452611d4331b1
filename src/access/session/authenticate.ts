import type { Actor } from '#/platform/context.ts'
import type { Settings } from '#/platform/env.ts'
import { type Bearer, verifyAccessToken } from './access-token.ts'

/** Tokens whose signature this isolate has checked, oldest first. The whole token is the key, so only the very same token is found. */
const verified = new Map<string, Bearer>()
const remembered = 2000

/** Who holds this access token; undefined when it is not (or no longer) valid. */
export async function authenticate(settings: Settings, token: string, now: string): Promise<Actor | undefined> {
  const time = Date.parse(now)
  const known = verified.get(token)
  if (known && time >= known.issuedAt && time < known.expiresAt) return known.actor
  const bearer = await verifyAccessToken(settings, token, now)
  if (!bearer) return undefined
  if (verified.size >= remembered) verified.delete(verified.keys().next().value!)
  verified.set(token, bearer)
  return bearer.actor
}
