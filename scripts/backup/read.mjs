// Reads a downloaded backup. docs/backup-format.md says what is in it.
import { open } from 'node:fs/promises'
import { concat } from '../../src/operations/backup-file/bytes.ts'
import { linesOf, readFrames } from '../../src/operations/backup-file/chunk.ts'
import { DamagedBackup } from '../../src/operations/backup-file/damage.ts'
import { headerLength, openHeader } from '../../src/operations/backup-file/header.ts'
import { Reader } from '../../src/operations/backup-file/reader.ts'
import { changesOf, merge, rest } from './merge.mjs'

/** Enough of a file to see how long its header is. */
const firstBytes = 10

/**
 * Reads all of a backup and checks all of it. Answers its manifest and `rows`, which reads the file once more: the rows of table after
 * table, parents first, with the changes applied. Memory holds a chunk and what changed while the backup was made.
 */
export async function readBackup(path, ring) {
  const changes = new Map()
  let manifest
  for await (const part of parts(path, ring)) {
    if (part.kind === 'changes') {
      if (!changes.has(part.table)) changes.set(part.table, [])
      changes.get(part.table).push(...part.lines)
    }
    if (part.kind === 'manifest') ({ manifest } = part)
  }
  return { manifest, rows: () => rows(parts(path, ring), manifest, changes) }
}

/** What the chunks hold, in their order; the manifest only when everything is as it says. Throws DamagedBackup and MissingBackupKey. */
async function* parts(path, ring) {
  const file = await open(path)
  try {
    const take = takeFrom(file)
    const start = await take(firstBytes)
    const header = concat([start, await take(headerLength(start) - start.length)])
    const reader = new Reader(await openHeader(header, ring))
    let chunks = 0
    for await (const frame of readFrames(take, 0)) {
      const content = await reader.open(frame)
      chunks += 1
      if (frame.kind !== 'manifest') yield { kind: frame.kind, table: frame.table, lines: linesOf(content) }
    }
    yield { kind: 'manifest', manifest: reader.end(chunks) }
  } finally {
    await file.close()
  }
}

const takeFrom = (file) => async (length) => {
  const bytes = new Uint8Array(length)
  let filled = 0
  while (filled < length) {
    const { bytesRead } = await file.read(bytes, filled, length - filled)
    if (bytesRead === 0) break
    filled += bytesRead
  }
  return bytes.subarray(0, filled)
}

/** Some rows of a table at a time, at least once for each table. */
async function* rows(parts, { tables }, changes) {
  const waiting = tables.map((table) => ({ table, pending: changesOf(table, changes.get(table.name) ?? []), count: 0 }))
  const some = (one, lines) => {
    one.count += lines.length
    return { table: one.table, lines }
  }
  const last = (one) => {
    const answer = some(one, rest(one.pending))
    if (one.count !== one.table.rows) throw new DamagedBackup(`table ${one.table.name}`, 'rows are missing')
    return answer
  }
  for await (const { kind, table, lines } of parts) {
    if (kind !== 'rows') continue
    while (waiting.length > 0 && waiting[0].table.name !== table) yield last(waiting.shift())
    if (waiting.length === 0) throw new DamagedBackup(`table ${table}`, 'it is not where the manifest says')
    yield some(waiting[0], merge(waiting[0], lines))
  }
  for (const one of waiting) yield last(one)
}
