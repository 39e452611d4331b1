/**
 * The chunks of a backup, byte by byte as docs/backup-format.md describes them. Knows neither R2 nor D1: the commands for a laptop read
 * backups with the same code.
 */
import { gunzipSync, gzipSync } from 'node:zlib'
import { sha256Hex } from '#/platform/encoding/digest.ts'
import { type Bytes, concat, random, utf8, view } from './bytes.ts'
import { DamagedBackup } from './damage.ts'
import { type Cipher, magic } from './header.ts'

const lengths = { frame: 4 + 1 + 1, nonce: 12 }

/** Of gzip's levels: rows are so much alike that more work gains little. */
const fastest = 1

/** No chunk is longer; a length beyond it is damage. */
const longestChunk = 16 * 1024 * 1024

/** `rows` are rows of a table in the order of their key; `changes` replace or remove rows; the manifest is the last chunk. */
export type ChunkKind = 'rows' | 'changes' | 'manifest'
const kinds = ['rows', 'changes', 'manifest'] as const

/** A chunk as it rests: its content is compressed and encrypted. */
export interface Frame {
  number: number
  kind: ChunkKind
  /** '' for the manifest. */
  table: string
  nonce: Bytes
  sealed: Bytes
}

type Place = Pick<Frame, 'number' | 'kind' | 'table'>

/** Binds a chunk to its place in its backup. */
const placeOf = ({ meta }: Cipher, { number, kind, table }: Place) =>
  utf8([`${magic} chunk`, meta.name, number, kind, table, kind === 'manifest' ? 'last' : 'more'].join('\n'))

/** A chunk with its frame: compressed, encrypted under a nonce of its own. */
export async function encryptChunk(cipher: Cipher, place: Place, content: Bytes): Promise<Bytes> {
  const nonce = random(lengths.nonce)
  const compressed = gzipSync(content, { level: fastest })
  const sealed = await crypto.subtle.encrypt(
    { name: 'AES-GCM', iv: nonce, additionalData: placeOf(cipher, place) },
    cipher.key,
    compressed,
  )
  const table = utf8(place.table)
  const head = new Uint8Array(lengths.frame)
  new DataView(head.buffer).setUint32(0, sealed.byteLength)
  head[4] = kinds.indexOf(place.kind) + 1
  head[5] = table.length
  return concat([head, table, nonce, new Uint8Array(sealed)])
}

/** The content of a chunk. Throws DamagedBackup when a bit of it, its frame or its place is not as written. */
export async function decryptChunk(cipher: Cipher, frame: Frame): Promise<Bytes> {
  const additionalData = placeOf(cipher, frame)
  const compressed = await crypto.subtle
    .decrypt({ name: 'AES-GCM', iv: frame.nonce, additionalData }, cipher.key, frame.sealed)
    .catch(() => {
      throw new DamagedBackup(nameOf(frame), 'it was changed, or does not belong here')
    })
  return gunzipSync(new Uint8Array(compressed))
}

export const nameOf = ({ number, kind, table }: Place) =>
  `chunk ${number} (${kind === 'manifest' ? 'manifest' : `table ${table}`})`

/** Yields up to `length` bytes; fewer at the end only. */
export type Take = (length: number) => Promise<Bytes>

/** The chunks from number `first` on, until the source ends. Throws DamagedBackup. */
export async function* readFrames(take: Take, first: number): AsyncGenerator<Frame> {
  for (let number = first; ; number += 1) {
    const head = await take(lengths.frame)
    if (head.length === 0) return
    const where = `chunk ${number}`
    if (head.length < lengths.frame) throw new DamagedBackup(where, 'it is cut off')
    const length = view(head).getUint32(0)
    const kind = kinds[head[4]! - 1]
    if (!kind || length > longestChunk) throw new DamagedBackup(where, 'its frame was changed')
    const table = new TextDecoder().decode(await exactly(take, head[5]!, where))
    const nonce = await exactly(take, lengths.nonce, where)
    yield { number, kind, table, nonce, sealed: await exactly(take, length, where) }
  }
}

async function exactly(take: Take, length: number, where: string): Promise<Bytes> {
  const bytes = await take(length)
  if (bytes.length < length) throw new DamagedBackup(where, 'it is cut off')
  return bytes
}

/** Takes from bytes that are all there. */
export function takeFrom(bytes: Bytes): Take {
  let at = 0
  return async (length) => bytes.subarray(at, (at += length))
}

/** The SHA-256 of a table grows with its chunks: it covers the one before (first: '') and that of the chunk's content; hex. */
export async function chain(previous: string, content: Bytes): Promise<string> {
  return sha256Hex(previous + (await sha256Hex(content)))
}

/** The lines of a chunk. */
export const linesOf = (content: Bytes): string[] => {
  const text = new TextDecoder().decode(content)
  return text === '' ? [] : text.slice(0, -1).split('\n')
}

/** The lines of a chunk as one JSON array: a line holds no line break of its own. */
export const arrayOf = (content: Bytes): string =>
  `[${new TextDecoder().decode(content).slice(0, -1).replaceAll('\n', ',')}]`

export function countLines(content: Bytes): number {
  let lines = 0
  for (let at = content.indexOf(lineBreak); at !== -1; at = content.indexOf(lineBreak, at + 1)) lines += 1
  return lines
}
const lineBreak = 10

/** NDJSON: each line ends in a line break. */
export const contentOf = (lines: readonly string[]): Bytes => utf8(lines.map((line) => `${line}\n`).join(''))
