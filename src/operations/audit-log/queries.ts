import { accountName, accountSearch } from '#/access/identity/table.ts'
import { searchable } from '#/platform/text/search.ts'
import { knownAs, knownBy, summaryOf, summarySaid } from '#/operations/audit-summary/index.ts'
import { eq, getTableColumns, sql } from 'drizzle-orm'
import type * as z from 'zod'
import type { Context } from '#/platform/context.ts'
import type { Database } from '#/platform/database/connect.ts'
import { byDate, byFlag, byId, byText, notAfter, notBefore } from '#/platform/database/list/filters.ts'
import { list } from '#/platform/database/list/list.ts'
import { auditLog, type Changes } from '#/platform/audit/table.ts'
import { ApiError } from '#/platform/errors.ts'
import { openRows, sealedIn } from '#/platform/personal/open-rows.ts'
import { sealRows } from '#/platform/personal/seal-rows.ts'
import { dailyActivity } from './table.ts'
import { sharedErrors } from '#/platform/shared-errors.ts'

const actor = accountName(auditLog.actor_id)
const rows = (db: Database) =>
  db
    .select({ ...getTableColumns(auditLog), actor_name: actor.as('actor_name'), known_as: knownAs.as('known_as') })
    .from(auditLog)
    .$dynamic()

export const auditList = list({
  rows,
  id: auditLog.id,
  counted: { table: 'audit_log' },
  search: searchable(accountSearch(auditLog.actor_id), knownBy),
  said: summarySaid,
  searchNote: 'A reason is not searched: it rests encrypted.',
  texts: [
    auditLog.id,
    auditLog.actor_id,
    sql`${auditLog.action} || ':'`,
    auditLog.entity_type,
    auditLog.entity_id,
    auditLog.actor_role,
    auditLog.method,
    sql`'(' || ${auditLog.summary} || ')'`,
    auditLog.path,
    auditLog.request_id,
    actor,
    knownAs,
  ],
  orderings: { id: auditLog.id },
  defaultOrdering: '-id',
  filters: {
    user_id: byId(auditLog.actor_id),
    action: byText(auditLog.action),
    entity_type: byText(auditLog.entity_type),
    entity_id: byText(auditLog.entity_id),
    method: byText(auditLog.method),
    success: byFlag(auditLog.success),
    request_id: byText(auditLog.request_id),
    from: notBefore(auditLog.at),
    to: notAfter(auditLog.at),
  },
})

export const activityList = list({
  rows: (db: Database) => db.select().from(dailyActivity).$dynamic(),
  id: dailyActivity.id,
  texts: [dailyActivity.id, dailyActivity.action],
  orderings: { day: dailyActivity.day, action: dailyActivity.action },
  defaultOrdering: '-day',
  filters: {
    action: byText(dailyActivity.action),
    day: byDate(dailyActivity.day),
  },
})

/** One entry with its changes, in clear as far as the salts of their persons are there; also where it is not sealed yet. */
export async function findEntry(ctx: Context, id: number) {
  const [entry] = await rows(ctx.db).where(eq(auditLog.id, id))
  if (!entry) throw new ApiError(sharedErrors.AUDIT_ENTRY_NOT_FOUND, { id })
  const [sealed] = await sealRows(ctx, [{ ...entry, changes: JSON.stringify(entry.changes) }])
  const resting = sealed ? { ...entry, ...sealed, changes: JSON.parse(sealed.changes) as Changes } : entry
  const [opened] = await openRows(ctx, [resting])
  return { ...opened!, summary: summaryOf(opened!, ctx.language) }
}

/** A page of entries. Their list shows no changes, so only what says why is opened. */
export async function pageOfEntries(ctx: Context, query: z.output<typeof auditList.query>) {
  const page = await auditList.page(ctx, query)
  const withReason = page.items.filter((row) => sealedIn(row)?.reason)
  const opened = new Map((await openRows(ctx, withReason)).map((row) => [row.id, row]))
  return {
    ...page,
    items: page.items.map((row) => ({ ...(opened.get(row.id) ?? row), summary: summaryOf(row, ctx.language) })),
  }
}
