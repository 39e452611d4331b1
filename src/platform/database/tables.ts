import { integer, primaryKey, sqliteTable, sqliteView, text } from 'drizzle-orm/sqlite-core'
import { merging } from './merging.ts'
import { belonging } from '#/platform/personal/subject.ts'

/** Never holds a row: inserting into it is how a batch fails when what it rests on no longer holds. */
export const expectWrite = sqliteTable('expect_write', { ok: integer().notNull() })

export const idempotencyKey = sqliteTable('idempotency_key', {
  user_id: integer().notNull(),
  key: text().notNull(),
  fingerprint: text().notNull(),
  entity_id: text(),
  status: integer().notNull(),
  response: text(),
  created_at: text().notNull(),
})

/** Which batches that write were committed, until that can no longer be asked. A row is the last thing that such a batch writes. */
export const writeReceipt = sqliteTable(
  'write_receipt',
  { at: text().notNull(), id: text().notNull(), audit_id: integer() },
  (row) => [primaryKey({ columns: [row.at, row.id] })],
)

/** The audit row of the act in progress. */
export const writtenAct = sqliteView('written_act', { id: integer() }).existing()

/** What that row names; for a batch that is known again after a fault, the row that it wrote. */
export const writtenRow = sqliteView('written_entity', { entity_id: text() }).existing()

/** Holds a row only inside of a batch that asks again what a committed one had answered. */
const writeRecovery = sqliteTable('write_recovery', { audit_id: integer().primaryKey() })

/** How many rows a table has, deleted ones left out; triggers keep it. A table that is not in it is counted by whoever asks. */
export const rowCount = sqliteTable('row_count', { counted: text().primaryKey(), rows: integer().notNull() })

merging(expectWrite, 'emptied')
merging(idempotencyKey, 'emptied')
merging(writeReceipt, 'kept')
merging(writeRecovery, 'emptied')
merging(rowCount, 'emptied')

belonging(expectWrite, { of: null, other: ['ok'] })

belonging(idempotencyKey, {
  of: 'account',
  personal: ['response'],
  other: ['user_id', 'key', 'fingerprint', 'entity_id', 'status', 'created_at'],
})

belonging(writeReceipt, { of: null, other: ['at', 'id', 'audit_id'] })

belonging(rowCount, { of: null, other: ['counted', 'rows'] })
