import type { Context } from '#/platform/context.ts'
import { isMaintenance, isStale } from '#/platform/database/write/stale.ts'
import { settle } from '#/platform/database/write/settle.ts'
import { ApiError } from '#/platform/errors.ts'
import { saveStep, unlessMoved } from './save-step.ts'
import { type Budget, type Ending, isBusy, type Run, type WorkKind } from './kind.ts'

/** Goes on with a run until it has ended, waits for somebody, or has taken its share. Throws Overtaken, and what may not come again. */
export async function takeSteps<R extends Run>(
  kind: WorkKind<R>,
  ctx: Context,
  start: R,
  { steps, milliseconds }: Budget = kind.budget(start),
): Promise<R> {
  const until = Date.now() + milliseconds
  let run = start
  for (let taken = 0; taken < steps && isBusy(kind, run) && Date.now() < until; taken += 1)
    run = await takeStep(kind, ctx, run, taken)
  return run
}

/** What a step rests on may change before it is saved; then it is taken anew. An error that would come again ends the run. */
async function takeStep<R extends Run>(kind: WorkKind<R>, ctx: Context, run: R, taken: number): Promise<R> {
  const place = { taken, unlessOvertaken: () => unlessMoved(kind, ctx, run) }
  try {
    return await settle(async () => saveStep(kind, ctx, run, await kind.step(ctx, run, place)))
  } catch (error) {
    const ending = (kind.endingOf ?? declared)(error)
    if (!ending || isStale(error) || isMaintenance(error)) throw error
    return endRun(kind, ctx, run, ending)
  }
}

const declared = <R extends Run>(error: unknown): Ending<R> | undefined =>
  error instanceof ApiError ? ({ error_code: error.code } as Ending<R>) : undefined

/** Ends a run without success. */
export async function endRun<R extends Run>(
  kind: WorkKind<R>,
  ctx: Context,
  run: R,
  ending: Ending<R>,
  undo = kind.failing,
): Promise<R> {
  const { set, work } = await undo(ctx, run, ending)
  const end = { ...set, ...ending, finished_at: new Date().toISOString() }
  return saveStep(kind, ctx, run, { set: end, ...(work && { work }) })
}
