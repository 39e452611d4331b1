import { isNotNull, sql } from 'drizzle-orm'
import type { Context } from '#/platform/context.ts'
import { ApiError } from '#/platform/errors.ts'
import { busy } from '#/platform/work/find-runs.ts'
import type { Step } from '#/platform/work/kind.ts'
import { workKind } from '#/platform/work/work-kind.ts'
import { importEntities } from '#/exchange/imported-entity/index.ts'
import { errors } from './errors.ts'
import { decideStep, ending, finishStep, planStep } from './plan-step.ts'
import { findOlder } from './queries.ts'
import { type FileSource, readStep } from './read-step.ts'
import { importJob, type Job } from './table.ts'
import { writeAllStep, writeStep } from './write-step.ts'

/** Where the file of an import rests until it is finished. */
export const fileKey = (id: string) => `imports/${id}`

const resting = { column: 'state', word: 'needs_confirmation' } as const

/** Imports: read, compared and written a few thousand rows at a time, one after the other for each kind of row. */
export const importWork = workKind({
  type: 'import.work',
  names: 'import_id',
  permission: 'import.create',
  queue: 'bulk',
  table: importJob,
  resting,
  budget: ({ rehearsal }) => ({ steps: rehearsal ? 5 : 40, milliseconds: 15_000 }),
  strandedMs: 3 * 60 * 1000,
  // Older ones are forgotten.
  longestMs: 7 * 24 * 60 * 60 * 1000,
  behind: (ctx, job) => findOlder(ctx, job, busy({ table: importJob, resting })),
  step: (ctx, job) => importStep(ctx, job, storedFile(ctx, job.id)),
  failing: (ctx, job) => ({ set: { state: 'failed' as const }, work: ending(ctx, job) }),
  // What is staged stays, so that it can go on.
  givingUp: (_, job) => ({ set: { state: 'failed' as const, gave_up_in: job.state } }),
  gaveUp: errors.IMPORT_GAVE_UP.code,
  reviving: {
    set: { state: sql`${importJob.gave_up_in}`, gave_up_in: null },
    where: isNotNull(importJob.gave_up_in),
  },
  ended: async (ctx, job) => {
    if (job.gave_up_in === null) await ctx.env.DOCUMENTS.delete(fileKey(job.id))
  },
})

/** One step with the file from `source`. Problems are worded in the language of who asked. */
export async function importStep(background: Context, job: Job, source: FileSource): Promise<Step<Job>> {
  const ctx = { ...background, language: job.language }
  const of = importEntities[job.entity]
  switch (job.state) {
    case 'queued':
    case 'reading':
      return readStep(ctx, of, job, source)
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

const storedFile =
  (ctx: Context, id: string): FileSource =>
  async (offset, length) => {
    const part = await ctx.env.DOCUMENTS.get(fileKey(id), { range: { offset, length } })
    if (!part) throw new ApiError(errors.IMPORT_GAVE_UP)
    return new Uint8Array(await part.arrayBuffer())
  }
