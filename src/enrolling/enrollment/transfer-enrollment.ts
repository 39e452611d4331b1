import { and, eq } from 'drizzle-orm'
import type { Context } from '#/platform/context.ts'
import { demandVersion, find } from '#/platform/database/write/entity.ts'
import { expectChange } from '#/platform/database/write/guards.ts'
import { settle } from '#/platform/database/write/settle.ts'
import { write } from '#/platform/database/write/write.ts'
import { writtenId } from '#/platform/audit/written-id.ts'
import { ApiError } from '#/platform/errors.ts'
import { seatFreed } from './events.ts'
import { endedRefusal, refuse } from '#/enrolling/departure/index.ts'
import {
  blameOf,
  endedMembership,
  enrollmentTable,
  judgePlace,
  overridesUsed,
  refusal,
} from '#/enrolling/seat/index.ts'
import { enrollmentEntity } from './queries.ts'
import { errors } from './errors.ts'

/**
 * Moves a student to another section of the same course and term: one act, two rows. Either both change or neither.
 */
export const transferEnrollment = (ctx: Context, id: number, section_id: number) =>
  settle(async () => {
    const from = await find(ctx, enrollmentEntity, id)
    demandVersion(ctx, from)
    const ended = endedRefusal(from)
    if (ended) return refuse(ctx, from, ended)
    const { student_id } = from
    const { section, refusals, overrides, stillTrue } = await judgePlace(ctx, { section_id, student_id, swap: true })
    if (section.course_id !== from.course_id || section.term.id !== from.term_id)
      return refuse(ctx, from, new ApiError(errors.TRANSFER_OTHER_COURSE))
    if (refusals.length > 0) return refuse(ctx, from, refusal(ctx, refusals))
    const stamps = { created_at: ctx.now, updated_at: ctx.now }
    const { read } = await write(ctx, {
      before: [
        ctx.db
          .update(enrollmentTable)
          .set({
            status: 'dropped',
            ended_at: ctx.now,
            ...endedMembership(ctx, from),
            updated_at: ctx.now,
            version: from.version + 1,
          })
          .where(and(eq(enrollmentTable.id, id), eq(enrollmentTable.version, from.version))),
        expectChange(ctx),
      ],
      change: ctx.db.insert(enrollmentTable).values({
        section_id,
        student_id,
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
      },
      also: [stillTrue],
      events: [seatFreed({ section_id: from.section_id })],
      read: enrollmentEntity.rows(ctx.db).where(eq(enrollmentEntity.id, writtenId)),
      blame: blameOf(section),
    })
    return read[0]!
  })
