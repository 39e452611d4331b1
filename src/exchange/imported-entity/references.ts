import { CourseInput } from '#/catalog/course/index.ts'
import { SectionInput } from '#/enrolling/section/index.ts'
import { StudentInput } from '#/people/student/index.ts'
import { TermInput } from '#/catalog/term/index.ts'
import type { Reference, Zeros } from './definition.ts'

const courseField = { course_code: CourseInput.shape.code }
const termField = { term_code: TermInput.shape.code }
export const studentField = { student_number: StudentInput.shape.student_number }
/** The fields of a file that name a course in a term, a section. */
export const courseTermFields = { ...courseField, ...termField }
export const sectionFields = { ...courseTermFields, section_number: SectionInput.shape.number }

const courseId = 'select id from live_course where code = {course_code}'
const termId = 'select id from live_term where code = {term_code}'

const zeros = Array.from({ length: 8 }, (_, more) => '0'.repeat(more + 1))

/** The key in `column` of a table, given in a field without the zeros that it begins with, as long as that is none itself. */
export function zerosLost(named: string, table: string, column: string, within = '1'): Zeros {
  const those = `select min(${column}) from live_${table} where ${within} and ${column}`
  const written = zeros.map((some) => `'${some}' || {${named}}`).join(', ')
  const select = `${those} in (${written}) and {${named}} not glob '*[^0-9]*' and (${those} = {${named}}) is null`
  return { field: named, select }
}

const courseZeros = zerosLost('course_code', 'course', 'code')
const termZeros = zerosLost('term_code', 'term', 'code')

export const course: Reference = { column: 'course_id', field: 'course_code', select: courseId, zeros: [courseZeros] }
export const term: Reference = { column: 'term_id', field: 'term_code', select: termId, zeros: [termZeros] }

const inTerm = `course_id = (${courseId}) and term_id = (${termId})`

export const section: Reference = {
  column: 'section_id',
  field: 'section_number',
  select: `select id from live_section where ${inTerm} and number = {section_number}`,
  zeros: [courseZeros, termZeros, zerosLost('section_number', 'section', 'number', inTerm)],
}

export const student: Reference = {
  column: 'student_id',
  field: 'student_number',
  select: 'select id from live_student where student_number = {student_number}',
  zeros: [zerosLost('student_number', 'student', 'student_number')],
}

export const program: Reference = {
  column: 'program_id',
  field: 'program_code',
  select: 'select id from live_program where code = {program_code}',
  isOptional: true,
  zeros: [zerosLost('program_code', 'program', 'code')],
}

/** SQL text: the value of a field as the row will have it, whether the file gives it or the row that is there has it. */
export const asItWillBe = (named: string, table: string, otherwise = 'null') =>
  `iif(json_type(import_row.content, '$.${named}') is not null, {${named}},
    coalesce((select ${named} from live_${table} where id = import_row.target_id), ${otherwise}))`
