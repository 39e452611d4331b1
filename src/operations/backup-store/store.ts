import type { Context } from '#/platform/context.ts'
import { settle } from '#/platform/database/write/settle.ts'
import { ApiError } from '#/platform/errors.ts'
import type { Bytes } from '#/operations/backup-file/index.ts'
import { errors } from './errors.ts'
import { sharedErrors } from '#/platform/shared-errors.ts'

/** An object in R2 that holds whole chunks. */
export interface Segment {
  key: string
  bytes: number
}

/** A backup exists once its index does: an object that holds the header and names the segments, which hold the chunks. */
export interface Index {
  /** Base64. */
  header: string
  segments: Segment[]
}

/** What a list shows of a backup, kept as metadata of its index. */
export interface Summary {
  name: string
  created_at: string
  finished_at: string
  rows: number
  /** Of the file. */
  bytes: number
  /** The key of the ring that opens it. */
  kid: string
  verified_at: string | null
  /** What the last verification said; null before the first one. */
  is_good: boolean | null
}

export const headerOf = ({ header }: { header: string }): Bytes => Uint8Array.fromBase64(header)

const indexPrefix = 'backup-indexes/'
const segmentPrefix = (name: string) => `backups/${name}/`
const deletedAtOnce = 1000

/** Stores chunks. The name has a random part, so that of two who do the same work neither replaces what the other stored. */
export async function putSegment(ctx: Context, name: string, number: number, bytes: Bytes): Promise<Segment> {
  const key = `${segmentPrefix(name)}${String(number).padStart(6, '0')}-${ctx.newId()}`
  await ctx.env.BACKUPS.put(key, bytes)
  return { key, bytes: bytes.length }
}

/** Makes a backup exist. False when there is one of that name. */
export async function putIndex(ctx: Context, index: Index, summary: Summary): Promise<boolean> {
  const put = await ctx.env.BACKUPS.put(indexPrefix + summary.name, JSON.stringify(index), {
    customMetadata: metadataOf(summary),
    onlyIf: { etagDoesNotMatch: '*' },
  })
  return put !== null
}

/** The index, what is known of the backup, and what `replaceIndex` asks for. Throws BACKUP_NOT_FOUND. */
export async function readIndex(ctx: Context, name: string) {
  const object = await ctx.env.BACKUPS.get(indexPrefix + name)
  if (!object) throw new ApiError(errors.BACKUP_NOT_FOUND, { name })
  return { index: await object.json<Index>(), summary: summaryOf(name, object.customMetadata), etag: object.etag }
}

/** Throws STALE_STATE when somebody else replaced it meanwhile. */
export async function replaceIndex(ctx: Context, index: Index, summary: Summary, etag: string): Promise<void> {
  const put = await ctx.env.BACKUPS.put(indexPrefix + summary.name, JSON.stringify(index), {
    customMetadata: metadataOf(summary),
    onlyIf: { etagMatches: etag },
  })
  if (put === null) throw new ApiError(sharedErrors.STALE_STATE)
}

/** Notes what a verification found, and when: it may have taken long. */
export const markVerified = (ctx: Context, name: string, is_good: boolean): Promise<void> =>
  settle(async () => {
    const { index, summary, etag } = await readIndex(ctx, name)
    await replaceIndex(ctx, index, { ...summary, is_good, verified_at: new Date().toISOString() }, etag)
  })

/** All backups, newest first. */
export async function listBackups(ctx: Pick<Context, 'env'>): Promise<Summary[]> {
  const found: Summary[] = []
  let cursor: string | undefined
  do {
    const page = await ctx.env.BACKUPS.list({
      prefix: indexPrefix,
      include: ['customMetadata'],
      ...(cursor ? { cursor } : {}),
    })
    for (const { key, customMetadata } of page.objects)
      found.push(summaryOf(key.slice(indexPrefix.length), customMetadata))
    cursor = page.truncated ? page.cursor : undefined
  } while (cursor)
  return found.toSorted((a, b) => (a.created_at < b.created_at ? 1 : -1))
}

/** A stored segment, whole. Undefined when it is gone. */
export async function readSegment(ctx: Context, { key }: Segment): Promise<Bytes | undefined> {
  const object = await ctx.env.BACKUPS.get(key)
  return object ? new Uint8Array(await object.arrayBuffer()) : undefined
}

/** Deletes the index first: a backup that is half deleted does not exist. */
export async function deleteObjects(ctx: Context, name: string): Promise<void> {
  await ctx.env.BACKUPS.delete(indexPrefix + name)
  await deleteSegments(ctx, name, [])
}

/** Deletes what is stored under a name but for `keep`: segments that a step stored and then did not count. */
export async function deleteSegments(ctx: Context, name: string, keep: readonly Segment[]): Promise<void> {
  const kept = new Set(keep.map(({ key }) => key))
  let cursor: string | undefined
  do {
    const page = await ctx.env.BACKUPS.list({ prefix: segmentPrefix(name), ...(cursor ? { cursor } : {}) })
    const keys = page.objects.map(({ key }) => key).filter((key) => !kept.has(key))
    for (let first = 0; first < keys.length; first += deletedAtOnce)
      await ctx.env.BACKUPS.delete(keys.slice(first, first + deletedAtOnce))
    cursor = page.truncated ? page.cursor : undefined
  } while (cursor)
}

/** The metadata of an object are texts. */
const metadataOf = (summary: Summary) =>
  Object.fromEntries(Object.entries(summary).map(([field, value]) => [field, JSON.stringify(value)]))

const summaryOf = (name: string, metadata: Record<string, string> = {}): Summary => {
  const fields = Object.fromEntries(
    Object.entries(metadata).map(([field, text]) => [field, JSON.parse(text) as unknown]),
  )
  return { ...(fields as unknown as Summary), name }
}
