import type * as z from 'zod'
import type { Context } from '#/platform/context.ts'
import { find, update } from '#/platform/database/write/entity.ts'
import { courseChanged } from './events.ts'
import { courseEntity } from './queries.ts'
import type { AttendanceRule, CourseChanges } from './schema.ts'

/** Changes a course, of its rule of attendance what is given. What it is called and worth reaches the sections that nobody has sat in; the answer lists them. */
export async function updateCourse(
  ctx: Context,
  id: number,
  { attendance_rule: rule, ...changes }: z.output<typeof CourseChanges>,
) {
  const course = await find(ctx, courseEntity, id)
  const given = {
    ...changes,
    ...(rule && { attendance_rule: { ...course.attendance_rule, ...rule } as AttendanceRule }),
  }
  const updated = await update(ctx, courseEntity, course, given, { events: [courseChanged({ course_id: id })] })
  return { sections_updated: [], ...updated }
}
