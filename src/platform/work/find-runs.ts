import { and, asc, eq, isNull, lt, ne } from 'drizzle-orm'
import type { Context } from '#/platform/context.ts'
import type { Run, WorkKind } from './kind.ts'

const runsAtOnce = 50

export async function findRun<R extends Run>({ table }: WorkKind<R>, { db }: Context, id: string) {
  const [run] = await db.select().from(table).where(eq(table.id, id))
  return run as R | undefined
}

/** Runs that nobody has worked on for too long, although there is more to do. */
export const findStranded = async <R extends Run>(kind: WorkKind<R>, ctx: Context) =>
  (await ctx.db
    .select()
    .from(kind.table)
    .where(and(busy(kind), lt(kind.table.updated_at, strandedBefore(kind, ctx))))
    .orderBy(asc(kind.table.updated_at))
    .limit(runsAtOnce)) as R[]

/** What `isBusy` says, for the database. */
export const busy = <R extends Run>({ table, resting }: Pick<WorkKind<R>, 'table' | 'resting'>) =>
  and(
    isNull(table.finished_at),
    resting && ne((table as unknown as Record<string, typeof table.id>)[resting.column]!, resting.word),
  )

export const strandedBefore = <R extends Run>({ strandedMs }: WorkKind<R>, { now }: Context) =>
  new Date(Date.parse(now) - strandedMs).toISOString()
