import { concat } from '#/operations/backup-file/bytes.ts'
import { type ChunkKind, contentOf, encryptChunk } from '#/operations/backup-file/chunk.ts'
import { newHeader, openHeader, type RingKey } from '#/operations/backup-file/header.ts'
import type { Manifest, TableEntry } from '#/operations/backup-file/manifest.ts'
import { grown } from '#/operations/backup-file/reader.ts'

interface Handmade {
  schema: string[]
  tables: Pick<TableEntry, 'name' | 'columns' | 'key' | 'rows'>[]
  /** Without the manifest. */
  chunks: [Exclude<ChunkKind, 'manifest'>, string, string[]][]
}

/** The bytes of a backup that holds what it is told to. */
export async function handmade(ringKey: RingKey, { schema, tables, chunks }: Handmade): Promise<Uint8Array> {
  const started_at = '2026-11-20T02:00:00.000Z'
  const header = await newHeader({ name: 'handmade', created_at: started_at }, ringKey)
  const cipher = await openHeader(header, [ringKey])
  const progress: Record<string, Pick<TableEntry, 'chunks' | 'sha256'>> = {}
  const sealed = [header]
  for (const [number, [kind, table, lines]] of chunks.entries()) {
    const content = contentOf(lines)
    progress[table] = await grown(progress[table], content)
    sealed.push(await encryptChunk(cipher, { number, kind, table }, content))
  }
  const manifest: Manifest = {
    name: 'handmade',
    started_at,
    finished_at: started_at,
    migrations: ['0001_first.sql', '0002_second.sql'],
    schema,
    tables: tables.map((table) => ({ ...table, ...(progress[table.name] ?? { chunks: 0, sha256: '' }) })),
  }
  const last = { number: chunks.length, kind: 'manifest', table: '' } as const
  return concat([...sealed, await encryptChunk(cipher, last, contentOf([JSON.stringify(manifest)]))])
}
