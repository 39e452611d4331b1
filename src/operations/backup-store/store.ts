import * as z from 'zod'
import type { Context } from '#/platform/context.ts'
import { settle } from '#/platform/database/write/settle.ts'
import { ApiError } from '#/platform/errors.ts'
import { readJson, storedText } from '#/platform/encoding/stored.ts'
import type { Bytes } from '#/operations/backup-file/index.ts'
import { errors } from './errors.ts'
import { sharedErrors } from '#/platform/shared-errors.ts'

/** A backup exists once its index does: an object that holds the header and names the segments, which hold the chunks. */
const Index = z.object({
  header: z.base64(),
  segments: z.array(z.object({ key: z.string().min(1).max(1024), bytes: z.int() })),
  /** What stood in its place and is none: kept, as somebody may want to mend it. */
  unreadable: z.string().optional(),
})
export type Index = z.output<typeof Index>

/** What a list shows of a backup, kept as metadata of its index. */
const Summary = z.object({
  name: z.string(),
  created_at: z.iso.datetime(),
  finished_at: z.iso.datetime(),
  rows: z.int(),
  /** Of the file. */
  bytes: z.int(),
  /** The key of the ring that opens it. */
  kid: z.string(),
  verified_at: z.iso.datetime().nullable(),
  /** What the last verification said; null before the first one. */
  is_good: z.boolean().nullable(),
})
export type Summary = z.output<typeof Summary>

/** An object in R2 that holds whole chunks. */
export type Segment = Index['segments'][number]

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

/**
 * The index, what is known of the backup, and what `replaceIndex` asks for. An object that is no index reads as one without a header, which no
 * verification takes for a backup. Throws BACKUP_NOT_FOUND.
 */
export async function readIndex(ctx: Context, name: string) {
  const object = await ctx.env.BACKUPS.get(indexPrefix + name)
  if (!object) throw new ApiError(errors.BACKUP_NOT_FOUND, { name })
  const content = await storedText(object)
  const index = Index.safeParse(readJson(content ?? '')).data ?? { header: '', segments: [], unreadable: content }
  return { index, summary: summaryOf(name, object), etag: object.etag }
}

/**
 * Throws STALE_STATE when somebody else replaced it meanwhile. R2 makes an etag of the content alone: with a stamp no two are the same, also
 * where what changes are its metadata.
 */
export async function replaceIndex(ctx: Context, index: Index, summary: Summary, etag: string): Promise<void> {
  const put = await ctx.env.BACKUPS.put(indexPrefix + summary.name, JSON.stringify({ ...index, stamp: ctx.newId() }), {
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
    for (const object of page.objects) found.push(summaryOf(object.key.slice(indexPrefix.length), object))
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

/** Metadata that are none say nothing: then there is what R2 itself knows, and no key that opens it. */
function summaryOf(name: string, { customMetadata = {}, uploaded, size }: R2Object): Summary {
  const fields = Object.fromEntries(Object.entries(customMetadata).map(([field, text]) => [field, readJson(text)]))
  const { data } = Summary.safeParse({ ...fields, name })
  const at = uploaded.toISOString()
  const unknown = { created_at: at, finished_at: at, rows: 0, bytes: size, kid: '?', verified_at: null, is_good: null }
  return data ?? { ...unknown, name }
}
