import type { Context } from '#/platform/context.ts'
import {
  type Bytes,
  type ChunkKind,
  type Cipher,
  concat,
  contentOf,
  grown,
  type Manifest,
  newHeader,
  openHeader,
  type RingKey,
  encryptChunk,
  type TableProgress,
} from '#/operations/backup-file/index.ts'
import { headerOf, putSegment, ringOf, type Segment } from '#/operations/backup-store/index.ts'
import { backedUp, type Catalog, catalogOf, catalogQueries, readCatalog, requireSchema, type Table } from './catalog.ts'
import { type ChangedRow, changedRows } from './change-log.ts'
import { firstLimit, keyOfLine, pagesOf, readPage } from './read-page.ts'

/** A step ends with the page that reaches one of these. */
const step = { bytes: 4 * 1024 * 1024, milliseconds: 8000, pages: 200 }
/** Notes of changes that one batch goes through; with fewer left it is the last one. */
const notesPerBatch = 500

/** Where the making of a backup stands. */
export interface Copying {
  name: string
  /** Base64. */
  header: string
  /** How many migrations had been applied when changes began to be noted; null before that, when nothing is copied yet. */
  migrations: number | null
  /** `rows` of `table` behind the JSON key `after`, then the `changes` behind the note `through`. */
  part: 'rows' | 'changes'
  table: number
  after: string | null
  /** Rows that the next page asks for. */
  limit: number
  through: number
  /** The number of the next chunk. */
  chunk: number
  rows: number
  segments: Segment[]
  tables: Record<string, TableProgress>
}

/** Begins the copy of everything. */
export async function newCopying(ctx: Context, name: string, ringKey: RingKey): Promise<Copying> {
  const header = await newHeader({ name, created_at: ctx.now }, ringKey)
  return {
    name,
    header: header.toBase64(),
    ...nothingYet,
  }
}

const nothingYet = {
  migrations: null,
  part: 'rows',
  table: 0,
  after: null,
  limit: firstLimit,
  through: 0,
  chunk: 0,
  rows: 0,
  segments: [],
  tables: {},
} satisfies Partial<Copying>

/** The same backup from its start. */
export const copyingAnew = (copying: Copying): Copying => ({ ...copying, ...nothingYet })

/** Chunks on their way into one segment. */
class Writer {
  readonly parts: Bytes[] = []
  bytes = 0
  readonly cipher: Cipher
  readonly at: Copying
  constructor(cipher: Cipher, at: Copying) {
    this.cipher = cipher
    this.at = at
  }

  async add(kind: ChunkKind, table: string, lines: readonly string[]): Promise<void> {
    const content = contentOf(lines)
    const chunk = await encryptChunk(this.cipher, { number: this.at.chunk, kind, table }, content)
    if (kind !== 'manifest') this.at.tables[table] = await grown(this.at.tables[table], content)
    this.at.chunk += 1
    this.parts.push(chunk)
    this.bytes += chunk.length
  }
}

/**
 * Copies on: reads pages of rows, or of what changed meanwhile, and stores them as one segment. Answers where it stands then, with the
 * manifest once the backup is whole. Nothing of it counts until the caller has saved the answer.
 */
export async function copyStep(ctx: Context, d1: D1DatabaseSession, before: Copying) {
  const copying = structuredClone(before)
  const writer = new Writer(await openHeader(headerOf(copying), ringOf(ctx)), copying)
  const catalog = await readCatalog(d1)
  requireSchema(catalog, copying.migrations)
  const tables = backedUp(catalog)
  const until = Date.now() + step.milliseconds
  let manifest: Manifest | undefined
  for (let page = 0; !manifest && page < step.pages && writer.bytes < step.bytes && Date.now() < until; page += 1) {
    if (copying.part === 'rows') await copyPage(d1, writer, tables)
    else manifest = await copyChanges(d1, writer, tables)
  }
  if (writer.bytes > 0)
    copying.segments.push(await putSegment(ctx, copying.name, copying.segments.length, concat(writer.parts)))
  return { copying, manifest }
}

async function copyPage(d1: D1DatabaseSession, writer: Writer, tables: Table[]): Promise<void> {
  const { at } = writer
  const table = tables[at.table]
  if (!table) {
    at.part = 'changes'
    return
  }
  const { lines, isLast, limit } = await readPage(d1, table, at)
  if (lines.length > 0) await writer.add('rows', table.name, lines)
  at.rows += lines.length
  at.after = isLast ? null : keyOfLine(table, lines.at(-1)!)
  at.limit = isLast ? firstLimit : limit
  if (isLast) at.table += 1
}

/**
 * Goes through what changed since the start. While there is much of it, page by page; the rest in one batch, which is one state of the
 * database: every table is then as it was at that moment.
 */
async function copyChanges(d1: D1DatabaseSession, writer: Writer, tables: Table[]): Promise<Manifest | undefined> {
  const { at } = writer
  const to = at.through + notesPerBatch
  const [left, ...pages] = await d1.batch([
    d1.prepare('select coalesce(max(id), 0) as newest from backup_change'),
    ...catalogQueries(d1),
    ...tables.map((table) => changedRows(d1, table, at.through, to)),
    ...tables.map(({ name }) => d1.prepare(`select count(*) as n from "${name}"`)),
  ])
  const { newest } = left!.results[0] as { newest: number }
  const catalog = catalogOf(pages.splice(0, 4))
  requireSchema(catalog, at.migrations)
  for (const [place, table] of tables.entries()) {
    const rows = pages[place]!.results as unknown as ChangedRow[]
    for (const lines of pagesOf(rows.map(changeLine))) await writer.add('changes', table.name, lines)
  }
  at.through = Math.min(to, newest)
  if (newest > to) return undefined
  const counts = pages.slice(tables.length).map(({ results }) => (results[0] as { n: number }).n)
  const manifest = manifestOf(catalog, at, writer.cipher, counts)
  await writer.add('manifest', '', [JSON.stringify(manifest)])
  return manifest
}

/** A row that is gone travels as its key. */
const changeLine = ({ key, line }: ChangedRow) => line ?? `{"gone":${key}}`

function manifestOf(catalog: Catalog, at: Copying, { meta }: Cipher, counts: number[]): Manifest {
  return {
    name: meta.name,
    started_at: meta.created_at,
    finished_at: new Date().toISOString(),
    migrations: catalog.migrations,
    schema: catalog.objects.map(({ sql }) => sql),
    tables: backedUp(catalog).map(({ name, columns, key }, place) => ({
      name,
      columns,
      key,
      rows: counts[place]!,
      ...(at.tables[name] ?? { chunks: 0, sha256: '' }),
    })),
  }
}
