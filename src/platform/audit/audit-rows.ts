import { type SQL, sql } from 'drizzle-orm'
import type { Context } from '#/platform/context.ts'
import { auditLog } from './table.ts'

/** Audit rows of many changes at once, one for each row of `from`, for a batch that `write` is too small for. */
export function auditRows(ctx: Context, of: { entity: string; id: SQL; changes: SQL; summary: SQL; from: SQL }) {
  const { actor, origin } = ctx
  return ctx.db.insert(auditLog).select(
    sql`select null, ${ctx.now}, ${actor.id}, ${actor.role}, ${ctx.permission}, ${of.entity}, cast(${of.id} as text), ${of.changes},
      ${of.summary}, null, 1, ${origin.method}, ${origin.path}, ${origin.status}, ${origin.ip}, ${origin.userAgent}, ${ctx.requestId}
      from ${of.from}`,
  )
}
