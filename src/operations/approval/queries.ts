import { accountName } from '#/access/identity/table.ts'
import { whole } from '#/platform/database/list/whole.ts'
import { and, desc, eq, exists, getTableColumns, inArray, isNull } from 'drizzle-orm'
import type { Context } from '#/platform/context.ts'
import { ApiError } from '#/platform/errors.ts'
import type { accountRoles, ApprovalState } from '#/platform/words.ts'
import { userTable } from '#/access/identity/table.ts'
import { errors } from './errors.ts'
import { approval } from './table.ts'

const shownAtOnce = 100

const fields = {
  ...getTableColumns(approval),
  requested_by_name: accountName(approval.requested_by).as('requested_by_name'),
  decided_by_name: accountName(approval.decided_by).as('decided_by_name'),
}
/** Approvals with the names of who asked and who decided. */
export const approvals = (db: Context['db']) => db.select(fields).from(approval).$dynamic()

type Row = Awaited<ReturnType<typeof approvals>>[number]

/** An approval as the API shows it. One whose time is over has lapsed, whether or not that is written down. */
export const shownApproval = ({ now }: Pick<Context, 'now'>, row: Row) => ({
  ...row,
  status: row.status === 'pending' && row.expires_at <= now ? ('expired' as const) : row.status,
})

/** The latest, newest first. */
export async function findApprovals(ctx: Context, { status }: { status?: ApprovalState | undefined }) {
  const rows = await approvals(ctx.db).orderBy(desc(approval.requested_at)).limit(shownAtOnce)
  const items = rows.map((row) => shownApproval(ctx, row))
  return whole(status ? items.filter((one) => one.status === status) : items)
}

/** Throws APPROVAL_NOT_FOUND. */
export async function findApproval(ctx: Context, id: string) {
  return shownApproval(ctx, (await findAsked(ctx, id)).row)
}

/** An approval, and the role of who asked; null where that account is gone or deactivated. Throws APPROVAL_NOT_FOUND. */
export async function findAsked(ctx: Context, id: string) {
  const [found] = await ctx.db
    .select({
      row: fields,
      asker: { role: userTable.role, is_active: userTable.is_active, gone: userTable.deleted_at },
    })
    .from(approval)
    .leftJoin(userTable, eq(userTable.id, approval.requested_by))
    .where(eq(approval.id, id))
  if (!found) throw new ApiError(errors.APPROVAL_NOT_FOUND, { id })
  const { row, asker } = found
  return { row, askerRole: asker?.is_active && asker.gone === null ? asker.role : null }
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
