import type { Context } from '#/platform/context.ts'
import { countLines, type Frame, readFrames, takeFrom } from './chunk.ts'
import { DamagedBackup } from './damage.ts'
import { type Cipher, openHeader } from './header.ts'
import { ringOf } from './keys.ts'
import type { Place, Reading } from './progress.ts'
import { Reader } from './reader.ts'
import { headerOf, type Index, readSegment } from './store.ts'

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
