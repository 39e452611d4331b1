import { hmacKey } from '#/platform/encoding/derived-key.ts'
import { toBase64url } from '#/platform/encoding/base64url.ts'
import type { Settings } from '#/platform/env.ts'

/** Names that this isolate has made, oldest first: most requests need one that is there. */
const made = new Map<string, string>()
const remembered = 10_000

/** The name of an object that counts for `subject`, such as `account:7`: an HMAC, so that no e-mail or address rests in a name. */
export async function nameOf({ TRANSCRIPT_KEY }: Pick<Settings, 'TRANSCRIPT_KEY'>, subject: string): Promise<string> {
  const key = `${TRANSCRIPT_KEY} ${subject}`
  const known = made.get(key)
  if (known !== undefined) return known
  const secret = await hmacKey(TRANSCRIPT_KEY, 'names of gates')
  const name = toBase64url(new Uint8Array(await crypto.subtle.sign('HMAC', secret, new TextEncoder().encode(subject))))
  if (made.size >= remembered) made.delete(made.keys().next().value!)
  made.set(key, name)
  return name
}

export const accountGate = (userId: number) => `account:${userId}`

/** Who tries to be the account with this e-mail, whether there is one or not. */
export const signInGate = (email: string) => `sign-in:${email}`
