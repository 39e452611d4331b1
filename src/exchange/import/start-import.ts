import { eq } from 'drizzle-orm'
import type { Context } from '#/platform/context.ts'
import { isUnreachable } from '#/platform/database/steady/index.ts'
import { ApiError, declaredError } from '#/platform/errors.ts'
import { queueFor } from '#/platform/queue/queues.ts'
import { drain, readHeader, type Rest, storeFile, takeHead, textOf } from '#/exchange/import-file/index.ts'
import { sizes } from '#/exchange/import-plan/rules.ts'
import { importEntities } from '#/exchange/imported-entity/index.ts'
import type { EntityName } from '#/exchange/imported-entity/schema.ts'
import { forgetting } from './delete-old-imports.ts'
import { errors } from './errors.ts'
import { fileKey, importStep, importWork } from './import-work.ts'
import { findCounts, findProblem, reportOf } from './queries.ts'
import { isUnreadable } from './read-step.ts'
import type { ImportOptions } from './schema.ts'
import { importJob, type Job } from './table.ts'

/** A small file that needs more steps than this goes on in the background. */
const atOnce = { steps: 60, milliseconds: Infinity }
const problemsShown = 100

export interface File {
  mediaType: string
  charset: string
  bytes: ReadableStream<Uint8Array>
}

/** Imports a file: a small one at once, a large one in the background. Throws for a file whose form is wrong. */
export async function startImport(ctx: Context, entity: EntityName, options: ImportOptions, file: File) {
  const sent = file.bytes.getReader()
  const job = await takeHead(sent, file.charset)
    .then((begun) => jobOf(ctx, entity, options, file.mediaType, begun))
    .catch(async (error: unknown) => {
      await drain(sent)
      throw error
    })
  return reportOf(ctx, job, problemsShown)
}

type Begun = Awaited<ReturnType<typeof takeHead>>

async function jobOf(
  ctx: Context,
  entity: EntityName,
  options: ImportOptions,
  mediaType: string,
  { head, isAll, rest }: Begun,
): Promise<Job> {
  const draft = draftOf(ctx, entity, options, mediaType, head)
  const isSmall = isAll && head.length <= sizes.small.bytes && linesIn(head) <= sizes.small.rows
  return isSmall ? importAtOnce(ctx, draft, head) : importLater(ctx, draft, { head, rest })
}

type Draft = typeof importJob.$inferInsert

/** The job as the options and the first lines of the file say. */
function draftOf(ctx: Context, entity: EntityName, options: ImportOptions, mediaType: string, head: Uint8Array) {
  const isCsv = mediaType !== 'application/x-ndjson'
  const text = textOf(head.subarray(0, sizes.readBytes), { isLast: head.length <= sizes.readBytes })
  const header = isCsv ? readHeader(text, importEntities[entity], ctx) : undefined
  return {
    id: ctx.newId(),
    entity,
    format: isCsv ? 'csv' : 'ndjson',
    separator: header?.separator ?? null,
    columns: header?.columns ?? null,
    missing: options.missing ?? null,
    blanks: options.blanks,
    dates: options.dates,
    language: ctx.language,
    dry_run: options.dry_run,
    atomic: options.atomic,
    confirmed: options.confirm,
    rehearsal: options.dry_run,
    state: 'queued',
    position: new TextEncoder().encode(text.slice(0, header?.rest ?? 0)).length,
    last_line: header ? header.line - 1 : 0,
    blank: header?.blank ?? 0,
    reach: 1,
    size: head.length,
    requested_by: ctx.actor.id,
    created_at: ctx.now,
    updated_at: ctx.now,
  } satisfies Draft
}

const linesIn = (bytes: Uint8Array) => bytes.reduce((lines, byte) => (byte === 10 ? lines + 1 : lines), 0)

async function importAtOnce(ctx: Context, draft: Draft, bytes: Uint8Array): Promise<Job> {
  const [, [inserted]] = await ctx.db.batch([
    ctx.db.insert(importJob).values(draft),
    ctx.db.select().from(importJob).where(eq(importJob.id, draft.id)),
  ])
  const source = async (offset: number, length: number) => bytes.subarray(offset, offset + length)
  const job = await importWork.takeSteps(ctx, inserted!, atOnce, (ctx, job) => importStep(ctx, job, source))
  const why = job.state === 'needs_confirmation' ? unconfirmed : isUnreadable(job) ? unreadable : undefined
  if (why) {
    // Nothing of it stays: the file is to be sent again.
    const error = await why(ctx, job)
    await ctx.db.batch([...forgetting(ctx, job.id)])
    throw error
  }
  return importWork.isBusy(job) ? goOnLater(ctx, job) : job
}

async function unconfirmed(ctx: Context, job: Job): Promise<ApiError> {
  const { live } = await findCounts(ctx, importEntities[job.entity], job)
  const { created, updated, skipped, failed, cleared } = job
  return new ApiError(
    errors.IMPORT_NEEDS_CONFIRMATION,
    { updated, live },
    { details: { created, updated, skipped, failed, cleared, live } },
  )
}

async function unreadable(ctx: Context, job: Job): Promise<ApiError> {
  const { params } = await findProblem(ctx, job)
  return new ApiError(declaredError(job.error_code!)!, params)
}

/** A message that is lost here is sent by cron, as for every import that nobody works on. */
async function goOnLater(ctx: Context, job: Job): Promise<Job> {
  const message = { id: ctx.newId(), ...importWork.message(job.id) }
  await queueFor(ctx.env, message).send(message)
  return job
}

async function importLater(ctx: Context, draft: Draft, file: { head: Uint8Array; rest: Rest }): Promise<Job> {
  const key = fileKey(draft.id)
  const size = await storeFile(ctx, key, file)
  const accepted = { ...ctx, origin: { ...ctx.origin, status: 202 } }
  const changes = { entity: { new: draft.entity }, size: { new: size } }
  return importWork
    .begin(accepted, { ...draft, size }, { entity: 'import', id: draft.id, changes })
    .catch(async (error: unknown) => {
      // Where nobody knows whether the job was written, its file stays.
      if (!isUnreachable(error)) await ctx.env.DOCUMENTS.delete(key)
      throw error
    })
}
