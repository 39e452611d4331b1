import { isNull, sql } from 'drizzle-orm'
import type * as z from 'zod'
import { type BulkOptions, planBulk } from '#/platform/bulk.ts'
import type { Context } from '#/platform/context.ts'
import { localDate } from '#/platform/clock.ts'
import { insertMany } from '#/platform/database/insert-many.ts'
import { derivedOf } from '#/platform/database/write/derived.ts'
import { settle } from '#/platform/database/write/settle.ts'
import { write } from '#/platform/database/write/write.ts'
import { ApiError } from '#/platform/errors.ts'
import { attendanceEntity } from './queries.ts'
import { outsideOf, requireTaughtDate } from './rules.ts'
import type { AttendanceRoster } from './schema.ts'
import { findRoster } from './section-queries.ts'
import { attendanceTable } from './table.ts'
import { errors as assessmentErrors } from '#/grading/assessment/errors.ts'
import { errors as resultErrors } from '#/grading/result/errors.ts'
import { errors } from './errors.ts'

type Roster = z.output<typeof AttendanceRoster>
type Item = Roster['records'][number]
type Hour = { section_id: number; date: string; period: number }

type Wish = Roster & z.output<typeof BulkOptions>

/**
 * Records a whole roster for one hour in one transaction. Items that do not fit are reported by index; the others are written. When somebody's days
 * in the section change meanwhile, or a result becomes official, all is looked at again.
 */
export const takeAttendance = (ctx: Context, sectionId: number, wish: Wish) =>
  settle(() => takeOnce(ctx, sectionId, wish), [errors.ATTENDANCE_OUTSIDE_MEMBERSHIP, resultErrors.RESULT_OFFICIAL])

async function takeOnce(ctx: Context, sectionId: number, { period, records, atomic, dry_run, ...given }: Wish) {
  const today = localDate(ctx)
  const date = given.date ?? today
  const { section, seats, known, official } = await findRoster(ctx, sectionId, { date, period })
  requireTaughtDate(date, today, section)
  const seatsOf = Map.groupBy(seats, ({ student_id }) => student_id)
  const oldOf = new Map(known.map((row) => [row.student_id, row]))
  const isSame = (item: Item, old: Item) => item.status === old.status && item.note === old.note
  const isThere = (item: Item) => {
    const old = oldOf.get(item.student_id)
    return old !== undefined && isSame(item, old)
  }
  const judgement = {
    problemOf: (item: Item) => {
      const { student_id } = item
      if (official.has(student_id) && !isThere(item)) return new ApiError(resultErrors.RESULT_OFFICIAL)
      const own = seatsOf.get(student_id)
      if (!own) return new ApiError(assessmentErrors.NOT_ENROLLED, { student_id })
      return outsideOf(own, date, section)
    },
    oldOf: ({ student_id }: Item) => oldOf.get(student_id),
    isSame,
  }
  const { toWrite, report } = planBulk(records, judgement, { atomic, dry_run, language: ctx.language })
  if (toWrite.length > 0) {
    const items = toWrite.map(({ item }) => item)
    await write(ctx, {
      change: upserting(ctx, { section_id: sectionId, date, period }, items),
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

/** A record that is there keeps its id. */
const upserting = (ctx: Context, hour: Hour, items: readonly Item[]) =>
  insertMany(
    ctx,
    attendanceTable,
    items.map(({ student_id, status, note }) => ({
      ...hour,
      student_id,
      status,
      note,
      ...derivedOf(attendanceEntity, { note }, ctx.settings),
      recorded_by: ctx.actor.id,
      created_at: ctx.now,
      updated_at: ctx.now,
    })),
    {
      onConflict: {
        target: ['section_id', 'date', 'period', 'student_id'],
        where: isNull(attendanceTable.deleted_at),
        update: ['status', 'note', 'search_text', 'recorded_by', 'updated_at'],
        set: { version: sql`${attendanceTable.version} + 1` },
      },
    },
  )
