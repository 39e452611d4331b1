import { find, insert, restore, softDelete, update } from '../../database/entity.ts'
import { resource } from '../../http/resource.ts'
import { courseEntity, courseList } from './queries.ts'
import { Course, CourseChanges, CourseInput } from './schema.ts'

export const courseEndpoints = resource({
  noun: 'course',
  names: ['Course', 'Courses'],
  path: '/courses',
  row: Course,
  query: courseList.query,
  input: CourseInput,
  changes: CourseChanges,
  notFound: 'COURSE_NOT_FOUND',
  errors: { write: ['COURSE_CODE_TAKEN', 'COURSE_PROGRAM_NOT_FOUND'], delete: ['COURSE_IN_USE'] },
  list: courseList.page,
  get: (ctx, id) => find(ctx, courseEntity, id),
  create: (ctx, input) => insert(ctx, courseEntity, input),
  update: async (ctx, id, changes) => update(ctx, courseEntity, await find(ctx, courseEntity, id), changes),
  remove: (ctx, id) => softDelete(ctx, courseEntity, id),
  restore: (ctx, id) => restore(ctx, courseEntity, id),
})
