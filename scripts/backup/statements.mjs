// The SQL that fills an empty database from a backup.

/** D1 takes statements of up to 100,000 bytes. */
const longest = 95_000
/** A row beyond that travels in pieces of so many characters, of at most four bytes each. */
const piece = 20_000

/**
 * Statement by statement: tables, rows with parents first, then indexes, views and triggers, which would refuse, or do twice, what the rows
 * already hold. Last of all wrangler's own table: migrations go on from there.
 */
export async function* statementsOf({ manifest, rows }) {
  const isTable = (sql) => /^create table/i.test(sql)
  yield* manifest.schema.filter(isTable)
  for await (const { table, lines } of rows()) yield* insertsOf(table, lines)
  yield* manifest.schema.filter((sql) => !isTable(sql))
  yield `create table if not exists d1_migrations (
    id integer primary key autoincrement,
    name text unique,
    applied_at timestamp default current_timestamp not null
  )`
  yield `insert into d1_migrations (name) select value from json_each(${literal(JSON.stringify(manifest.migrations))})`
}

/** What a filled database is asked, one number each: its rows table by table, then how many references lead nowhere. */
export const questionsOf = ({ tables }) => [
  ...tables.map(({ name }) => `select count(*) as n from ${quoted(name)}`),
  'select count(*) as n from pragma_foreign_key_check',
]

function* insertsOf(table, lines) {
  const into = `insert into ${quoted(table.name)} (${table.columns.map(quoted).join(', ')})`
  const values = table.columns.map((_, place) => `value ->> ${place}`).join(', ')
  const insert = (some) => `${into} select ${values} from json_each(${literal(`[${some.join(',')}]`)})`
  let some = []
  let bytes = 0
  for (const line of lines) {
    const size = Buffer.byteLength(literal(line)) + 1
    if (some.length > 0 && insert([]).length + bytes + size > longest) {
      yield insert(some)
      ;[some, bytes] = [[], 0]
    }
    if (insert([]).length + size > longest) yield* insertLong(`${into} select ${values}`, line)
    else {
      some.push(line)
      bytes += size
    }
  }
  if (some.length > 0) yield insert(some)
}

function* insertLong(insert, line) {
  yield 'create table restore_piece (place integer primary key, text text)'
  for (const [place, text] of line.match(new RegExp(`.{1,${piece}}`, 'gsu')).entries())
    yield `insert into restore_piece values (${place}, ${literal(text)})`
  yield `${insert} from (select group_concat(text, '' order by place) as value from restore_piece)`
  yield 'drop table restore_piece'
}

const quoted = (name) => `"${name.replaceAll('"', '""')}"`
const literal = (text) => `'${text.replaceAll("'", "''")}'`
