import type { Context } from '#/platform/context.ts'
import { sharedErrors } from '#/platform/shared-errors.ts'
import type { Step } from '#/platform/work/kind.ts'
import { workKind } from '#/platform/work/work-kind.ts'
import { auditRenewal, findChains, type Renewal, storeSeals } from '#/operations/audit-log/index.ts'
import { beginChain } from './begin-chain.ts'
import { renewRows } from './renew-rows.ts'

/** The making of a further chain over all rows of the audit log, a page of rows a step. Nothing is sealed until it is made. */
export const renewalWork = workKind({
  type: 'audit.renewal',
  names: 'renewal_id',
  permission: 'audit.verify',
  queue: 'bulk',
  table: auditRenewal,
  budget: () => ({ steps: 10, milliseconds: 15_000 }),
  strandedMs: 60_000,
  longestMs: 30 * 24 * 60 * 60 * 1000,
  step: (ctx: Context, run: Renewal): Promise<Step<Renewal>> => (run.note ? renewRows(ctx, run) : beginChain(ctx, run)),
  failing: () => ({ set: {} }),
  gaveUp: sharedErrors.INTERNAL_SERVER_ERROR.code,
  reviving: { set: {} },
  ended: async (ctx) => {
    await storeSeals(ctx, await findChains(ctx))
  },
})
