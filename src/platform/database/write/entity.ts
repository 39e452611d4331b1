import { and, eq, isNotNull, isNull, type SQL, sql } from 'drizzle-orm'
import type { SQLiteSelect } from 'drizzle-orm/sqlite-core'
import type { Context } from '#/platform/context.ts'
import { ApiError, type Params } from '#/platform/errors.ts'
import { differences } from './differences.ts'
import { atRest } from '#/platform/database/columns.ts'
import { derivedOf } from './derived.ts'
import { readRows, selecting, selectingOne } from '#/platform/database/read-rows.ts'
import { scope } from '#/platform/database/scope.ts'
import type { Entity, Given, RowOf, Table, Values } from './entity-types.ts'
import type { Changes } from '#/platform/audit/table.ts'
import type { Message } from '#/platform/queue/message.ts'
import type { Statement } from '#/platform/database/statement.ts'
import type { Happening } from '#/platform/events/event.ts'
import { readBack, readWritten } from './read-back.ts'
import { namingHolder } from './taken.ts'
import { write } from './write.ts'
import { sharedErrors } from '#/platform/shared-errors.ts'

export const entity = <T extends Table, Rows extends SQLiteSelect>(definition: Entity<T, Rows>) => definition

/** One live row that the caller may see. Throws the entity's own not-found error. */
export async function find<T extends Table, Rows extends SQLiteSelect>(ctx: Context, of: Entity<T, Rows>, id: number) {
  const own = of.visible?.(ctx)
  const one = own
    ? selecting(ctx.db, of.rows, { where: and(eq(of.id, id), own) })
    : selectingOne(ctx.db, of.rows, of.id, id)
  const [row] = await readRows(ctx.db, one)
  if (!row) throw new ApiError(of.notFound, { id })
  return row as RowOf<Rows>
}

/** What else a write does and tells. */
interface More {
  before?: readonly Statement[]
  also?: readonly Statement[]
  /** More for the audit row. */
  changes?: Changes
  events?: readonly Happening[]
  /** What else the answer is to tell, by the names for it. */
  asks?: Readonly<Record<string, Statement>>
}

interface Changing<T extends Table> extends More {
  reason?: string | undefined
  outbox?: readonly Message[]
  /** Whose change it is: goes with one, and is none itself. */
  by?: Given<T>
}

interface Additions extends More {
  /** Fills the text of errors that broken constraints raise; the values themselves by default. */
  blame?: Params
  /** More for the audit row that only the database knows by then: JSON objects. */
  named?: readonly SQL[]
}

/** Inserts a row and answers it as `rows` shows it. */
export async function insert<T extends Table, Rows extends SQLiteSelect>(
  ctx: Context,
  of: Entity<T, Rows>,
  values: Values<T>,
  { blame = values as Params, changes = {}, named = [], ...more }: Additions = {},
) {
  const row = {
    ...values,
    ...derivedOf(of, values, ctx.settings),
    ...(of.stamp && { [of.stamp]: ctx.now }),
    created_at: ctx.now,
    updated_at: ctx.now,
  } as T['$inferInsert']
  const written = await write(ctx, {
    change: ctx.db.insert(of.table).values(atRest(of.table, row)),
    audit: { entity: of.name, changes: { ...differences({}, values), ...changes }, named },
    ...more,
    read: readWritten(ctx, of),
    blame,
  }).catch(namingHolder(ctx, of, values))
  return answered<RowOf<Rows>>(written)
}

/** Changes the given fields of a visible row, unless someone else changed it since it was read. Equal values write nothing. */
export async function update<T extends Table, Rows extends SQLiteSelect>(
  ctx: Context,
  of: Entity<T, Rows>,
  row: RowOf<Rows>,
  values: Given<T>,
  { reason, changes: further = {}, by = {}, ...more }: Changing<T> = {},
) {
  demandVersion(ctx, row)
  const wanted = given(values)
  if (!isChanged(row, wanted)) return row
  const all = { ...wanted, ...by }
  const changes = differences(row, all)
  const derived = derivedOf(of, { ...row, ...all }, ctx.settings)
  const stamped = of.stamp ? { [of.stamp]: ctx.now } : {}
  const set = { ...all, ...derived, ...stamped, version: row.version + 1, updated_at: ctx.now }
  const written = await write(ctx, {
    change: ctx.db
      .update(of.table)
      .set(atRest(of.table, set) as T['$inferInsert'])
      .where(unchanged(of, row)),
    audit: { entity: of.name, id: row.id, changes: { ...changes, ...further }, reason },
    ...more,
    read: readBack(ctx, of, row.id),
    blame: { ...row, ...all } as Params,
  }).catch(namingHolder(ctx, of, { ...row, ...all }))
  return answered<RowOf<Rows>>(written)
}

const given = (values: object) => Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined))

/** Whether some of the given values are other than those of the row. */
export const isChanged = (row: object, values: object): boolean =>
  Object.keys(differences(row, given(values))).length > 0

/** Hides a row from every reader; `restore` brings it back. */
export async function softDelete<T extends Table, Rows extends SQLiteSelect>(
  ctx: Context,
  of: Entity<T, Rows>,
  id: number,
  also: readonly Statement[] = [],
) {
  await softDeleteRow(ctx, of, await find(ctx, of, id), { also })
}

/** The same for a row that has been read. */
export async function softDeleteRow<T extends Table, Rows extends SQLiteSelect>(
  ctx: Context,
  of: Entity<T, Rows>,
  row: RowOf<Rows>,
  { changes = {}, ...more }: More = {},
) {
  demandVersion(ctx, row)
  await write(ctx, {
    change: ctx.db
      .update(of.table)
      .set({ deleted_at: ctx.now, version: row.version + 1 } as T['$inferInsert'])
      .where(unchanged(of, row)),
    audit: {
      entity: of.name,
      id: row.id,
      changes: { deleted_at: { old: null, new: ctx.now }, ...changes },
    },
    ...more,
    blame: row as Params,
  })
}

/** Brings a deleted row back. Throws ROW_NOT_DELETED where it is there, not found where nothing is. `blame` is more for texts of errors, `more` for the batch. */
export async function restore<T extends Table, Rows extends SQLiteSelect>(
  ctx: Context,
  of: Entity<T, Rows>,
  id: number,
  blame: Params = {},
  { changes = {}, ...more }: Pick<More, 'before' | 'also' | 'changes' | 'asks'> = {},
) {
  const { table } = of
  const own = of.restorable ? of.restorable(ctx) : scope(ctx, {})
  const [deleted] = await ctx.db
    .select()
    .from(table)
    .where(and(eq(table.id, id), isNotNull(table.deleted_at), own))
  if (!deleted) {
    await find(ctx, of, id)
    throw new ApiError(sharedErrors.ROW_NOT_DELETED)
  }
  demandVersion(ctx, deleted as unknown as { version: number })
  const written = await write(ctx, {
    change: ctx.db
      .update(table)
      .set({ deleted_at: null, version: sql`${table.version} + 1`, updated_at: ctx.now } as T['$inferInsert'])
      .where(and(eq(table.id, id), isNotNull(table.deleted_at))),
    audit: { entity: of.name, id, changes: { deleted_at: { old: deleted.deleted_at, new: null }, ...changes } },
    ...more,
    read: readBack(ctx, of, id),
    blame: { ...(deleted as Params), ...blame },
  }).catch(namingHolder(ctx, of, deleted))
  return answered<RowOf<Rows>>(written)
}

/** Throws 412 when the caller sent `If-Match` for another version than the one that is there. */
export function demandVersion(ctx: Context, row: { version: number }) {
  if (Array.isArray(ctx.ifMatch) && !ctx.ifMatch.includes(row.version))
    throw new ApiError(sharedErrors.PRECONDITION_FAILED)
}

/** The row as it was read, with what subscribers and `asks` add to the answer. */
const answered = <Row>({ read, answers }: { read: unknown; answers: object }): Row => ({
  ...(read as [Row])[0],
  ...answers,
})

const unchanged = <T extends Table, Rows extends SQLiteSelect>(
  { table }: Entity<T, Rows>,
  row: { id: number; version: number },
) => and(eq(table.id, row.id), eq(table.version, row.version), isNull(table.deleted_at))
