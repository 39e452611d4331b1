import type { Context } from '#/platform/context.ts'
import type { Settings } from '#/platform/env.ts'
import { sha256Hex } from '#/platform/encoding/digest.ts'
import type { Addressee } from './mail.ts'

/** A token for a mail, 256 random bits, and the hash that is kept of it (SHA-256, hex). */
export async function newToken(ctx: Context): Promise<{ token: string; hash: string }> {
  const token = ctx.newId() + ctx.newId()
  return { token, hash: await sha256Hex(token) }
}

/** The pages of APP_URL that take a token. */
type Page = 'confirm-email' | 'new-password' | 'accept-invitation'

/** What a mail links to. A token behind `#` is told to no server, and so it is in no log and no `Referer`. */
export const tokenLink = ({ APP_URL }: Settings, page: Page, { language }: Addressee, token: string) =>
  `${APP_URL}/${page}?language=${language}#token=${token}`
