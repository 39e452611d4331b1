import type * as z from 'zod'
import type { Context } from '#/platform/context.ts'
import { find, update } from '#/platform/database/write/entity.ts'
import { courseChanged } from './events.ts'
import { courseEntity } from './queries.ts'
import type { CourseChanges } from './schema.ts'

/** Changes a course. What it is called and worth reaches the sections that nobody has sat in; the answer lists them. */
export async function updateCourse(ctx: Context, id: number, changes: z.output<typeof CourseChanges>) {
  const course = await find(ctx, courseEntity, id)
  const updated = await update(ctx, courseEntity, course, changes, { events: [courseChanged({ course_id: id })] })
  return { sections_updated: [], ...updated }
}
