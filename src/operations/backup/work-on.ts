import { and, eq } from 'drizzle-orm'
import { type Context, system } from '#/platform/context.ts'
import { endingOf, failRun } from './fail.ts'
import { copyPhase } from './make.ts'
import type { Progress } from './progress.ts'
import { loadPhase, savePhase, swapPhase } from './restore.ts'
import { findRun, idleRuns, isOvertaken, workMessage } from './run.ts'
import { backupRun, type Run } from './table.ts'
import { readPhase } from './verify.ts'
import { errors } from './errors.ts'

/** What one message of the queue may take: far below the limits of its invocation. */
const message = { steps: 4, milliseconds: 15_000 }
/** A step takes seconds; a run without one for so long has lost its message. */
const idleMs = 3 * 60 * 1000
/** A run that has not ended by then never will. */
const longestMs = 24 * 60 * 60 * 1000

/**
 * The queue's part: goes on with a run and sends the next message while there is more to do. Each step saves what it did together with
 * where the run stands, and of two deliveries that do the same step one stops here.
 */
export async function workOnBackup(background: Context, id: string): Promise<void> {
  let run = await findRun(background, id)
  if (!run || run.finished_at) return
  const ctx = { ...background, actor: { ...system, id: run.requested_by } }
  const until = Date.now() + message.milliseconds
  try {
    for (let step = 0; step < message.steps && !run.finished_at && Date.now() < until; step += 1)
      run = await takeStep(ctx, run)
  } catch (error) {
    if (isOvertaken(error)) return
    const ending = endingOf(error)
    if (!ending) throw error
    run = await failRun(ctx, run, ending)
  }
  if (!run.finished_at) await ctx.env.QUEUE.send({ id: ctx.newId(), ...workMessage(id) })
}

function takeStep(ctx: Context, run: Run): Promise<Run> {
  const progress: Progress = run.progress
  switch (progress.phase) {
    case 'copy':
      return copyPhase(ctx, run, progress)
    case 'read':
      return readPhase(ctx, run, progress)
    case 'save':
      return savePhase(ctx, run, progress)
    case 'load':
      return loadPhase(ctx, run, progress)
    case 'swap':
      return swapPhase(ctx, run, progress)
    case 'done':
      throw new Error('a run that has ended has no next step')
  }
}

/** Gives a run up. */
export async function giveUpBackup(ctx: Context, id: string): Promise<void> {
  const run = await findRun(ctx, id)
  if (run && !run.finished_at) await failRun(ctx, run, { error_code: errors.BACKUP_GAVE_UP.code, error_where: null })
}

/** A statement that lets a run which was given up begin once more. */
export const revivingBackup = (ctx: Context, id: string) =>
  ctx.db
    .update(backupRun)
    .set({ finished_at: null, error_code: null, error_where: null, updated_at: ctx.now })
    .where(and(eq(backupRun.id, id), eq(backupRun.error_code, errors.BACKUP_GAVE_UP.code)))

/** Takes up the run whose message was lost; one that has taken a day is given up. Answers how many there were. */
export async function resumeBackups(ctx: Context): Promise<number> {
  const ago = (ms: number) => new Date(Date.parse(ctx.now) - ms).toISOString()
  const idle = await idleRuns(ctx, ago(idleMs))
  for (const { id, created_at } of idle) {
    if (created_at < ago(longestMs)) await giveUpBackup(ctx, id)
    else await ctx.env.QUEUE.send({ id: ctx.newId(), ...workMessage(id) })
  }
  return idle.length
}
