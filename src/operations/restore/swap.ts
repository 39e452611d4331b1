import { DamagedBackup } from '#/operations/backup-file/index.ts'
import { endingSessions, mergeStatements } from '#/operations/merge/index.ts'
import { type Catalog, quoted, shadowOf, shadowPrefix, type Table } from '#/operations/snapshot/index.ts'
import { changeTable } from './load.ts'
import { replacedTables } from './shadow.ts'

/**
 * Statements that put the shadow tables in the place of the live ones: all or nothing. Children go before their parents, so that no
 * reference is ever without its row.
 */
export function swapStatements(d1: D1DatabaseSession, catalog: Catalog): D1PreparedStatement[] {
  const replaced = replacedTables(catalog)
  const names = new Set(replaced.map(({ name }) => name))
  const ofType = (type: string) => catalog.objects.filter((object) => object.type === type)
  return [
    ...mergeStatements(catalog, replaced).map(({ sql }) => sql),
    endingSessions,
    ...ofType('view').map(({ name }) => `drop view ${quoted(name)}`),
    ...ofType('trigger').map(({ name }) => `drop trigger ${quoted(name)}`),
    ...replaced.toReversed().map(({ name }) => `drop table ${quoted(name)}`),
    ...replaced.map((table) => `alter table ${shadowOf(table)} rename to ${quoted(table.name)}`),
    `drop table ${changeTable}`,
    ...catalog.tables.filter(({ name, fate }) => fate === 'emptied' && !names.has(name)).map(emptying),
    ...ofType('index').flatMap(({ table, sql }) => (names.has(table) ? [sql] : [])),
    ...ofType('view').map(({ sql }) => sql),
    ...ofType('trigger').map(({ sql }) => sql),
  ].map((statement) => d1.prepare(statement))
}

const emptying = ({ name }: Table) => `delete from ${quoted(name)}`

/** Compares the shadow tables with what the backup says of them. Throws DamagedBackup. */
export async function checkShadows(d1: D1DatabaseSession, tables: Table[], counts: Record<string, number>) {
  const found = await d1.batch([
    ...tables.map((table) => d1.prepare(`select count(*) as n from ${shadowOf(table)}`)),
    ...tables.map(({ name }) =>
      d1.prepare(`select count(*) as n from pragma_foreign_key_check('${shadowPrefix}${name}')`),
    ),
  ])
  const numbers = found.map(({ results }) => (results[0] as { n: number }).n)
  for (const [place, { name }] of tables.entries()) {
    if (numbers[place] !== counts[name]) throw new DamagedBackup(`table ${name}`, 'rows are missing')
    if (numbers[tables.length + place] !== 0) throw new DamagedBackup(`table ${name}`, 'a reference leads nowhere')
  }
}
