import type { Context } from '#/platform/context.ts'
import type { Work } from '#/platform/work/kind.ts'
import { type Catalog } from '#/operations/snapshot/index.ts'
import { endMaintenance } from './maintenance.ts'
import { dropShadows } from './shadow.ts'

/** Statements that leave nothing of a restore that did not come to its swap. */
export const undoingRestore = (ctx: Context, d1: D1DatabaseSession, catalog: Catalog): Work[] => [
  ...dropShadows(d1, catalog),
  endMaintenance(ctx),
]
