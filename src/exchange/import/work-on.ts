import { and, eq, isNotNull, sql } from 'drizzle-orm'
import { type Context, system } from '#/platform/context.ts'
import { rememberKey } from '#/platform/database/idempotency.ts'
import type { Statement } from '#/platform/database/statement.ts'
import { ApiError } from '#/platform/errors.ts'
import type { ImportEntity } from './definition.ts'
import { importEntities } from './entities/index.ts'
import { planStatements, wholeStatements } from './plan-sql.ts'
import { findCounts, findJob, findOlder, findStranded } from './queries.ts'
import { type FileSource, readStep } from './read-step.ts'
import { isBusy, needsConfirmation } from './rules.ts'
import { isOvertaken, saveStep } from './step.ts'
import { importError, importJob, importRow, type Job } from './table.ts'
import { fromTheStart, writeAllStep, writeStep } from './write-step.ts'
import { errors } from './errors.ts'

/** Where the file of an import rests until it is finished. */
export const fileKey = (id: string) => `imports/${id}`

/** How long an import waits before it looks again whether it is its turn. */
const waitSeconds = 5

/** A step takes seconds; an import without one for so long has lost its message. */
const strandedMs = 3 * 60 * 1000
const resumedPerRun = 50

/** What one message of the queue may take: far below the limits of its invocation. */
const perMessage = { steps: 40, rehearsedSteps: 5, milliseconds: 15_000 }

/** Works on an import until it is finished, waits for somebody, or has taken `steps`. A file that cannot be read ends it. */
export async function workOn(ctx: Context, start: Job, source: FileSource, steps: number, until = Infinity) {
  let job = start
  for (let taken = 0; taken < steps && isBusy(job) && Date.now() < until; taken += 1) {
    job = await takeStep(ctx, importEntities[job.entity], job, source)
  }
  return job
}

/**
 * The queue's part: goes on with an import and sends the next message while there is more to do. Each step saves its progress, and of
 * two deliveries that do the same step one stops here.
 */
export async function workInBackground(ctx: Context, id: string): Promise<void> {
  const job = await findJob(ctx, id).catch(forgotten)
  if (!job) return
  const older = await findOlder(ctx, job)
  if (older) return waitFor(ctx, job, older)
  const requester = { ...ctx, actor: { ...system, id: job.requested_by }, language: job.language }
  try {
    const source = storedFile(ctx, id)
    const steps = job.rehearsal ? perMessage.rehearsedSteps : perMessage.steps
    const reached = await workOn(requester, job, source, steps, Date.now() + perMessage.milliseconds)
    if (isBusy(reached)) await ctx.env.QUEUE.send(workMessage(ctx, id))
    else if (reached.state !== 'needs_confirmation') await ctx.env.DOCUMENTS.delete(fileKey(id))
  } catch (error) {
    if (!isOvertaken(error)) throw error
  }
}

/** Looks again later. Should nobody work on the older one any more, it is taken up. */
async function waitFor(ctx: Context, { id }: Job, older: Job): Promise<void> {
  await ctx.db.update(importJob).set({ updated_at: ctx.now }).where(eq(importJob.id, id))
  if (older.updated_at < strandedBefore(ctx)) await ctx.env.QUEUE.send(workMessage(ctx, older.id))
  await ctx.env.QUEUE.send(workMessage(ctx, id), { delaySeconds: waitSeconds })
}

const strandedBefore = ({ now }: Context) => new Date(Date.parse(now) - strandedMs).toISOString()

/** Takes up imports whose message was lost. Somebody else may be at work all the same: then one of the two stops. Returns how many. */
export async function resumeImports(ctx: Context): Promise<number> {
  const stranded = await findStranded(ctx, strandedBefore(ctx), resumedPerRun)
  if (stranded.length === 0) return 0
  await ctx.env.QUEUE.sendBatch(stranded.map(({ id }) => ({ body: workMessage(ctx, id) })))
  return stranded.length
}

const workMessage = (ctx: Context, import_id: string) => ({ id: ctx.newId(), type: 'import.work', import_id })

/** Gives an import up: what it has not written yet stays unwritten. Its rows and its file are kept until it is forgotten. */
export async function giveUpImport(ctx: Context, id: string): Promise<void> {
  const job = await findJob(ctx, id).catch(forgotten)
  if (!job || !isBusy(job)) return
  const finished_at = new Date().toISOString()
  await saveStep(ctx, job, {
    state: 'failed',
    error_code: errors.IMPORT_GAVE_UP.code,
    finished_at,
    gave_up_in: job.state,
  })
}

/** A statement that lets an import which was given up go on where it stopped. */
export const revivingImport = (ctx: Context, id: string): Statement =>
  ctx.db
    .update(importJob)
    .set({
      state: sql`${importJob.gave_up_in}`,
      gave_up_in: null,
      error_code: null,
      finished_at: null,
      updated_at: ctx.now,
      step: sql`${importJob.step} + 1`,
    })
    .where(and(eq(importJob.id, id), isNotNull(importJob.gave_up_in)))

function forgotten(error: unknown): undefined {
  if (!(error instanceof ApiError && error.code === 'IMPORT_NOT_FOUND')) throw error
}

const storedFile =
  (ctx: Context, id: string): FileSource =>
  async (offset, length) => {
    const part = await ctx.env.DOCUMENTS.get(fileKey(id), { range: { offset, length } })
    if (!part) throw new ApiError(errors.IMPORT_GAVE_UP)
    return new Uint8Array(await part.arrayBuffer())
  }

async function takeStep(ctx: Context, of: ImportEntity, job: Job, source: FileSource): Promise<Job> {
  switch (job.state) {
    case 'queued':
    case 'reading':
      return readStep(ctx, of, job, source).catch((error: unknown) => {
        if (!(error instanceof ApiError)) throw error
        return end(ctx, job, { state: 'failed', error_code: error.code })
      })
    case 'planning':
      return planStep(ctx, of, job)
    case 'deciding':
      return decideStep(ctx, of, job)
    case 'writing':
      return writeAllStep(ctx, of, job)
    case 'finishing':
      return finishStep(ctx, of, job)
    default:
      return writeStep(ctx, of, job)
  }
}

async function planStep(ctx: Context, of: ImportEntity, job: Job): Promise<Job> {
  const to = Math.min(job.cursor + job.reach, job.last_line)
  const statements = planStatements(ctx.db, of, { job, from: job.cursor + 1, to })
  if (to < job.last_line) return saveStep(ctx, job, { cursor: to }, statements)
  return saveStep(ctx, job, { cursor: to, state: 'deciding' }, [...statements, ...wholeStatements(ctx.db, of, job)])
}

/** Whether to go on, and how: nothing to write, a row in the way of all others, too much to change without being asked. */
async function decideStep(ctx: Context, of: ImportEntity, job: Job): Promise<Job> {
  const counts = await findCounts(ctx, of, job)
  const { create, update, same, failed } = counts
  if (create + update === 0 || (job.atomic && failed > 0)) return saveStep(ctx, job, { state: 'finishing' })
  if (!job.dry_run && !job.confirmed && needsConfirmation(counts)) {
    return saveStep(ctx, job, { state: 'needs_confirmation', created: create, updated: update, skipped: same, failed })
  }
  if (job.atomic && !job.dry_run) return saveStep(ctx, job, { state: 'writing' })
  return saveStep(ctx, job, { state: update > 0 ? 'updating' : 'creating', ...fromTheStart })
}

async function finishStep(ctx: Context, of: ImportEntity, job: Job): Promise<Job> {
  const { create, update, same, failed } = await findCounts(ctx, of, job)
  const isRefused = job.atomic && (failed > 0 || (job.rehearsal && !job.dry_run))
  const counts = isRefused
    ? { created: 0, updated: 0, skipped: create + update + same, failed }
    : { created: create, updated: update, skipped: same, failed }
  const isUnexplained = isRefused && failed === 0
  return end(ctx, job, {
    ...counts,
    state: isUnexplained ? 'failed' : 'finished',
    error_code: isUnexplained ? job.error_code : null,
  })
}

/** The staged rows are no longer needed; what was wrong with them is. */
const end = (ctx: Context, job: Job, progress: { state: 'finished' | 'failed'; error_code: string | null }) =>
  saveStep(ctx, job, { ...progress, finished_at: new Date().toISOString() }, [
    ctx.db.delete(importRow).where(eq(importRow.import_id, job.id)),
    ...rememberKey(ctx),
  ])

/** Statements that leave no trace of an import. */
export const forget = (ctx: Context, id: string) =>
  [
    ctx.db.delete(importRow).where(eq(importRow.import_id, id)),
    ctx.db.delete(importError).where(eq(importError.import_id, id)),
    ctx.db.delete(importJob).where(eq(importJob.id, id)),
  ] as const
