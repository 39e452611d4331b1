import type { Context } from '#/platform/context.ts'
import { sha256Hex } from '#/platform/encoding/digest.ts'

/** A token for a mail, 256 random bits, and the hash that is kept of it (SHA-256, hex). */
export async function newToken(ctx: Context): Promise<{ token: string; hash: string }> {
  const token = ctx.newId() + ctx.newId()
  return { token, hash: await sha256Hex(token) }
}
