import { ApiError } from '#/platform/errors.ts'
import { type Fate, type Merge, mergeOf } from '#/platform/database/merging.ts'
import { errors } from './errors.ts'
import './table.ts'

/** The tables as the database itself describes them, and what backup and restore do with each. */
export interface Table {
  name: string
  columns: string[]
  /** The columns of its primary key. */
  key: string[]
  references: { column: string; table: string; target: string }[]
  /** Columns that are never empty. */
  required: string[]
  /** A `foreign` one came by no migration, as it has no primary key: it is left alone. */
  fate: Fate | 'foreign'
  /** What the table declares; one that declares nothing is restored. */
  merge: Merge
}

export interface SchemaObject {
  type: 'table' | 'index' | 'trigger' | 'view'
  name: string
  /** The table (or view) it belongs to. */
  table: string
  sql: string
}

export interface Catalog {
  /** Each after all that it refers to. */
  tables: Table[]
  /** The statements that made the schema, in their order. */
  objects: SchemaObject[]
  /** The names of the migrations that were applied. */
  migrations: string[]
}

/** Prefix of the tables that a restore fills beside the live ones. */
export const shadowPrefix = 'restore_'
/** Prefix of the triggers that note changes while a backup runs. */
export const notePrefix = 'backup_note_'

const startsWith = (prefix: string) => `m.name like '${prefix.replaceAll('_', '\\_')}%' escape '\\'`
const isOwn = `m.name <> 'd1_migrations' and not (${['sqlite_', '_cf_', shadowPrefix, notePrefix].map(startsWith).join(' or ')})`

/** What to ask the database, for a batch that may ask for more in the same state. */
export const catalogQueries = (d1: D1DatabaseSession) =>
  [
    `select m.type, m.name, m.tbl_name as "table", m.sql from sqlite_master m where m.sql is not null and ${isOwn} order by m.rowid`,
    `select m.name as tbl, p.name as col, p.pk as place, p."notnull" as required from sqlite_master m join pragma_table_info(m.name) p
     where m.type = 'table' and ${isOwn} order by m.name, p.cid`,
    `select m.name as tbl, f."from" as col, f."table" as parent, f."to" as target
     from sqlite_master m join pragma_foreign_key_list(m.name) f where m.type = 'table' and ${isOwn}`,
    'select name from d1_migrations order by id',
  ].map((query) => d1.prepare(query))

/** The catalog from the answers to `catalogQueries`. */
export function catalogOf([objects, columns, references, migrations]: D1Result[]): Catalog {
  const rows = columns!.results as { tbl: string; col: string; place: number; required: number }[]
  const keys = references!.results as { tbl: string; col: string; parent: string; target: string | null }[]
  const byTable = Map.groupBy(rows, ({ tbl }) => tbl)
  const tables = [...byTable].map(([name, own]): Table => {
    const merge = mergeOf(name) ?? { fate: 'restored' }
    const ofKey = own.filter(({ place }) => place > 0).toSorted((a, b) => a.place - b.place)
    return {
      name,
      columns: own.map(({ col }) => col),
      key: ofKey.map(({ col }) => col),
      references: keys
        .filter(({ tbl }) => tbl === name)
        .map(({ col, parent, target }) => ({ column: col, table: parent, target: target ?? 'id' })),
      required: own.filter(({ place, required }) => place > 0 || required === 1).map(({ col }) => col),
      fate: ofKey.length === 0 && !mergeOf(name) ? 'foreign' : merge.fate,
      merge,
    }
  })
  return {
    tables: parentsFirst(tables),
    objects: objects!.results as unknown as SchemaObject[],
    migrations: (migrations!.results as { name: string }[]).map(({ name }) => name),
  }
}

export const readCatalog = async (d1: D1DatabaseSession): Promise<Catalog> =>
  catalogOf(await d1.batch(catalogQueries(d1)))

/** Throws BACKUP_SCHEMA_CHANGED unless as many migrations have been applied as when the work began. */
export function requireSchema({ migrations }: Catalog, count: number | null): void {
  if (migrations.length !== count) throw new ApiError(errors.BACKUP_SCHEMA_CHANGED)
}

/** The tables that a backup holds. */
export const backedUp = ({ tables }: Pick<Catalog, 'tables'>) =>
  tables.filter(({ fate }) => fate === 'restored' || fate === 'grown' || fate === 'current')

/** Throws when references go round in a circle. */
function parentsFirst(tables: Table[]): Table[] {
  const ordered: Table[] = []
  const waiting = new Set(tables)
  while (waiting.size > 0) {
    const ready = [...waiting].filter(({ name, references }) =>
      references.every(({ table }) => table === name || ![...waiting].some((other) => other.name === table)),
    )
    if (ready.length === 0) throw new Error('tables refer to each other in a circle')
    for (const table of ready) {
      ordered.push(table)
      waiting.delete(table)
    }
  }
  return ordered
}

/** A name as SQL writes it. All SQL of backups is text: a table may be one that no mapping knows, and what makes and drops things takes no parameters. */
export const quoted = (name: string) => `"${name.replaceAll('"', '""')}"`

/** The shadow of a table, as SQL writes it. */
export const shadowOf = ({ name }: Pick<Table, 'name'>) => quoted(shadowPrefix + name)

/** A SQL expression: the primary key of `row` (an alias, `new`, `old`) as a JSON array. */
export const keyOf = ({ key }: Pick<Table, 'key'>, row: string) => arrayOf(key, row)

/** A SQL expression: all columns of `row` as a JSON array. */
export const lineOf = ({ columns }: Pick<Table, 'columns'>, row: string) => arrayOf(columns, row)

/** D1 gives a function so many arguments at most. */
const mostArguments = 32

/** A wider row is made of several arrays, the brackets between them taken out. */
function arrayOf(columns: readonly string[], row: string): string {
  const values = columns.map((column) => `${row}.${quoted(column)}`)
  const arrays = Array.from(
    { length: Math.ceil(values.length / mostArguments) },
    (_, n) => `json_array(${values.slice(n * mostArguments, (n + 1) * mostArguments).join(', ')})`,
  )
  return arrays.reduce((before, next) => `substr(${before}, 1, length(${before}) - 1) || ',' || substr(${next}, 2)`)
}
