import { and, count, gte, lt, sql } from 'drizzle-orm'
import type { Context } from '#/platform/context.ts'
import { auditLog } from '#/platform/audit/table.ts'
import { insertFrom } from '#/platform/database/insert-from.ts'
import { dailyActivity } from './table.ts'

/** Days that one run counts; those that are left are counted by the next. */
const daysPerRun = 31

/**
 * Counts the audit rows of the days that are over (UTC), by day and action, from the day behind the last one counted. A day that is counted
 * again is the same. Returns how many rows of `daily_activity` there are of these days.
 */
export async function rollUpActivity({ db, now }: Pick<Context, 'db' | 'now'>): Promise<number> {
  const first = sql`(select substr(min(${auditLog.at}), 1, 10) from ${auditLog}
    where ${auditLog.at} >= coalesce((select date(max(${dailyActivity.day}), '+1 day') from ${dailyActivity}), ''))`
  const days = sql`select ${first} as first, min(${now.slice(0, 10)}, date(${first}, ${`+${daysPerRun} days`})) as until`
  const { first: from, until } = await db.get<{ first: string | null; until: string | null }>(days)
  if (from === null || until === null) return 0
  const day = sql`substr(${auditLog.at}, 1, 10)`
  const { action, success } = auditLog
  const counts = { day, action: sql`${action}`, done: sql`sum(${success})`, refused: sql`sum(1 - ${success})` }
  const over = sql`${auditLog} where ${auditLog.at} >= ${from} and ${auditLog.at} < ${until} group by ${day}, ${action}`
  // The number is read, not returned by the insert, whose answer may be lost when it was committed.
  const [, [counted]] = await db.batch([
    insertFrom({ db }, dailyActivity, counts, over).onConflictDoUpdate({
      target: [dailyActivity.day, dailyActivity.action],
      set: { done: sql`excluded.done`, refused: sql`excluded.refused` },
    }),
    db
      .select({ rows: count() })
      .from(dailyActivity)
      .where(and(gte(dailyActivity.day, from), lt(dailyActivity.day, until))),
  ])
  return counted!.rows
}
