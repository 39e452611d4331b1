/** Reads a backup with nothing but docs/backup-format.md: it shares no code with what writes one. */
import { createDecipheriv, createHash, hkdfSync } from 'node:crypto'
import { DatabaseSync } from 'node:sqlite'
import { gunzipSync } from 'node:zlib'

type Value = number | string | null

interface Table {
  name: string
  columns: string[]
  key: string[]
  rows: number
  chunks: number
  sha256: string
}

export interface Manifest {
  name: string
  started_at: string
  finished_at: string
  migrations: string[]
  schema: string[]
  tables: Table[]
}

export interface Backup {
  manifest: Manifest
  /** For each table the rows by their primary key (as a JSON array); values in the order of the table's columns. */
  rows: Map<string, Map<string, Value[]>>
}

interface Header {
  name: string
  chunkKey: Buffer
}

interface Chunk {
  kind: Kind
  table: string
  /** For people. */
  where: string
  content: Buffer
}

const magic = 'LYCEUMB1'
const kinds = ['rows', 'changes', 'manifest'] as const
type Kind = (typeof kinds)[number]
const tagLength = 16
const longestChunk = 16 * 1024 * 1024

/** The content of a backup, every promise of the format kept. `keys`: kid -> 32 bytes. Throws an error that says what is wrong and where. */
export function readBackup(file: Uint8Array, keys: Record<string, Buffer>): Backup {
  const input = new Input(file)
  const header = readHeader(input, keys)
  const chunks: Chunk[] = []
  while (chunks.at(-1)?.kind !== 'manifest') {
    if (input.isAtEnd) fail(`Chunk ${chunks.length}`, 'the file ends before its manifest')
    chunks.push(readChunk(input, header, chunks.length))
  }
  if (!input.isAtEnd) fail('Manifest', 'something follows it')
  const manifest = readManifest(chunks.pop()!, header)
  checkOrder(chunks, manifest)
  return { manifest, rows: new Map(manifest.tables.map((table) => [table.name, readTable(table, chunks)])) }
}

function readHeader(input: Input, keys: Record<string, Buffer>): Header {
  const where = 'Header'
  if (input.text(magic.length, where) !== magic) fail(where, `it does not begin with ${magic}`)
  const { name, kid } = parse(input.text(input.number(2, where), where), where) as Record<string, unknown>
  if (typeof name !== 'string' || typeof kid !== 'string') fail(where, 'it has no name or no kid')
  const salt = input.bytes(16, where)
  const additional = input.soFar()
  const nonce = input.bytes(12, where)
  const key = keys[kid] ?? fail(where, `there is no key ${kid}`)
  const dataKey = open(key, nonce, additional, input.bytes(32 + tagLength, where), where)
  return { name, chunkKey: Buffer.from(hkdfSync('sha256', dataKey, salt, `${magic} chunks`, 32)) }
}

function readChunk(input: Input, { name, chunkKey }: Header, number: number): Chunk {
  const start = `Chunk ${number}`
  const length = input.number(4, start)
  if (length > longestChunk) fail(start, `it is longer than 16 MiB`)
  const kind = kinds[input.number(1, start) - 1] ?? fail(start, 'its kind is unknown')
  const table = input.text(input.number(1, start), start)
  const where = `${start} (${kind}${table && ` of ${table}`})`
  if ((table === '') !== (kind === 'manifest')) fail(where, 'only a manifest has no table')
  const nonce = input.bytes(12, where)
  const last = kind === 'manifest' ? 'last' : 'more'
  const additional = Buffer.from([`${magic} chunk`, name, number, kind, table, last].join('\n'))
  const content = unzip(open(chunkKey, nonce, additional, input.bytes(length, where), where), where)
  return { kind, table, where, content }
}

function readManifest(chunk: Chunk, { name }: Header): Manifest {
  const [line, ...more] = linesOf(chunk)
  if (line === undefined || more.length > 0) fail(chunk.where, 'it is not one line')
  const manifest = line as Manifest
  if (manifest.name !== name) fail(chunk.where, `it is of ${manifest.name}, the header of ${name}`)
  return manifest
}

/** Rows before changes, the rows of a table together, all tables in the manifest. */
function checkOrder(chunks: Chunk[], { tables }: Manifest) {
  const known = new Set(tables.map(({ name }) => name))
  if (known.size !== tables.length) fail('Manifest', 'a table is in it twice')
  const ended = new Set<string>()
  for (const [number, { kind, table, where }] of chunks.entries()) {
    const before = chunks[number - 1]
    if (!known.has(table)) fail(where, 'the manifest does not know the table')
    if (kind === 'changes') continue
    if (before?.kind === 'changes') fail(where, 'it comes after changes')
    if (before && before.table !== table) ended.add(before.table)
    if (ended.has(table)) fail(where, 'another table stands between it and the rows before')
  }
}

/** The rows of a table with the changes applied. */
function readTable(table: Table, all: Chunk[]): Map<string, Value[]> {
  const where = `Table ${table.name}`
  const chunks = all.filter((chunk) => chunk.table === table.name)
  if (chunks.length !== table.chunks)
    fail(where, `it has ${chunks.length} chunks, in the manifest it has ${table.chunks}`)
  if (chunks.reduce((chain, { content }) => sha256(chain + sha256(content)), '') !== table.sha256)
    fail(where, 'its chain is not the one in the manifest')
  const keyPlaces = table.key.map((column) => table.columns.indexOf(column))
  if (keyPlaces.length === 0 || keyPlaces.includes(-1)) fail(where, 'its key is not among its columns')
  const keyOf = (row: Value[]) => keyPlaces.map((place) => row[place]!)

  const rows = new Map<string, Value[]>()
  let before: Value[] | undefined
  for (const chunk of chunks) {
    for (const line of linesOf(chunk)) {
      if (chunk.kind === 'changes' && !Array.isArray(line)) {
        rows.delete(JSON.stringify(valuesOf((line as { gone: unknown } | null)?.gone, table.key, chunk.where)))
        continue
      }
      const row = valuesOf(line, table.columns, chunk.where)
      const key = keyOf(row)
      if (chunk.kind === 'rows') {
        if (before && compareKeys(before, key) >= 0) fail(chunk.where, `row ${key} is not after ${before}`)
        before = key
      }
      rows.set(JSON.stringify(key), row)
    }
  }
  if (rows.size !== table.rows) fail(where, `it has ${rows.size} rows, in the manifest it has ${table.rows}`)
  return rows
}

function valuesOf(line: unknown, columns: string[], where: string): Value[] {
  if (!Array.isArray(line) || line.length !== columns.length) fail(where, `a line has not one value for each column`)
  const isValue = (one: unknown) => one === null || typeof one === 'string' || Number.isSafeInteger(one)
  if (!line.every(isValue)) fail(where, 'a value is neither integer nor text nor null')
  return line
}

/** As SQLite sorts: numbers before texts, texts by their bytes. */
function compareKeys(one: Value[], other: Value[]): number {
  for (const [n, a] of one.entries()) {
    const b = other[n]!
    const order =
      typeof a === 'string' && typeof b === 'string'
        ? Buffer.compare(Buffer.from(a), Buffer.from(b))
        : typeof a === typeof b
          ? Number(a) - Number(b)
          : typeof a === 'string'
            ? 1
            : -1
    if (order !== 0) return order
  }
  return 0
}

/** Fills an empty database (a file or `:memory:`) and returns it open. Throws when the rows do not fit together. */
export function fillDatabase(path: string, { manifest, rows }: Backup): DatabaseSync {
  const database = new DatabaseSync(path, { enableForeignKeyConstraints: true })
  const isTable = (statement: string) => statement.startsWith('CREATE TABLE')
  database.exec('begin')
  for (const statement of manifest.schema.filter(isTable)) database.exec(statement)
  for (const { name, columns } of manifest.tables) {
    const places = columns.map(() => '?').join(', ')
    const insert = database.prepare(`insert into ${quote(name)} (${columns.map(quote).join(', ')}) values (${places})`)
    for (const row of rows.get(name)!.values())
      insert.run(...row.map((value) => (typeof value === 'number' ? BigInt(value) : value)))
  }
  for (const statement of manifest.schema.filter((one) => !isTable(one))) database.exec(statement)
  database.exec(`create table d1_migrations
    (id integer primary key autoincrement, name text unique, applied_at timestamp default current_timestamp not null)`)
  const migration = database.prepare('insert into d1_migrations (name) values (?)')
  for (const name of manifest.migrations) migration.run(name)
  database.exec('commit')
  check(database)
  return database
}

function check(database: DatabaseSync) {
  const [dangling] = database.prepare('pragma foreign_key_check').all()
  if (dangling) fail(`Table ${dangling.table}`, `a row refers to nothing in ${dangling.parent}`)
  const said = database.prepare('pragma integrity_check').all()
  if (said[0]?.integrity_check !== 'ok') fail('Database', JSON.stringify(said))
}

const quote = (name: string) => `"${name.replaceAll('"', '""')}"`

/** A file taken apart from its beginning on. */
class Input {
  #at = 0
  readonly #file: Buffer

  constructor(file: Uint8Array) {
    this.#file = Buffer.from(file.buffer, file.byteOffset, file.byteLength)
  }

  get isAtEnd() {
    return this.#at === this.#file.length
  }

  bytes(count: number, where: string): Buffer {
    if (this.#at + count > this.#file.length) fail(where, 'the file ends in the middle of it')
    this.#at += count
    return this.#file.subarray(this.#at - count, this.#at)
  }

  number(size: number, where: string): number {
    return this.bytes(size, where).readUIntBE(0, size)
  }

  text(length: number, where: string): string {
    return utf8(this.bytes(length, where), where)
  }

  soFar(): Buffer {
    return this.#file.subarray(0, this.#at)
  }
}

/** AES-256-GCM; the tag stands at the end. */
function open(key: Buffer, nonce: Buffer, additional: Buffer, sealed: Buffer, where: string): Buffer {
  if (sealed.length < tagLength) fail(where, 'it is shorter than a tag')
  const decipher = createDecipheriv('aes-256-gcm', key, nonce, { authTagLength: tagLength })
  decipher.setAAD(additional).setAuthTag(sealed.subarray(-tagLength))
  try {
    return Buffer.concat([decipher.update(sealed.subarray(0, -tagLength)), decipher.final()])
  } catch {
    return fail(where, 'its tag does not fit')
  }
}

function unzip(bytes: Buffer, where: string): Buffer {
  try {
    return gunzipSync(bytes)
  } catch {
    return fail(where, 'it is not gzip')
  }
}

function linesOf({ content, where }: Chunk): unknown[] {
  const lines = utf8(content, where).split('\n')
  if (lines.pop() !== '') fail(where, 'its last line does not end')
  return lines.map((line) => parse(line, where))
}

function parse(json: string, where: string): unknown {
  try {
    return JSON.parse(json)
  } catch {
    return fail(where, 'it holds something that is not JSON')
  }
}

function utf8(bytes: Buffer, where: string): string {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes)
  } catch {
    return fail(where, 'it holds something that is not UTF-8')
  }
}

const sha256 = (content: string | Buffer) => createHash('sha256').update(content).digest('hex')

function fail(where: string, what: string): never {
  throw new Error(`${where}: ${what}`)
}
