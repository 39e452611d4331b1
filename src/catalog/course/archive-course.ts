import type { Context } from '#/platform/context.ts'
import { find, update } from '#/platform/database/write/entity.ts'
import { courseEntity } from './queries.ts'

/** Takes a course out of lists and out of use for new sections; what refers to it stays. Doing it twice changes nothing. */
export async function archiveCourse(ctx: Context, id: number) {
  const course = await find(ctx, courseEntity, id)
  return update(ctx, courseEntity, course, { archived_at: course.archived_at ?? ctx.now })
}

export const unarchiveCourse = async (ctx: Context, id: number) =>
  update(ctx, courseEntity, await find(ctx, courseEntity, id), { archived_at: null })
