import { eq } from 'drizzle-orm'
import type { Context } from '#/platform/context.ts'
import { rememberKey } from '#/platform/database/write/idempotency.ts'
import type { Step } from '#/platform/work/kind.ts'
import { importRow, planStatements, wholeStatements } from '#/exchange/import-plan/index.ts'
import type { ImportEntity } from '#/exchange/imported-entity/index.ts'
import { findCleared, findCounts } from './queries.ts'
import { needsConfirmation } from './rules.ts'
import type { Job } from './table.ts'
import { fromTheStart } from './write-step.ts'

/** Compares the next staged rows with what is there; the last of them also with each other. */
export function planStep(ctx: Context, of: ImportEntity, job: Job): Step<Job> {
  const to = Math.min(job.cursor + job.reach, job.last_line)
  const work = planStatements(ctx.db, of, { job, from: job.cursor + 1, to })
  if (to < job.last_line) return { set: { cursor: to }, work }
  return { set: { cursor: to, state: 'deciding' }, work: [...work, ...wholeStatements(ctx.db, of, job)] }
}

/** Whether to go on, and how: nothing to write, a row in the way of all others, too much to change without being asked. */
export async function decideStep(ctx: Context, of: ImportEntity, job: Job): Promise<Step<Job>> {
  const counts = await findCounts(ctx, of, job)
  const { create, update, same, failed } = counts
  if (create + update === 0 || (job.atomic && failed > 0)) return { set: { state: 'finishing' } }
  const cleared = update > 0 ? await findCleared(ctx, of, job) : 0
  if (!job.dry_run && !job.confirmed && needsConfirmation(counts))
    return { set: { state: 'needs_confirmation', created: create, updated: update, skipped: same, failed, cleared } }
  if (job.atomic && !job.dry_run) return { set: { state: 'writing', cleared } }
  return { set: { cleared, state: update > 0 ? 'updating' : 'creating', ...fromTheStart() } }
}

export async function finishStep(ctx: Context, of: ImportEntity, job: Job): Promise<Step<Job>> {
  const { create, update, same, failed } = await findCounts(ctx, of, job)
  const isRefused = job.atomic && (failed > 0 || (job.rehearsal && !job.dry_run))
  const counts = isRefused
    ? { created: 0, updated: 0, cleared: 0, skipped: create + update + same, failed }
    : { created: create, updated: update, skipped: same, failed }
  const isUnexplained = isRefused && failed === 0
  return {
    set: {
      ...counts,
      state: isUnexplained ? 'failed' : 'finished',
      error_code: isUnexplained ? job.error_code : null,
      finished_at: new Date().toISOString(),
    },
    work: ending(ctx, job),
  }
}

/** Statements of the end of an import: the staged rows are no longer needed; what was wrong with them is. */
export const ending = (ctx: Context, { id }: Job) => [
  ctx.db.delete(importRow).where(eq(importRow.import_id, id)),
  ...rememberKey(ctx),
]
