import { and, eq, sql } from 'drizzle-orm'
import type { Context } from '#/platform/context.ts'
import { demandVersion, find } from '#/platform/database/write/entity.ts'
import { expectChange } from '#/platform/database/write/guards.ts'
import { settle } from '#/platform/database/write/settle.ts'
import { write } from '#/platform/database/write/write.ts'
import { readWritten } from '#/platform/database/write/read-back.ts'
import { ApiError } from '#/platform/errors.ts'
import { seatFreed } from './events.ts'
import { endedRefusal, refuse } from '#/enrolling/departure/index.ts'
import {
  blameOf,
  carriedWork,
  endedMembership,
  enrollmentTable,
  judgePlace,
  overridesUsed,
  refusal,
  placesOf,
  tellingCarried,
  tellingEnded,
  tellingReplaced,
} from '#/enrolling/seat/index.ts'
import { many } from '#/platform/database/in-many.ts'
import { enrollmentEntity } from './queries.ts'
import { errors } from './errors.ts'
import { rehearse, toldOf, workCome } from './transfer-work.ts'

interface Wish {
  section_id: number
  /** Look and tell, but write nothing. */
  dry_run?: boolean
}

/**
 * Moves a student to another section of the same course and term, with their work: one act, two rows. Either both change or neither. What is
 * carried is for a trigger of the database, `enrollment_carries_work`.
 */
export const transferEnrollment = (ctx: Context, id: number, { section_id, dry_run = false }: Wish) =>
  settle(async () => {
    const from = await find(ctx, enrollmentEntity, id)
    demandVersion(ctx, from)
    const ended = endedRefusal(from)
    if (ended) return refuse(ctx, from, ended)
    const place = { section_id, student_id: from.student_id }
    const { section, refusals, overrides, stillTrue } = await judgePlace(ctx, { ...place, swap: true })
    if (section.course_id !== from.course_id || section.term.id !== from.term_id)
      return refuse(ctx, from, new ApiError(errors.TRANSFER_OTHER_COURSE))
    if (refusals.length > 0) return refuse(ctx, from, refusal(ctx, refusals))
    if (dry_run) return { ...from, dry_run, ...(await rehearse(ctx, place)) }
    const stamps = { created_at: ctx.now, updated_at: ctx.now }
    const { read, answers } = await write(ctx, {
      before: [
        tellingReplaced(ctx, placesOf([place]), { isAhead: true }),
        ctx.db
          .update(enrollmentTable)
          .set({
            status: 'dropped',
            end_reason: 'transferred',
            ended_at: ctx.now,
            ...endedMembership(ctx, from),
            updated_at: ctx.now,
            version: from.version + 1,
          })
          .where(and(eq(enrollmentTable.id, id), eq(enrollmentTable.version, from.version))),
        expectChange(ctx),
      ],
      change: ctx.db.insert(enrollmentTable).values({
        ...place,
        status: 'enrolled',
        enrolled_at: ctx.now,
        // The days in the old section are kept, as is what was recorded of them.
        member_from: from.member_from,
        ...stamps,
      }),
      audit: {
        entity: 'enrollment',
        changes: {
          section_id: { old: from.section_id, new: section_id },
          from: { new: id },
          ...overridesUsed(overrides),
        },
        named: [carriedNow(ctx, place)],
      },
      also: [tellingEnded(ctx, many([id])), tellingCarried(ctx, placesOf([place])), stillTrue],
      events: [seatFreed({ section_id: from.section_id })],
      asks: workCome(ctx, place, ctx.now),
      read: readWritten(ctx, enrollmentEntity),
      blame: { ...blameOf(section), ...place },
    })
    return { ...read[0]!, dry_run, ...toldOf(answers) }
  })

/** How much was carried, for the audit row. */
const carriedNow = ({ now }: Context, { section_id, student_id }: { section_id: number; student_id: number }) =>
  sql`json_object('carried', json_object('new', (select json_object(
      'scores', coalesce(sum(${carriedWork.kind} = 'score'), 0), 'attendance', coalesce(sum(${carriedWork.kind} = 'attendance'), 0))
    from ${carriedWork}
    where ${carriedWork.student_id} = ${student_id} and ${carriedWork.section_id} = ${section_id} and ${carriedWork.updated_at} >= ${now})))`
