import type { Context } from '#/platform/context.ts'
import { secondsLater } from '#/access/session/index.ts'
import { confirmationRequested } from './events.ts'
import { emailConfirmation } from './table.ts'

const validSeconds = 24 * 60 * 60

/** The parts of a write after which a token is mailed to this e-mail, if an account has it that has not proved it. */
export function startingConfirmation(ctx: Context, email: string) {
  const id = ctx.newId()
  return {
    id,
    starting: ctx.db
      .insert(emailConfirmation)
      .values({ id, email, requested_at: ctx.now, expires_at: secondsLater(ctx.now, validSeconds) }),
    events: [confirmationRequested({ confirmation_id: id })],
  }
}
