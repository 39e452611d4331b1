import type { Context } from '#/platform/context.ts'
import {
  type Cipher,
  countLines,
  DamagedBackup,
  type Frame,
  openHeader,
  Reader,
  readFrames,
  type TableProgress,
  takeFrom,
} from '#/operations/backup-file/index.ts'
import { ringOf } from './keys.ts'
import { headerOf, type Index, readSegment } from './store.ts'

/** A segment, and the number of its first chunk. */
export interface Place {
  segment: number
  chunk: number
}

/** Where the reading of a backup stands: every chunk of it is opened, and each table's hash grows. */
export interface Reading extends Place {
  tables: Record<string, TableProgress>
  /** Where the changes begin. */
  changes: Place | null
  rows: number
}

const stepMilliseconds = 8000

export const newReading = (): Reading => ({ segment: 0, chunk: 0, tables: {}, changes: null, rows: 0 })

/** What opens the chunks of a backup. Throws MissingBackupKey and DamagedBackup. */
export const cipherOf = (ctx: Context, index: Index): Promise<Cipher> => openHeader(headerOf(index), ringOf(ctx))

/** The chunks of the segment at `place`. Throws DamagedBackup. */
export async function* framesAt(ctx: Context, index: Index, { segment, chunk }: Place): AsyncGenerator<Frame> {
  const bytes = await readSegment(ctx, index.segments[segment]!)
  if (!bytes) throw new DamagedBackup(`chunk ${chunk}`, 'its object is gone')
  yield* readFrames(takeFrom(bytes), chunk)
}

/**
 * Reads on: opens every chunk and follows the hashes. Answers where it stands then, with the manifest once everything is read and as the
 * manifest says. Throws DamagedBackup.
 */
export async function readStep(ctx: Context, name: string, index: Index, before: Reading) {
  const reading = structuredClone(before)
  const cipher = await cipherOf(ctx, index)
  if (cipher.meta.name !== name) throw new DamagedBackup('header', `it is that of the backup ${cipher.meta.name}`)
  const reader = new Reader(cipher, reading.tables)
  const until = Date.now() + stepMilliseconds
  while (reading.segment < index.segments.length && Date.now() < until) {
    const place = { segment: reading.segment, chunk: reading.chunk }
    for await (const frame of framesAt(ctx, index, place)) {
      const content = await reader.open(frame)
      if (frame.kind !== 'manifest') reading.rows += countLines(content)
      if (frame.kind === 'changes') reading.changes ??= place
      reading.chunk += 1
    }
    reading.segment += 1
  }
  const isAll = reading.segment === index.segments.length
  return { reading, manifest: isAll ? reader.end(reading.chunk) : undefined }
}
