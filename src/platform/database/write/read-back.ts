import { eq, sql } from 'drizzle-orm'
import type { SQLiteSelect } from 'drizzle-orm/sqlite-core'
import { writtenId } from '#/platform/audit/written-id.ts'
import type { Context } from '#/platform/context.ts'
import type { Given } from '#/platform/database/kept/given.ts'
import { kept } from '#/platform/database/kept/statement.ts'
import type { Entity, Table } from './entity-types.ts'

type Rows<T extends Table, Shown extends SQLiteSelect> = Pick<Entity<T, Shown>, 'rows' | 'id'>

/** A row of an entity as it is after the write, in whose batch it is read. */
export const readBack = <T extends Table, Shown extends SQLiteSelect>(
  ctx: Pick<Context, 'db'>,
  of: Rows<T, Shown>,
  id: number,
) => readerOf(of)(ctx, { id }, 'named') as Shown

/** The same for the row that the write inserted. */
export const readWritten = <T extends Table, Shown extends SQLiteSelect>(
  ctx: Pick<Context, 'db'>,
  of: Rows<T, Shown>,
) => readerOf(of)(ctx, { id: null }, 'written') as Shown

type Reader = ReturnType<typeof reader>
const readers = new WeakMap<object, Reader>()

function readerOf<T extends Table, Shown extends SQLiteSelect>(of: Rows<T, Shown>): Reader {
  const known = readers.get(of.rows) ?? reader(of as unknown as Rows<Table, SQLiteSelect>)
  readers.set(of.rows, known)
  return known
}

const reader = (of: Rows<Table, SQLiteSelect>) =>
  kept(({ db }, { id }: Given<'id'>, variant) =>
    of.rows(db).where(variant === 'written' ? eq(of.id, writtenId) : sql`${of.id} = ${id}`),
  )
