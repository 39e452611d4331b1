import { type Catalog, quoted, shadowOf, type Table } from '#/operations/snapshot/index.ts'

/** A SQL condition: two rows of a table have the same primary key. */
export const sameKey = ({ key }: Table, one: string, other: string) =>
  key.map((column) => `${one}.${quoted(column)} = ${other}.${quoted(column)}`).join(' and ')

/**
 * The same, and they are the same thing: the number of a row that an earlier restore lost may have been given again, to somebody who was
 * created at another moment.
 */
export const sameRow = (table: Table, one: string, other: string) =>
  table.columns.includes('created_at')
    ? `${sameKey(table, one, other)} and ${one}."created_at" = ${other}."created_at"`
    : sameKey(table, one, other)

/** A SQL condition: what `row`, a live one, refers to by this reference will be there, too, and is the same thing. */
export function isThere(
  { tables }: Catalog,
  { column, table, target }: Table['references'][number],
  row: string,
): string {
  const parent = tables.find(({ name }) => name === table)!
  return `exists (select 1 from ${shadowOf(parent)} p join ${quoted(table)} q on ${sameRow(parent, 'p', 'q')}
    where p.${quoted(target)} = ${row}.${quoted(column)})`
}

/** A SQL condition: `row` may stay. A reference that may be empty does not hold it up. */
export const mayStay = (catalog: Catalog, table: Table, row: string): string =>
  table.references
    .filter(({ column }) => table.required.includes(column))
    .map((reference) => isThere(catalog, reference, row))
    .join(' and ') || 'true'

/** SQL expressions: what the columns of `row` are to be. A reference that would lead nowhere becomes empty. */
export const staying = (catalog: Catalog, table: Table, row: string): string[] =>
  table.columns.map((column) => {
    const value = `${row}.${quoted(column)}`
    const reference = table.references.find((one) => one.column === column)
    if (!reference || table.required.includes(column)) return value
    return `iif(${isThere(catalog, reference, row)}, ${value}, null)`
  })
