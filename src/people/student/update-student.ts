import type * as z from 'zod'
import type { Context } from '#/platform/context.ts'
import { localDate } from '#/platform/clock.ts'
import { find, update } from '#/platform/database/write/entity.ts'
import { settle } from '#/platform/database/write/settle.ts'
import { studentGraduated, studentLeft } from './events.ts'
import { studentEntity } from './queries.ts'
import { hasLeft, requirePastDate } from './rules.ts'
import type { StudentChanges } from './schema.ts'

/** Changes some fields of a student. What leaving ends, the seats of open terms among it, goes in the same write; the answer lists it. */
export function updateStudent(ctx: Context, id: number, changes: z.output<typeof StudentChanges>) {
  const change = async () => {
    const student = await find(ctx, studentEntity, id)
    const { enrollment_date } = changes
    if (enrollment_date && enrollment_date !== student.enrollment_date) requirePastDate(enrollment_date, localDate(ctx))
    const events = eventsOf(id, student.status, changes.status ?? student.status)
    return { ended: [], ...(await update(ctx, studentEntity, student, changes, { events })) }
  }
  return changes.status === undefined ? change() : settle(change)
}

function eventsOf(student_id: number, before: string, now: string) {
  if (hasLeft(now) && !hasLeft(before)) return [studentLeft({ student_id })]
  if (now === 'graduated' && before !== now) return [studentGraduated({ student_id })]
  return []
}
