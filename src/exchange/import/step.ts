import { and, eq } from 'drizzle-orm'
import type { Context } from '#/platform/context.ts'
import { brokenConstraint, errorOf } from '#/platform/database/constraints.ts'
import { expectChange } from '#/platform/database/guards.ts'
import type { Statement } from '#/platform/database/statement.ts'
import { ApiError, type DeclaredError } from '#/platform/errors.ts'
import { importJob, importWriting, type Job } from './table.ts'

/** What a step changes of its job. */
export type Progress = Partial<Omit<Job, 'id' | 'step'>>

/** One batch: the progress of a job and what it stands for. Fails as a whole (`write_expected`) if the job has moved on meanwhile. */
export async function saveStep(ctx: Context, job: Job, progress: Progress, work: Statement[] = []): Promise<Job> {
  const results = await ctx.db.batch([
    ctx.db
      .update(importJob)
      .set({ ...progress, step: job.step + 1, updated_at: new Date().toISOString() })
      .where(and(eq(importJob.id, job.id), eq(importJob.step, job.step))),
    expectChange(ctx),
    ...work,
    ctx.db.select().from(importJob).where(eq(importJob.id, job.id)),
  ])
  return (results.at(-1) as Job[])[0]!
}

/** Whether an error says that somebody else did the same step. */
export const isOvertaken = (error: unknown) => brokenConstraint(error) === 'write_expected'

/**
 * Writes imported rows together with the progress they are, or, in a rehearsal, writes them and takes them back. The job as it is then,
 * or the error of what the database refuses.
 */
export async function tryToWrite(
  ctx: Context,
  job: Job,
  progress: Progress,
  work: Statement[],
): Promise<{ job: Job } | { refused: DeclaredError }> {
  const marked = [
    ctx.db.insert(importWriting).values({ import_id: job.id, rehearsal: job.rehearsal }),
    ...work,
    ctx.db.delete(importWriting),
  ] as const
  try {
    if (!job.rehearsal) return { job: await saveStep(ctx, job, progress, [...marked]) }
    await ctx.db.batch([...marked])
    throw new Error('a rehearsal was not taken back')
  } catch (error) {
    const broken = brokenConstraint(error)
    if (broken === 'import_rehearsed') return { job: await saveStep(ctx, job, progress) }
    const refused = broken === 'write_expected' ? undefined : errorOf(broken)
    if (!refused) throw error
    if (refused.code === 'MAINTENANCE') throw new ApiError(refused)
    return { refused }
  }
}
