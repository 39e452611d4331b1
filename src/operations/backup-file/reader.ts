/** Reads what chunks hold and checks all of it. Knows neither R2 nor D1: the commands for a laptop read backups with the same code. */
import type { Bytes } from './bytes.ts'
import { chain, type Frame, nameOf, decryptChunk } from './chunk.ts'
import { DamagedBackup } from './damage.ts'
import type { Cipher } from './header.ts'
import type { Manifest } from './manifest.ts'

/** Of the chunks of a table so far. */
export interface TableProgress {
  chunks: number
  sha256: string
}

/** Opens chunk after chunk and follows the hashes of their tables. */
export class Reader {
  readonly cipher: Cipher
  readonly tables: Record<string, TableProgress>
  #manifest: Manifest | undefined

  /** `tables` is where the chunks before have come to; it grows. */
  constructor(cipher: Cipher, tables: Record<string, TableProgress> = {}) {
    this.cipher = cipher
    this.tables = tables
  }

  /** The content of the next chunk. Throws DamagedBackup. */
  async open(frame: Frame): Promise<Bytes> {
    if (this.#manifest) throw new DamagedBackup(nameOf(frame), 'it comes after the end')
    const content = await decryptChunk(this.cipher, frame)
    if (frame.kind === 'manifest') this.#manifest = JSON.parse(new TextDecoder().decode(content)) as Manifest
    else this.tables[frame.table] = await grown(this.tables[frame.table], content)
    return content
  }

  /** The manifest, once `chunks` chunks are all there are and what they hold is as it says. Throws DamagedBackup. */
  end(chunks: number): Manifest {
    if (!this.#manifest) throw new DamagedBackup(`chunk ${chunks}`, 'it is missing, and so is the manifest')
    for (const { name, chunks, sha256 } of this.#manifest.tables) {
      const found = this.tables[name] ?? { chunks: 0, sha256: '' }
      if (found.chunks !== chunks || found.sha256 !== sha256)
        throw new DamagedBackup(`table ${name}`, 'it is not what the manifest says')
    }
    return this.#manifest
  }
}

/** A table's progress with one more chunk. */
export async function grown(before: TableProgress | undefined, content: Bytes): Promise<TableProgress> {
  const { chunks, sha256 } = before ?? { chunks: 0, sha256: '' }
  return { chunks: chunks + 1, sha256: await chain(sha256, content) }
}
