import type { Context } from '../../context.ts'

/** A token for a mail, 256 random bits, and the hash that is kept of it (SHA-256, hex). */
export async function newToken(ctx: Context): Promise<{ token: string; hash: string }> {
  const token = ctx.newId() + ctx.newId()
  return { token, hash: await hashOf(token) }
}

export async function hashOf(token: string): Promise<string> {
  const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(token))
  return new Uint8Array(digest).toHex()
}
