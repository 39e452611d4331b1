import { sql } from 'drizzle-orm'
import { writtenId } from '#/platform/audit/written-id.ts'
import type { Context } from '#/platform/context.ts'
import type { Queued } from './dispatch.ts'
import { outbox } from './table.ts'

/** One statement, however many messages. Answers them as they rest. */
export function outboxRows(ctx: Context, queued: readonly Queued[], idAs?: string) {
  const message = idAs ? sql`json_set(value -> 'message', ${`$.${idAs}`}, ${writtenId})` : sql`value -> 'message'`
  return ctx.db
    .insert(outbox)
    .select(sql`select value ->> 'id', ${message}, ${ctx.now} from json_each(${JSON.stringify(queued)})`)
    .returning({ id: outbox.id, message: outbox.message })
}
