import type { Context } from '#/platform/context.ts'
import { write } from '#/platform/database/write/write.ts'
import { admitSignIn } from '#/platform/gate/index.ts'
import { secondsLater } from '#/access/session/index.ts'
import { resetRequested } from './events.ts'
import { passwordReset } from './table.ts'

const validSeconds = 30 * 60

/** Has a token mailed to whoever has this e-mail. Does and answers the same for one that nobody has: accounts are looked up later. */
export async function requestReset(ctx: Context, { email }: { email: string }) {
  await admitSignIn(ctx.env, ctx.settings, email)
  const id = ctx.newId()
  await write(ctx, {
    change: ctx.db
      .insert(passwordReset)
      .values({ id, email, requested_at: ctx.now, expires_at: secondsLater(ctx.now, validSeconds) }),
    audit: { entity: 'password_reset', id },
    events: [resetRequested({ reset_id: id })],
  })
  return { accepted: true as const }
}
