import { sql } from 'drizzle-orm'
import { writtenId } from '#/platform/audit/written-id.ts'
import type { Context } from '#/platform/context.ts'
import { insertFrom } from '#/platform/database/insert-from.ts'
import type { Queued } from './dispatch.ts'
import { outbox } from './table.ts'

/** One statement, however many messages. Answers them as they rest. */
export function outboxRows(ctx: Context, queued: readonly Queued[], idAs?: string) {
  const asked = sql`value -> 'message'`
  const message = idAs ? sql`json_set(${asked}, ${`$.${idAs}`}, ${writtenId})` : asked
  const row = { id: sql`value ->> 'id'`, message, created_at: ctx.now }
  return insertFrom(ctx, outbox, row, sql`json_each(${JSON.stringify(queued)})`).returning({
    id: outbox.id,
    message: outbox.message,
  })
}
