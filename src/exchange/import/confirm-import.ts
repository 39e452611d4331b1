import { and, eq } from 'drizzle-orm'
import type { Context } from '#/platform/context.ts'
import { write } from '#/platform/database/write/write.ts'
import { ApiError } from '#/platform/errors.ts'
import { findJob, jobQuery, shownJob } from './queries.ts'
import { importWork } from './import-work.ts'
import { importJob } from './table.ts'
import { errors } from './errors.ts'

/** Lets an import go on that would change much of what is there. */
export async function confirmImport(ctx: Context, id: string) {
  const { state } = await findJob(ctx, id)
  if (state !== 'needs_confirmation') throw new ApiError(errors.IMPORT_NOT_WAITING, { state })
  const { read } = await write(ctx, {
    change: ctx.db
      .update(importJob)
      .set({ confirmed: true, state: 'deciding', updated_at: ctx.now })
      .where(and(eq(importJob.id, id), eq(importJob.state, 'needs_confirmation'))),
    audit: { entity: 'import', id, changes: { confirmed: { old: false, new: true } } },
    outbox: [importWork.message(id)],
    read: jobQuery(ctx, id),
  })
  return shownJob((read as Awaited<ReturnType<typeof jobQuery>>)[0]!)
}
