import { sql } from 'drizzle-orm'
import { writtenAct, writtenRow } from '#/platform/database/tables.ts'

/** What the write in progress changed, as its audit row names it. */
export const writtenEntity = sql<string>`(select ${writtenRow.entity_id} from ${writtenRow})`

/** The id of the row that this write inserted, for a later statement of the same batch. */
export const writtenId = sql<number>`cast(${writtenEntity} as integer)`

/** The summary of rows that an act changes besides: `#` and the id of its own row. */
export const besideAct = sql<string>`'#' || (select ${writtenAct.id} from ${writtenAct})`
