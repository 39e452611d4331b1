import { sql } from 'drizzle-orm'
import { auditLog } from './table.ts'

/** What the write in progress changed, as its audit row names it: the newest one. */
export const writtenEntity = sql<string>`(select ${auditLog.entity_id} from ${auditLog} order by ${auditLog.id} desc limit 1)`

/** The id of the row that this write inserted, for a later statement of the same batch. */
export const writtenId = sql<number>`cast(${writtenEntity} as integer)`
