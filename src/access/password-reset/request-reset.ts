import { and, eq, gt, isNull, ne, notExists, sql } from 'drizzle-orm'
import type { Context } from '#/platform/context.ts'
import { expectThat } from '#/platform/database/write/guards.ts'
import { leaveToOthers } from '#/platform/database/write/stale.ts'
import { write } from '#/platform/database/write/write.ts'
import { userTable } from '#/access/identity/index.ts'
import { secondsLater } from '#/access/session/index.ts'
import { resetRequested } from './events.ts'
import { passwordReset } from './table.ts'

const validSeconds = 30 * 60

/**
 * Has a token mailed to whoever has this e-mail. Does and answers the same for one that nobody has: accounts are looked up later, and how
 * many mails went out is counted then. While a reset is open no second mail is sent, so that nobody can use up what its holder may have; one
 * that was asked for before there was the account counts for nothing.
 */
export async function requestReset(ctx: Context, { email }: { email: string }) {
  const id = ctx.newId()
  const open = ctx.db
    .select({ id: passwordReset.id })
    .from(passwordReset)
    .where(
      and(
        eq(passwordReset.email, email),
        isNull(passwordReset.used_at),
        gt(passwordReset.expires_at, ctx.now),
        ne(passwordReset.id, id),
        notExists(
          ctx.db
            .select({ id: userTable.id })
            .from(userTable)
            .where(
              and(
                eq(userTable.email, email),
                isNull(userTable.deleted_at),
                gt(userTable.created_at, passwordReset.requested_at),
              ),
            ),
        ),
      ),
    )
  // The write decides. To have asked before gives both outcomes a bookmark and as many queries: headers tell nobody which it was.
  await open.limit(1)
  const asking = write(ctx, {
    change: ctx.db
      .insert(passwordReset)
      .values({ id, email, requested_at: ctx.now, expires_at: secondsLater(ctx.now, validSeconds) }),
    audit: { entity: 'password_reset', id },
    also: [expectThat(ctx, sql`not exists ${open}`)],
    events: [resetRequested({ reset_id: id })],
  })
  await asking.catch(leaveToOthers)
  return { accepted: true as const }
}
