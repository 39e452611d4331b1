import { and, desc, eq, exists, getTableColumns, gt, inArray, isNull, lte, notExists, or, sql } from 'drizzle-orm'
import { auditLog } from '#/platform/audit/table.ts'
import { whole } from '#/platform/database/list/whole.ts'
import type { Context } from '#/platform/context.ts'
import type { Database } from '#/platform/database/connect.ts'
import { ApiError } from '#/platform/errors.ts'
import type { accountRoles, ApprovalState } from '#/platform/words.ts'
import { accountName, userTable } from '#/access/identity/table.ts'
import { errors } from './errors.ts'
import { approval } from './table.ts'

const shownAtOnce = 100

/** With the names of who asked and who decided. */
export const approvalRows = (db: Database) =>
  db
    .select({
      ...getTableColumns(approval),
      requested_by_name: userTable.full_name,
      decided_by_name: accountName(approval.decided_by).as('decided_by_name'),
      asker: { role: userTable.role, is_active: userTable.is_active, gone: userTable.deleted_at },
    })
    .from(approval)
    .leftJoin(userTable, eq(userTable.id, approval.requested_by))
    .$dynamic()

type Row = Awaited<ReturnType<typeof approvalRows>>[number]

/** An approval as the API shows it. One whose time is over has lapsed, whether or not that is written down. */
export const shownApproval = ({ now }: Pick<Context, 'now'>, row: Row) => ({
  ...row,
  status: row.status === 'pending' && row.expires_at <= now ? ('expired' as const) : row.status,
})

/** The latest, newest first. */
export async function findApprovals(ctx: Context, { status }: { status?: ApprovalState | undefined }) {
  const rows = await approvalRows(ctx.db).orderBy(desc(approval.requested_at)).limit(shownAtOnce)
  const items = rows.map((row) => shownApproval(ctx, row))
  return whole(status ? items.filter((one) => one.status === status) : items)
}

/** Throws APPROVAL_NOT_FOUND. */
export async function findApproval(ctx: Context, id: string) {
  return shownApproval(ctx, (await findAsked(ctx, id)).row)
}

/** An approval, and the role of who asked; null where that account is gone or deactivated. Throws APPROVAL_NOT_FOUND. */
export async function findAsked(ctx: Context, id: string) {
  const [row] = await approvalRows(ctx.db).where(eq(approval.id, id))
  if (!row) throw new ApiError(errors.APPROVAL_NOT_FOUND, { id })
  const { asker: by } = row
  return { row, askerRole: by?.is_active && by.gone === null ? by.role : null }
}

/** A SQL condition: an account is still active, in one of these roles. */
export const mayStill = ({ db }: Context, userId: number, roles: readonly (typeof accountRoles)[number][]) =>
  exists(
    db
      .select({ id: userTable.id })
      .from(userTable)
      .where(
        and(
          eq(userTable.id, userId),
          eq(userTable.is_active, true),
          isNull(userTable.deleted_at),
          inArray(userTable.role, [...roles]),
        ),
      ),
  )

/** For so long after it was opened, or given to others, an account is nobody of whom others know that it is a second person. */
const newMs = 7 * 24 * 60 * 60 * 1000

/** What of an account says whose it is, and whether it may decide. */
const telling = ['email', 'role', 'is_active', 'deleted_at']

/** A SQL condition: an account was neither opened within the last days, nor given another e-mail or role, nor closed and opened again. */
export function isEstablished({ db, now }: Context, userId: number) {
  const since = new Date(Date.parse(now) - newMs).toISOString()
  const changed = telling.map((field) => sql`${auditLog.changes} -> ${`$.${field}.old`} <> 'null'`)
  return and(
    exists(
      db
        .select({ id: userTable.id })
        .from(userTable)
        .where(and(eq(userTable.id, userId), lte(userTable.created_at, since))),
    ),
    notExists(
      db
        .select({ id: auditLog.id })
        .from(auditLog)
        .where(
          and(
            eq(auditLog.entity_type, 'user'),
            eq(auditLog.entity_id, String(userId)),
            gt(auditLog.at, since),
            or(...changed),
          ),
        ),
    ),
  )!
}

/** Throws APPROVAL_ACCOUNT_NEW for a caller who is not. */
export async function requireEstablished(ctx: Context): Promise<void> {
  const [found] = await ctx.db.select({ is: sql<number>`${isEstablished(ctx, ctx.actor.id!)}` }).from(sql`(select 1)`)
  if (!found!.is) throw new ApiError(errors.APPROVAL_ACCOUNT_NEW)
}
