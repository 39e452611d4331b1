import type { Context } from '#/platform/context.ts'
import { queueFor } from '#/platform/queue/queues.ts'
import { findStranded } from './find-runs.ts'
import { bodyOf, giveUp } from './handle-message.ts'
import type { Run, WorkKind } from './kind.ts'

/**
 * Takes up runs whose message was lost, and gives up those that have taken too long. Somebody else may be at work all the same: then one
 * of the two stops. Returns how many there were.
 */
export async function resume<R extends Run>(kind: WorkKind<R>, ctx: Context): Promise<number> {
  const stranded = await findStranded(kind, ctx)
  const oldest = new Date(Date.parse(ctx.now) - kind.longestMs).toISOString()
  for (const { id, created_at } of stranded) {
    if (created_at < oldest) await giveUp(kind, { ...ctx, permission: kind.permission }, id)
    else await queueFor(ctx.env, kind).send(bodyOf(kind, ctx, id))
  }
  return stranded.length
}
