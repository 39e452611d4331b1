import { type Catalog, quoted, shadowOf, type Table } from '#/operations/snapshot/index.ts'
import { isThere, mayStay, sameKey, sameRow, staying } from './same-row.ts'

/** A statement on the shadow table that a restore has loaded, and a query that counts the rows which it will change. */
export interface MergeStatement {
  table: string
  sql: string
  counts: string
}

/**
 * Brings what has to outlive a restore from the live tables into those that take their place, as each table declares it. Run again it
 * changes nothing. A row that no longer fits (the one who decided is gone, say) is passed by.
 */
export const mergeStatements = (catalog: Catalog, replaced: readonly Table[]): MergeStatement[] =>
  replaced.flatMap((table) => {
    const { of, ended, erased, final, staying: word, unfinished } = table.merge
    const { fate } = table
    const merge = new TableMerge(catalog, table)
    return [
      ...(fate === 'current' ? [merge.forget(of), merge.update('true', isOwner(table) ? sameRow : sameKey)] : []),
      ...(final ? [merge.update(isFinal(final))] : []),
      // What it holds of the past may have been encrypted since, and hashed anew.
      ...(fate === 'grown' ? [merge.update('true', sameKey)] : []),
      ...(grows(table) ? [merge.insert('true')] : []),
      ...(final && fate === 'restored' ? [merge.insert(isFinal(final))] : []),
      ...(ended ? [merge.end(ended)] : []),
      ...(word ? [merge.keep(word)] : []),
      ...(unfinished ? [merge.close(unfinished)] : []),
      ...(erased ?? []).map((column) => merge.erase(column)),
    ]
  })

/** Its rows are owners themselves. One that the backup does not know is gone. */
const isOwner = ({ references, merge: { of } }: Table) =>
  of !== undefined && !references.some(({ column }) => column === of)

const grows = (table: Table) =>
  table.fate === 'grown' || table.fate === 'kept' || (table.fate === 'current' && !isOwner(table))

const isFinal = ({ column, words }: { column: string; words: readonly string[] }) =>
  `l.${quoted(column)} in (${words.map((word) => `'${word}'`).join(', ')})`

/** `s` is a row of the shadow table, `l` a live one. */
class TableMerge {
  readonly catalog: Catalog
  readonly table: Table
  readonly names: { shadow: string; live: string; columns: string }
  constructor(catalog: Catalog, table: Table) {
    this.catalog = catalog
    this.table = table
    this.names = { shadow: shadowOf(table), live: quoted(table.name), columns: table.columns.map(quoted).join(', ') }
  }

  /** The backup's rows go that are not there now, unless their owner is not either. */
  forget(of: string | undefined): MergeStatement {
    const { shadow, live } = this.names
    const gone = `not exists (select 1 from ${live} l where ${sameKey(this.table, 's', 'l')}) and ${this.#isOwned(of)}`
    return this.#statement(
      `delete from ${shadow} as s where ${gone}`,
      `select count(*) as n from ${shadow} s where ${gone}`,
    )
  }

  #isOwned(of: string | undefined): string {
    if (of === undefined) return 'true'
    const reference = this.table.references.find(({ column }) => column === of)
    return reference ? isThere(this.catalog, reference, 's') : 'false'
  }

  /** Rows that are in both become what they are now, if `condition` holds for that. */
  update(condition: string, same = sameRow): MergeStatement {
    const { shadow, live } = this.names
    const { catalog, table } = this
    const values = staying(catalog, table, 'l')
    const own = table.columns.map((column) => `s.${quoted(column)}`)
    const set = table.columns.map((column, place) => `${quoted(column)} = ${values[place]}`)
    const where = `${same(table, 's', 'l')} and ${condition} and ${mayStay(catalog, table, 'l')}
      and (${own.join(', ')}) is not (${values.join(', ')})`
    return this.#statement(
      `update or ignore ${shadow} as s set ${set.join(', ')} from ${live} l where ${where}`,
      `select count(*) as n from ${shadow} s join ${live} l on ${where}`,
    )
  }

  /** Rows that came since. */
  insert(condition: string): MergeStatement {
    const { shadow, live, columns } = this.names
    const from = `from ${live} l where ${condition} and ${mayStay(this.catalog, this.table, 'l')}
      and not exists (select 1 from ${shadow} s where ${sameKey(this.table, 's', 'l')})`
    const values = staying(this.catalog, this.table, 'l').join(', ')
    return this.#statement(
      `insert or ignore into ${shadow} (${columns}) select ${values} ${from}`,
      `select count(*) as n ${from}`,
    )
  }

  /** What has ended since has ended. */
  end(ended: readonly string[]): MergeStatement {
    const values = staying(this.catalog, this.table, 'l')
    const valueOf = (column: string) => values[this.table.columns.indexOf(column)]!
    const set = ended.map((column) => `${quoted(column)} = coalesce(s.${quoted(column)}, ${valueOf(column)})`)
    const differs = ended
      .map((column) => `(s.${quoted(column)} is null and ${valueOf(column)} is not null)`)
      .join(' or ')
    return this.#change([...set, ...this.#version], `(${differs})`)
  }

  /** What has come to such a word since has it. */
  keep(final: NonNullable<Table['merge']['staying']>): MergeStatement {
    const name = quoted(final.column)
    return this.#change([`${name} = l.${name}`, ...this.#version], `${isFinal(final)} and s.${name} <> l.${name}`)
  }

  /** What was going on in the backup goes on no more. */
  close({ column, set }: NonNullable<Table['merge']['unfinished']>): MergeStatement {
    const { shadow } = this.names
    const words = Object.entries(set).map(([one, word]) => `${quoted(one)} = '${word}'`)
    const open = `${quoted(column)} is null`
    return this.#statement(
      `update ${shadow} set ${[...words, `${quoted(column)} = strftime('%Y-%m-%dT%H:%M:%fZ', 'now')`].join(', ')} where ${open}`,
      `select count(*) as n from ${shadow} where ${open}`,
    )
  }

  /** What was emptied since is empty. */
  erase(column: string): MergeStatement {
    const name = quoted(column)
    return this.#change([`${name} = null`], `l.${name} is null and s.${name} is not null`)
  }

  /** Changes rows that are the same thing in both. */
  #change(set: readonly string[], condition: string): MergeStatement {
    const { shadow, live } = this.names
    const where = `${sameRow(this.table, 's', 'l')} and ${condition}`
    return this.#statement(
      `update ${shadow} as s set ${set.join(', ')} from ${live} l where ${where}`,
      `select count(*) as n from ${shadow} s join ${live} l on ${where}`,
    )
  }

  /** Whoever read the row before it was kept has to read it again. */
  get #version(): string[] {
    return this.table.columns.includes('version') ? ['"version" = max(s."version", l."version")'] : []
  }

  #statement = (sql: string, counts: string): MergeStatement => ({ table: this.table.name, sql, counts })
}
