import { eq, sql } from 'drizzle-orm'
import type { Context } from '#/platform/context.ts'
import { deadLetter } from '#/operations/dead-letter/table.ts'
import { outbox } from '#/platform/queue/table.ts'
import { lastBackup } from '#/operations/backup/index.ts'

/** Messages that were not handed to the queue yet. */
const waiting = (ctx: Context) =>
  ctx.db
    .select({
      messages: sql<number>`count(*)`.as('messages'),
      oldest: sql<string | null>`min(${outbox.created_at})`.as('oldest'),
    })
    .from(outbox)

/** How many messages wait in the outbox, and since when. */
export async function findOutbox(ctx: Context) {
  const [found] = await waiting(ctx)
  return found!
}

/** What the database can tell an operator: its migrations, the outbox, the dead letters, the last backup. One round trip. */
export async function findOperations(ctx: Context) {
  const migrations = ctx.db
    .select({ name: sql<string>`name`.as('name') })
    .from(sql`d1_migrations`)
    .orderBy(sql`name`)
  const letters = ctx.db
    .select({
      messages: sql<number>`count(*)`.as('messages'),
      newest: sql<string | null>`max(${deadLetter.failed_at})`.as('newest'),
    })
    .from(deadLetter)
    .where(eq(deadLetter.status, 'dead'))
  const [applied, [queued], [dead], [backup]] = await ctx.db.batch([
    migrations,
    waiting(ctx),
    letters,
    lastBackup(ctx.db),
  ])
  return { applied: applied.map(({ name }) => name), queued: queued!, dead: dead!, backup }
}
