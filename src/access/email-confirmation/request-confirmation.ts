import type { Context } from '#/platform/context.ts'
import { write } from '#/platform/database/write/write.ts'
import { countRequest } from '#/access/proof/index.ts'
import { startingConfirmation } from './start-confirmation.ts'

/** Has a token mailed to whoever has this e-mail without having proved it. Does and answers the same for every other one. */
export async function requestConfirmation(ctx: Context, { email }: { email: string }) {
  await countRequest(ctx, { email, kind: 'confirmation' })
  const { id, starting, events } = startingConfirmation(ctx, email)
  await write(ctx, { change: starting, audit: { entity: 'email_confirmation', id }, events })
  return { accepted: true as const }
}
