import { and, desc, eq, exists, getTableColumns, inArray, isNull } from 'drizzle-orm'
import { alias } from 'drizzle-orm/sqlite-core'
import type { Context } from '#/platform/context.ts'
import type { Database } from '#/platform/database/connect.ts'
import { ApiError } from '#/platform/errors.ts'
import type { accountRoles, ApprovalState } from '#/platform/words.ts'
import { userTable } from '#/access/identity/table.ts'
import { errors } from './errors.ts'
import { approval } from './table.ts'

const shownAtOnce = 100

const asker = alias(userTable, 'asker')
const decider = alias(userTable, 'decider')

/** With the names of who asked and who decided. */
export const approvalRows = (db: Database) =>
  db
    .select({
      ...getTableColumns(approval),
      requested_by_name: asker.full_name,
      decided_by_name: decider.full_name,
      asker: { role: asker.role, is_active: asker.is_active, gone: asker.deleted_at },
    })
    .from(approval)
    .leftJoin(asker, eq(asker.id, approval.requested_by))
    .leftJoin(decider, eq(decider.id, approval.decided_by))
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
  return { items: status ? items.filter((one) => one.status === status) : items }
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
