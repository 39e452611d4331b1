import { sql } from 'drizzle-orm'
import type { Context } from '#/platform/context.ts'
import type { Database } from '#/platform/database/connect.ts'
import { insertFrom } from '#/platform/database/insert-from.ts'
import { rowCount } from '#/platform/database/tables.ts'

/** Tables that lists show and that grow, with the rows of each that count: triggers keep their number in `row_count`. */
const counted = {
  student: 'live_student',
  user: 'live_user',
  application: 'live_application',
  section: 'live_section',
  enrollment: 'live_enrollment',
  assessment: 'live_assessment',
  score: 'live_score',
  result: 'live_result',
  attendance: 'live_attendance',
  service_request: 'live_service_request',
  audit_log: 'audit_log',
  transcript_job: 'transcript_job',
} as const
export type CountedTable = keyof typeof counted

/** Counts the tables that are not in `row_count`, as after a restore. Each is one statement, which no write comes between. Returns how many. */
export async function countRows({ db }: Context): Promise<number> {
  const names = Object.keys(counted) as CountedTable[]
  const known = await db.select({ name: rowCount.counted }).from(rowCount)
  const missing = names.filter((name) => known.every((one) => one.name !== name))
  const [first, ...rest] = missing.map((name) => counting(db, name))
  if (first) await db.batch([first, ...rest])
  return missing.length
}

const counting = (db: Database, name: CountedTable) =>
  insertFrom(
    { db },
    rowCount,
    { counted: name, rows: sql`count(*)` },
    sql`${sql.identifier(counted[name])} where true`,
  ).onConflictDoNothing()
