import { and, eq } from 'drizzle-orm'
import type { Context } from '../../context.ts'
import { demandVersion, find } from '../../database/entity.ts'
import { expectChange, write, writtenId } from '../../database/write.ts'
import { ApiError } from '../../errors.ts'
import { judgeEnrollment, refusal } from './enroll-student.ts'
import { enrollmentEntity } from './queries.ts'
import { enrollmentTable } from './table.ts'

/** Moves a student to another section of the same course and term: one act, two rows. Either both change or neither. */
export async function transferEnrollment(ctx: Context, id: number, section_id: number) {
  const from = await find(ctx, enrollmentEntity, id)
  demandVersion(ctx, from)
  if (from.status !== 'enrolled') throw new ApiError('ENROLLMENT_ENDED', { status: from.status })
  const { section, term, refusals } = await judgeEnrollment(ctx, { section_id, student_id: from.student_id })
  if (section.course_id !== from.course_id || section.term_id !== from.term_id)
    throw new ApiError('TRANSFER_OTHER_COURSE')
  if (refusals.length > 0) throw refusal(ctx, refusals)
  const stamps = { created_at: ctx.now, updated_at: ctx.now }
  const { read } = await write(ctx, {
    change: ctx.db
      .insert(enrollmentTable)
      .values({ section_id, student_id: from.student_id, status: 'enrolled', enrolled_at: ctx.now, ...stamps }),
    audit: {
      entity: 'enrollment',
      changes: { section_id: { old: from.section_id, new: section_id }, from: { new: id } },
    },
    also: [
      ctx.db
        .update(enrollmentTable)
        .set({ status: 'dropped', ended_at: ctx.now, updated_at: ctx.now, version: from.version + 1 })
        .where(and(eq(enrollmentTable.id, id), eq(enrollmentTable.version, from.version))),
      expectChange(ctx),
    ],
    read: enrollmentEntity.rows(ctx.db).where(eq(enrollmentEntity.id, writtenId)),
    blame: { id: section_id, capacity: section.capacity, term_code: term.code },
  })
  return read[0]!
}
