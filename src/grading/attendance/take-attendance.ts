import { sql } from 'drizzle-orm'
import type * as z from 'zod'
import { type BulkOptions, planBulk } from '#/platform/bulk.ts'
import type { Context } from '#/platform/context.ts'
import { localDate } from '#/platform/clock.ts'
import { write } from '#/platform/database/write.ts'
import { ApiError } from '#/platform/errors.ts'
import { findRoster } from './queries.ts'
import { requireTaughtDate } from './rules.ts'
import type { AttendanceRoster } from './schema.ts'
import { attendanceTable } from './table.ts'
import { errors as assessmentErrors } from '#/grading/assessment/errors.ts'
import { errors } from './errors.ts'

type Roster = z.output<typeof AttendanceRoster>
type Item = Roster['records'][number]
type Hour = { section_id: number; date: string; period: number }

/** Records a whole roster for one hour in one transaction. Items that do not fit are reported by index; the others are written. */
export async function takeAttendance(
  ctx: Context,
  sectionId: number,
  { period, records, atomic, dry_run, ...given }: Roster & z.output<typeof BulkOptions>,
) {
  const today = localDate(ctx)
  const date = given.date ?? today
  const { section, students, known } = await findRoster(ctx, sectionId, { date, period })
  requireTaughtDate(date, today, section)
  const oldOf = new Map(known.map((row) => [row.student_id, row]))
  const firstOf = new Map(records.map(({ student_id }, index) => [student_id, index] as const).toReversed())
  const judgement = {
    problemOf: ({ student_id }: Item, index: number) => {
      if (!students.has(student_id)) return new ApiError(assessmentErrors.NOT_ENROLLED, { student_id })
      return firstOf.get(student_id) === index ? undefined : new ApiError(errors.ATTENDANCE_EXISTS)
    },
    oldOf: ({ student_id }: Item) => oldOf.get(student_id),
    isSame: (item: Item, old: Item) => item.status === old.status && item.note === old.note,
  }
  const { toWrite, report } = planBulk(records, judgement, { atomic, dry_run, language: ctx.language })
  if (toWrite.length > 0) {
    const items = toWrite.map(({ item }) => item)
    await write(ctx, {
      change: upsert(ctx, { section_id: sectionId, date, period }, items),
      audit: {
        entity: 'section',
        id: sectionId,
        changes: {
          date: { new: date },
          period: { new: period },
          records: { old: toWrite.map(({ old }) => old ?? null), new: items },
        },
      },
      blame: { ...section, date },
    })
  }
  return report
}

/** One statement for any number of students. A record that is there keeps its id. */
function upsert(ctx: Context, { section_id, date, period }: Hour, items: readonly Item[]) {
  const rows = items.map(({ student_id, status, note }) => [student_id, status, note])
  const select = sql`select null, ${section_id}, value ->> 0, ${date}, ${period}, value ->> 1, value ->> 2, ${ctx.actor.id},
    1, ${ctx.now}, ${ctx.now}, null from json_each(${JSON.stringify(rows)}) where true`
  return ctx.db
    .insert(attendanceTable)
    .select(select)
    .onConflictDoUpdate({
      target: [attendanceTable.section_id, attendanceTable.date, attendanceTable.period, attendanceTable.student_id],
      targetWhere: sql`deleted_at is null`,
      set: {
        status: sql`excluded.status`,
        note: sql`excluded.note`,
        recorded_by: sql`excluded.recorded_by`,
        version: sql`${attendanceTable.version} + 1`,
        updated_at: ctx.now,
      },
    })
}
