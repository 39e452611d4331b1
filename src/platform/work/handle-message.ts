import { eq } from 'drizzle-orm'
import { type Context, system } from '#/platform/context.ts'
import type { Sent } from '#/platform/queue/message.ts'
import { queueFor } from '#/platform/queue/queues.ts'
import { findRun, strandedBefore } from './find-runs.ts'
import { Overtaken } from './save-step.ts'
import { endRun, takeSteps } from './take-steps.ts'
import { type Ending, isBusy, type Run, type WorkKind } from './kind.ts'

/** How long a run waits before it looks again whether it is its turn. */
const waitSeconds = 5

/**
 * The queue's part: goes on with a run and sends the next message while there is more to do. Each step saves what it did together with
 * where the run stands, so a worker that dies repeats one step at most, and of two deliveries one stops here.
 */
export async function handleMessage<R extends Run>(kind: WorkKind<R>, background: Context, id: string): Promise<void> {
  const run = await findRun(kind, background, id)
  if (!run) return
  const ctx = inNameOf(background, run)
  if (!isBusy(kind, run)) return tidyUp(kind, ctx, run)
  const first = await kind.behind?.(ctx, run)
  if (first) return waitFor(kind, ctx, run, first)
  const reached = await unlessOvertaken(kind, ctx, id, () => takeSteps(kind, ctx, run))
  if (!reached) return
  if (isBusy(kind, reached)) await send(ctx, bodyOf(kind, ctx, id))
  else await tidyUp(kind, ctx, reached)
}

/** The queue has tried a run as often as it does. One that somebody else goes on with is left alone. */
export async function giveUp<R extends Run>(kind: WorkKind<R>, background: Context, id: string): Promise<void> {
  const run = await findRun(kind, background, id)
  if (!run) return
  const ctx = inNameOf(background, run)
  if (!isBusy(kind, run)) return tidyUp(kind, ctx, run)
  const ending = { error_code: kind.gaveUp } as Ending<R>
  const ended = await unlessOvertaken(kind, ctx, id, () => endRun(kind, ctx, run, ending, kind.givingUp))
  if (ended) await tidyUp(kind, ctx, ended)
}

const send = ({ env }: Context, body: Sent, options?: QueueSendOptions) => queueFor(env, body).send(body, options)

const inNameOf = (ctx: Context, { requested_by }: Run): Context => ({ ...ctx, actor: { ...system, id: requested_by } })

async function tidyUp<R extends Run>(kind: WorkKind<R>, ctx: Context, run: R): Promise<void> {
  if (run.finished_at !== null) await kind.ended?.(ctx, run)
}

/** What a worker that was overtaken had left outside of the database goes with the rest, if the run has ended. */
async function unlessOvertaken<R extends Run>(kind: WorkKind<R>, ctx: Context, id: string, go: () => Promise<R>) {
  try {
    return await go()
  } catch (error) {
    if (!(error instanceof Overtaken)) throw error
    const run = await findRun(kind, ctx, id)
    if (run) await tidyUp(kind, ctx, run)
    return undefined
  }
}

/** Looks again later. Should nobody work on the other one any more, it is taken up. */
async function waitFor<R extends Run>(kind: WorkKind<R>, ctx: Context, { id }: R, first: R): Promise<void> {
  await ctx.db.update(kind.table).set({ updated_at: ctx.now }).where(eq(kind.table.id, id))
  if (first.updated_at < strandedBefore(kind, ctx)) await send(ctx, bodyOf(kind, ctx, first.id))
  await send(ctx, bodyOf(kind, ctx, id), { delaySeconds: waitSeconds })
}

/** The message that has the queue work on a run. */
export const messageOf = <R extends Run>({ type, names }: Pick<WorkKind<R>, 'type' | 'names'>, id: string) => ({
  type,
  [names]: id,
})

export const bodyOf = <R extends Run>(kind: WorkKind<R>, ctx: Context, id: string) => ({
  id: ctx.newId(),
  ...messageOf(kind, id),
})
