import { CourseInput } from '#/catalog/course/index.ts'
import { SectionInput } from '#/enrolling/section/index.ts'
import { StudentInput } from '#/people/student/index.ts'
import { TermInput } from '#/catalog/term/index.ts'
import type { Reference } from './definition.ts'

const courseField = { course_code: CourseInput.shape.code }
const termField = { term_code: TermInput.shape.code }
export const studentField = { student_number: StudentInput.shape.student_number }
/** The fields of a file that name a course in a term, a section. */
export const courseTermFields = { ...courseField, ...termField }
export const sectionFields = { ...courseTermFields, section_number: SectionInput.shape.number }

const courseId = 'select id from live_course where code = {course_code}'
const termId = 'select id from live_term where code = {term_code}'

export const course: Reference = { column: 'course_id', field: 'course_code', select: courseId }
export const term: Reference = { column: 'term_id', field: 'term_code', select: termId }

export const section: Reference = {
  column: 'section_id',
  field: 'section_number',
  select: `select id from live_section where course_id = (${courseId}) and term_id = (${termId}) and number = {section_number}`,
}

export const student: Reference = {
  column: 'student_id',
  field: 'student_number',
  select: 'select id from live_student where student_number = {student_number}',
}

export const program: Reference = {
  column: 'program_id',
  field: 'program_code',
  select: 'select id from live_program where code = {program_code}',
  isOptional: true,
}
