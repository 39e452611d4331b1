import { beforeAll, describe, expect, test } from 'vitest'
import type { Context } from '#/platform/context.ts'
import { DamagedBackup, MissingBackupKey } from '#/operations/backup-file/damage.ts'
import { newReading, readStep } from '#/operations/backup-store/read.ts'
import { headerOf, type Index, readIndex, readSegment } from '#/operations/backup-store/store.ts'
import { type World, world } from '../../world.ts'
import { backUp, verify, worker } from '../backup/backups.ts'

/** A chunk as bytes with its frame. */
type Chunk = Uint8Array<ArrayBuffer>

interface Parts {
  name: string
  header: Chunk
  chunks: Chunk[]
}

let w: World
let parts: Parts
beforeAll(async () => {
  w = await world()
  const section = await w.section()
  for (let n = 0; n < 10; n += 1) await w.enroll(section.id, (await w.student()).id)
  await backUp('good')
  parts = await partsOf('good')
}, 60_000)

async function partsOf(name: string): Promise<Parts> {
  const { index } = await readIndex(worker(), name)
  const chunks: Chunk[] = []
  for (const segment of index.segments) {
    const bytes = (await readSegment(worker(), segment))!
    for (let at = 0; at < bytes.length; at += chunks.at(-1)!.length) {
      const sealed = new DataView(bytes.buffer).getUint32(at)
      chunks.push(bytes.slice(at, at + 4 + 1 + 1 + bytes[at + 5]! + 12 + sealed))
    }
  }
  return { name, header: headerOf(index), chunks }
}

/** What a verification says of such a backup: null, or where it is damaged. */
async function verdict({ name, header, chunks }: Parts): Promise<string | null> {
  const bytes = Uint8Array.from(chunks.flatMap((chunk) => [...chunk]))
  const index: Index = { header: header.toBase64(), segments: [{ key: 'all', bytes: bytes.length }] }
  const bucket = { get: async () => ({ arrayBuffer: async () => bytes.buffer }) }
  try {
    const { manifest } = await readStep(worker({ BACKUPS: bucket }) as Context, name, index, newReading())
    return manifest ? null : 'no manifest'
  } catch (error) {
    if (error instanceof DamagedBackup) return error.where
    if (error instanceof MissingBackupKey) return `key ${error.kid}`
    throw error
  }
}

const flipped = (bytes: Chunk, at: number): Chunk => bytes.with(at, bytes[at]! ^ 1) as Chunk

describe('a verification', () => {
  test('finds nothing wrong with what was written', async () => {
    expect(await verdict(parts)).toBeNull()
    expect(await verify('good')).toMatchObject({ error_code: null })
  })

  test('finds every flipped byte of a thousand chunk bytes, and says in which chunk', async () => {
    const { chunks } = parts
    const total = chunks.reduce((sum, chunk) => sum + chunk.length, 0)
    for (let n = 0; n < 1000; n += 1) {
      let at = Math.floor((n * total) / 1000)
      const number = chunks.findIndex((chunk) => (at -= chunk.length) < 0)
      const damaged = flipped(chunks[number]!, at + chunks[number]!.length)
      const where = await verdict({ ...parts, chunks: chunks.with(number, damaged) })
      expect([n, where!.split(' (')[0]]).toEqual([n, `chunk ${number}`])
    }
  }, 120_000)

  test('finds every flipped byte of the header; in the name of the key it looks for another key', async () => {
    const { header } = parts
    const kid = 'local-first'
    const kidAt = new TextDecoder().decode(header).indexOf(kid)
    for (let at = 0; at < header.length; at += 1) {
      const damaged = flipped(header, at)
      const isKid = at >= kidAt && at < kidAt + kid.length
      const other = new TextDecoder().decode(damaged.subarray(kidAt, kidAt + kid.length))
      expect([at, await verdict({ ...parts, header: damaged })]).toEqual([at, isKid ? `key ${other}` : 'header'])
    }
  })

  test('finds chunks that were swapped, dropped, repeated or cut off', async () => {
    const { chunks } = parts
    const last = chunks.length - 1
    const where = async (changed: Chunk[]) => (await verdict({ ...parts, chunks: changed }))!.split(' (')[0]
    for (let n = 0; n < last; n += 1) {
      expect(await where(chunks.with(n, chunks[n + 1]!).with(n + 1, chunks[n]!))).toBe(`chunk ${n}`)
      expect(await where(chunks.toSpliced(n, 1))).toBe(`chunk ${n}`)
      expect(await where(chunks.toSpliced(n, 0, chunks[n]!))).toBe(`chunk ${n + 1}`)
      expect(await where(chunks.slice(0, n))).toBe(`chunk ${n}`)
      expect(await where([...chunks.slice(0, n), chunks[n]!.slice(0, -1)])).toBe(`chunk ${n}`)
    }
    expect(await where([...chunks, chunks[last]!])).toBe(`chunk ${last + 1}`)
    expect(await where(chunks.slice(0, last))).toBe(`chunk ${last}`)
  }, 60_000)

  test('finds a chunk, a header or a name of another backup', async () => {
    await backUp('other')
    const other = await partsOf('other')
    expect(await verdict({ ...parts, chunks: parts.chunks.with(3, other.chunks[3]!) })).toMatch(/^chunk 3 /)
    expect(await verdict({ ...parts, header: other.header })).toBe('header')
    expect(await verdict({ ...parts, name: 'other' })).toBe('header')
    expect(await verdict({ ...other, name: 'other' })).toBeNull()
  })

  test('remembers what it found, and the API says where', async () => {
    const admin = await w.admin()
    await backUp('broken')
    const { index } = await readIndex(worker(), 'broken')
    const bytes = (await readSegment(worker(), index.segments[0]!))!
    await worker().env.BACKUPS.put(index.segments[0]!.key, flipped(bytes, 60))
    expect(await verify('broken')).toMatchObject({ error_code: 'BACKUP_DAMAGED' })
    const { data } = await admin.get('/backups/broken')
    expect(data.backup!.is_good).toBe(false)
    expect(data.runs[0]).toMatchObject({
      task: 'verify',
      status: 'failed',
      error: { code: 'BACKUP_DAMAGED', where: expect.stringMatching(/^chunk 0 \(table \w+\): it was changed/) },
    })
    await worker().env.BACKUPS.delete(index.segments[0]!.key)
    expect(await verify('broken')).toMatchObject({
      error_code: 'BACKUP_DAMAGED',
      error_where: 'chunk 0: its object is gone',
    })
  })
})
