import type * as z from 'zod'
import type { Context } from '#/platform/context.ts'
import { derivedOf } from '#/platform/database/write/derived.ts'
import { write } from '#/platform/database/write/write.ts'
import { writtenId } from '#/platform/audit/written-id.ts'
import { ApiError } from '#/platform/errors.ts'
import { findAccountByEmail } from '#/access/identity/index.ts'
import { secondsLater } from '#/access/session/index.ts'
import { invited } from './events.ts'
import { invitationById, invitee } from './queries.ts'
import type { InvitationInput } from './schema.ts'
import { invitation } from './table.ts'
import { errors as identityErrors } from '#/access/identity/errors.ts'

const validSeconds = 7 * 24 * 60 * 60

/**
 * Invites somebody to an account: a mail with a token, good for seven days and one use. The database voids an open invitation of the same
 * e-mail; a shadow that has it gives way when this one is accepted. Throws EMAIL_TAKEN.
 */
export async function invite(ctx: Context, input: z.output<typeof InvitationInput>) {
  const holder = await findAccountByEmail(ctx.db, input.email)
  if (holder && holder.known_since !== null) throw new ApiError(identityErrors.EMAIL_TAKEN, { email: input.email })
  const { email, full_name, role, language } = input
  const { read } = await write(ctx, {
    change: ctx.db.insert(invitation).values({
      email,
      full_name,
      ...derivedOf(invitee, { full_name }, ctx.settings),
      role,
      language,
      invited_by: ctx.actor.id,
      created_at: ctx.now,
      expires_at: secondsLater(ctx.now, validSeconds),
    }),
    audit: { entity: 'invitation', changes: { email: { new: email }, role: { new: role } } },
    events: [invited({})],
    read: invitationById(ctx.db, writtenId),
  })
  return read[0]!
}
