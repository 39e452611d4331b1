import { is, SQL, sql } from 'drizzle-orm'
import type { Context } from '#/platform/context.ts'
import { insertFrom } from '#/platform/database/insert-from.ts'
import type { Queued } from './dispatch.ts'
import type { Message } from './message.ts'
import { outbox } from './table.ts'

/** Whether the database fills a field of a message, so that only it knows what is to be sent. */
export const isOpen = ({ message }: Queued): boolean => openFields(message).length > 0

/** One statement, however many messages; a field may be SQL. Answers them as they rest. */
export function outboxRows(ctx: Context, queued: readonly Queued[]) {
  const known = queued.filter((one) => !isOpen(one))
  const open = queued.filter(isOpen)
  const relations = [
    sql`select value ->> 'id' as id, value -> 'message' as message from json_each(${JSON.stringify(known)})`,
    ...open.map(({ id, message }) => sql`select ${id}, ${filled(message)}`),
  ]
  const row = { id: sql`id`, message: sql`message`, created_at: ctx.now }
  return insertFrom(ctx, outbox, row, sql`(${sql.join(relations, sql` union all `)})`).returning({
    id: outbox.id,
    message: outbox.message,
  })
}

/** The fields that the database fills. */
const openFields = (message: Message) =>
  Object.entries(message).filter((field): field is [string, SQL] => is(field[1], SQL))

function filled(message: Message): SQL {
  const known = JSON.stringify({
    ...message,
    ...Object.fromEntries(openFields(message).map(([field]) => [field, null])),
  })
  const values = openFields(message).map(([field, value]) => sql`${`$.${field}`}, ${value}`)
  return sql`json_set(${known}, ${sql.join(values, sql`, `)})`
}
