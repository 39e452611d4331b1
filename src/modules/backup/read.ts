import type { Context } from '../../context.ts'
import type { Bytes } from './bytes.ts'
import { type Frame, linesOf, nameOf, openChunk, readFrames, takeFrom } from './chunk.ts'
import { grown } from './copy.ts'
import { DamagedBackup } from './damage.ts'
import { type Cipher, openHeader } from './header.ts'
import { ringOf } from './keys.ts'
import type { Manifest } from './manifest.ts'
import type { Place, Reading } from './progress.ts'
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
  const until = Date.now() + stepMilliseconds
  let manifest: Manifest | undefined
  while (reading.segment < index.segments.length && Date.now() < until) {
    const place = { segment: reading.segment, chunk: reading.chunk }
    for await (const frame of framesAt(ctx, index, place)) {
      if (manifest) throw new DamagedBackup(nameOf(frame), 'it comes after the end')
      const content = await openChunk(cipher, frame)
      if (frame.kind === 'manifest') manifest = manifestOf(content)
      else await count(reading, frame, content, place)
      reading.chunk += 1
    }
    reading.segment += 1
  }
  if (reading.segment === index.segments.length) {
    if (!manifest) throw new DamagedBackup(`chunk ${reading.chunk}`, 'it is missing, and so is the manifest')
    compare(manifest, reading)
  }
  return { reading, manifest }
}

async function count(reading: Reading, { table, kind }: Frame, content: Bytes, place: Place): Promise<void> {
  reading.tables[table] = await grown(reading.tables[table], content)
  reading.rows += linesOf(content).length
  if (kind === 'changes') reading.changes ??= place
}

const manifestOf = (content: Bytes) => JSON.parse(new TextDecoder().decode(content)) as Manifest

function compare({ tables }: Manifest, reading: Reading): void {
  for (const { name, chunks, sha256 } of tables) {
    const found = reading.tables[name] ?? { chunks: 0, sha256: '' }
    if (found.chunks !== chunks || found.sha256 !== sha256)
      throw new DamagedBackup(`table ${name}`, 'it is not what the manifest says')
  }
}
