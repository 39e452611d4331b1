import { and, desc, eq, isNull, lt } from 'drizzle-orm'
import type { Context } from '#/platform/context.ts'
import { brokenConstraint } from '#/platform/database/constraints.ts'
import { write } from '#/platform/database/write.ts'
import type { Progress } from './progress.ts'
import { backupRun, type Run } from './table.ts'

/** The message that has the queue work on a run. */
export const workMessage = (run_id: string) => ({ type: 'backup.work', run_id })

/** Begins a run and leaves it to the queue. Throws BACKUP_UNDER_WAY when another one has not ended. */
export async function startRun(ctx: Context, of: Pick<Run, 'task' | 'name'>, progress: Progress): Promise<Run> {
  const row = { ...of, id: ctx.newId(), progress, requested_by: ctx.actor.id, created_at: ctx.now, updated_at: ctx.now }
  const { read } = await write(ctx, {
    change: ctx.db.insert(backupRun).values(row),
    audit: { entity: 'backup', id: of.name },
    outbox: [workMessage(row.id)],
    read: ctx.db.select().from(backupRun).where(eq(backupRun.id, row.id)),
  })
  return read![0]!
}

export const findRun = async (ctx: Context, id: string): Promise<Run | undefined> =>
  (await ctx.db.select().from(backupRun).where(eq(backupRun.id, id)))[0]

/** The latest runs, of one backup or of all, newest first. */
export const latestRuns = (ctx: Context, name?: string) =>
  ctx.db
    .select()
    .from(backupRun)
    .where(name === undefined ? undefined : eq(backupRun.name, name))
    .orderBy(desc(backupRun.created_at))
    .limit(20)

/** Runs under way that nobody has worked on since. */
export const idleRuns = (ctx: Context, since: string) =>
  ctx.db
    .select()
    .from(backupRun)
    .where(and(isNull(backupRun.finished_at), lt(backupRun.updated_at, since)))

/** How a run ends; null: it goes on. */
export type Ending = { error_code: string | null; error_where: string | null } | null

interface Saved {
  progress: Progress
  rows: number
  ending?: Ending
}

/**
 * One batch: what a step did to the database, and where the run stands then. Fails as a whole when somebody else did the same step
 * (`isOvertaken`).
 */
export async function saveStep(
  d1: D1DatabaseSession,
  run: Run,
  { progress, rows, ending = null }: Saved,
  work: readonly D1PreparedStatement[] = [],
): Promise<Run> {
  const now = new Date().toISOString()
  const changes = {
    progress,
    rows,
    step: run.step + 1,
    updated_at: now,
    ...(ending ? { ...ending, finished_at: now } : {}),
  }
  await d1.batch([
    d1
      .prepare(
        `update backup_run set progress = ?, rows = ?, step = ?, updated_at = ?, error_code = ?, error_where = ?, finished_at = ?
         where id = ? and step = ? and finished_at is null`,
      )
      .bind(
        JSON.stringify(progress),
        rows,
        run.step + 1,
        now,
        ending?.error_code ?? null,
        ending?.error_where ?? null,
        ending ? now : null,
        run.id,
        run.step,
      ),
    d1.prepare('insert into expect_write select 0 where not (changes() > 0)'),
    ...work,
  ])
  return { ...run, ...changes }
}

/** Fails the batch with `isOvertaken` when the run has moved on. */
export const unlessOvertaken = (d1: D1DatabaseSession, { id, step }: Run) =>
  d1
    .prepare(
      `insert into expect_write select 0
       where not exists (select 1 from backup_run where id = ? and step = ? and finished_at is null)`,
    )
    .bind(id, step)

export const isOvertaken = (error: unknown) => brokenConstraint(error) === 'write_expected'
