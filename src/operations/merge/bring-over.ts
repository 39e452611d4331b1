import { type Catalog, type Table } from '#/operations/snapshot/index.ts'
import { mergeStatements } from './merge-statements.ts'

/** Rows of a table that a restore leaves otherwise than the backup has them. */
export interface Kept {
  table: string
  rows: number
}

/**
 * Brings into the shadow tables what is to outlive a restore, and answers what that was. `notes` is a table that goes with the restore: what
 * is noted there once is told again by a worker that begins anew. `guard` fails the batch for one that was overtaken.
 */
export async function bringOver(
  d1: D1DatabaseSession,
  { catalog, replaced, notes }: { catalog: Catalog; replaced: readonly Table[]; notes: string },
  guard: D1PreparedStatement,
): Promise<Kept[]> {
  const note = `insert or ignore into ${notes} (table_name, key, line)`
  const merges = mergeStatements(catalog, replaced).flatMap(({ table, sql, counts }, place) => [
    d1.prepare(`${note} select '${table}', 'kept ${place}', n from (${counts})`),
    d1.prepare(sql),
  ])
  const told = `select table_name as "table", sum(line) as rows from ${notes} where key like 'kept %' group by table_name`
  const results = await d1.batch<Kept>([guard, ...merges, d1.prepare(told)])
  const inBackup = new Set(replaced.filter(({ fate }) => fate !== 'kept').map(({ name }) => name))
  return results.at(-1)!.results.filter(({ table, rows }) => rows > 0 && inBackup.has(table))
}
