import { shown } from '../../database/columns.ts'
import type { Database } from '../../database/connect.ts'
import { entity } from '../../database/entity.ts'
import { byId, byNumber, byText } from '../../database/filters.ts'
import { list } from '../../database/list.ts'
import { course, courseTable } from './table.ts'

const fields = shown(course)
const rows = (db: Database) => db.select(fields).from(course).$dynamic()

export const courseEntity = entity({
  name: 'course',
  table: courseTable,
  rows,
  id: course.id,
  notFound: 'COURSE_NOT_FOUND',
  findable: ({ code, title, title_el }) => [code, title, title_el],
})

export const courseList = list({
  rows,
  id: course.id,
  search: course.search_text,
  orderings: {
    id: course.id,
    code: course.code,
    title: course.title,
    credits: course.credits,
    created_at: course.created_at,
  },
  defaultOrdering: 'code',
  filters: { code: byText(course.code), program_id: byId(course.program_id), credits: byNumber(course.credits) },
})
