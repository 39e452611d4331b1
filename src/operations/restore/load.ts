import type { Context } from '#/platform/context.ts'
import type { Statement } from '#/platform/database/statement.ts'
import { prepared } from '#/platform/work/save-step.ts'
import { arrayOf, decryptChunk } from '#/operations/backup-file/index.ts'
import { cipherOf, framesAt, type Index } from '#/operations/backup-store/index.ts'
import { backedUp, type Catalog, quoted, shadowOf, shadowPrefix, type Table } from '#/operations/snapshot/index.ts'
import type { Loading } from './progress.ts'

/** Where the changes of a backup wait until their table is loaded. */
export const changeTable = `${shadowPrefix}change`

/**
 * Loads the segment at which `loading` stands into the shadow tables: of its chunks the changes, or the rows. A chunk that is loaded
 * twice is there once. What changed while the backup was made comes from its changes, so that each table is loaded as it was at one
 * moment: parents are complete before their children, and the database checks each reference as rows come in.
 */
export async function loadSegment(
  ctx: Context,
  d1: D1DatabaseSession,
  source: Source,
  unlessOvertaken: () => Statement,
  before: Loading,
) {
  const loading = { ...before, segment: before.segment + 1 }
  const tables = backedUp(source.catalog)
  const load = (statements: D1PreparedStatement[]) => d1.batch([prepared(d1, unlessOvertaken()), ...statements])
  const cipher = await cipherOf(ctx, source.index)
  for await (const frame of framesAt(ctx, source.index, before)) {
    loading.chunk = frame.number + 1
    if (frame.kind !== before.part) continue
    const place = tables.findIndex(({ name }) => name === frame.table)
    const lines = arrayOf(await decryptChunk(cipher, frame))
    if (before.part === 'changes') await load([loadChanges(d1, tables[place]!, lines)])
    else {
      await load([...completeTables(d1, tables.slice(loading.complete, place)), loadRows(d1, tables[place]!, lines)])
      loading.complete = place
    }
  }
  return loading
}

interface Source {
  index: Index
  catalog: Catalog
}

/** Later changes of a row replace earlier ones. */
const loadChanges = (d1: D1DatabaseSession, table: Table, lines: string) =>
  d1
    .prepare(
      `insert or replace into ${changeTable} (table_name, key, line) select '${table.name}', coalesce(value -> 'gone', ${keyIn(table)}),
       iif(value -> 'gone' is null, value, null) from json_each(?)`,
    )
    .bind(lines)

const loadRows = (d1: D1DatabaseSession, table: Table, lines: string) =>
  d1
    .prepare(
      `${insertInto(table)} from (select value as line from json_each(?))
       where ${keyIn(table, 'line')} not in (select key from ${changeTable} where table_name = '${table.name}') ${onlyOnce(table)}`,
    )
    .bind(lines)

/** The changed rows of tables whose other rows are all there. */
export const completeTables = (d1: D1DatabaseSession, tables: readonly Table[]) =>
  tables.map((table) =>
    d1.prepare(
      `${insertInto(table)} from ${changeTable} where table_name = '${table.name}' and line is not null ${onlyOnce(table)}`,
    ),
  )

const insertInto = (table: Table) =>
  `insert into ${shadowOf(table)} (${table.columns.map(quoted).join(', ')})
   select ${table.columns.map((_, place) => `line ->> ${place}`).join(', ')}`

const onlyOnce = ({ key }: Table) => `on conflict (${key.map(quoted).join(', ')}) do nothing`

const keyIn = ({ columns, key }: Table, line = 'value') =>
  `json_array(${key.map((column) => `${line} ->> ${columns.indexOf(column)}`).join(', ')})`
