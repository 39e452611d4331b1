import { CourseInput } from '#/catalog/course/index.ts'
import { SectionInput } from '#/enrolling/section/index.ts'
import { StudentInput } from '#/people/student/index.ts'
import { TermInput } from '#/catalog/term/index.ts'
import { keyColumns } from '#/platform/database/write/derived.ts'
import type { Phrase } from '#/platform/errors.ts'
import { resultErrors } from '#/grading/result/index.ts'
import type { Check, Reference, Zeros } from './definition.ts'

const courseField = { course_code: CourseInput.shape.code }
const termField = { term_code: TermInput.shape.code }
export const studentField = { student_number: StudentInput.shape.student_number }
/** The fields of a file that name a course in a term, a section. */
export const courseTermFields = { ...courseField, ...termField }
/** In files the first section needs no number. */
export const sectionNumber = SectionInput.shape.number.unwrap().default('1')
export const sectionFields = { ...courseTermFields, section_number: sectionNumber }

/** The fields of those that tell which section a row is of. */
export const inSection = Object.keys(sectionFields)

/** Selects the row that people mean by an identifier: of several alike (there before they had to differ) the one that is written so. */
const meant = (table: string, column: keyof typeof keyColumns, field: string) =>
  `select id from ${table} where ${keyColumns[column]} = {${field}_key} order by ${column} = {${field}} desc, id limit 1`

const courseId = meant('live_course', 'code', 'course_code')
const termId = meant('live_term', 'code', 'term_code')

/** The fields that are looked up by their keys; a staged row has each of those beside it, as `<field>_key`. */
export const identifiers = [
  'course_code',
  'term_code',
  'program_code',
  'student_number',
  'section_number',
  'code',
  'number',
]

const zeros = Array.from({ length: 8 }, (_, more) => '0'.repeat(more + 1))

/** The key in `column` of a table, given in a field without the zeros that it begins with, as long as that is none itself. */
export function zerosLost(
  named: string,
  table: string,
  column: keyof typeof keyColumns | 'number',
  within = '1',
): Zeros {
  const [compared, given] = column === 'number' ? [column, `{${named}}`] : [keyColumns[column], `{${named}_key}`]
  const those = `select min(${column}) from live_${table} where ${within} and ${compared}`
  const written = zeros.map((some) => `'${some}' || ${given}`).join(', ')
  const select = `${those} in (${written}) and ${given} not glob '*[^0-9]*' and (${those} = ${given}) is null`
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
  select: `select id from live_section where ${inTerm} and number_key = {section_number_key}
    order by number = {section_number} desc, id limit 1`,
  within: [course, term],
  zeros: [courseZeros, termZeros, zerosLost('section_number', 'section', 'number', inTerm)],
}

export const student: Reference = {
  column: 'student_id',
  field: 'student_number',
  select: meant('live_student', 'student_number', 'student_number'),
  zeros: [zerosLost('student_number', 'student', 'student_number')],
}

export const program: Reference = {
  column: 'program_id',
  field: 'program_code',
  select: meant('live_program', 'code', 'program_code'),
  isOptional: true,
  zeros: [zerosLost('program_code', 'program', 'code')],
}

/** SQL text: whether the file gives a field, even if as null. */
export const isGiven = (named: string) => `json_type(import_row.content, '$.${named}') is not null`

/** SQL text: the value of a field as the row will have it, whether the file gives it or the row that is there has it. */
export const asItWillBe = (named: string, table: string, otherwise = 'null') =>
  `iif(${isGiven(named)}, {${named}},
    coalesce((select ${named} from live_${table} where id = import_row.target_id), ${otherwise}))`

/** What the official result of a student in a section was made of changes no more. */
export const official: Check = {
  error: resultErrors.RESULT_OFFICIAL,
  field: 'student_number',
  when: 'exists (select 1 from graded_seat where section_id = {section_id} and student_id = {student_id})',
}

/** SQL text: a column of the term of the section. */
export const termOfSection = (column: string) =>
  `(select t.${column} from live_section s join live_term t on t.id = s.term_id where s.id = {section_id})`

/** A phrase as JSON, with SQL for each of its parameters. */
export const quoted = ({ en, el }: Phrase, values: Readonly<Record<string, string>> = {}) => {
  const text = (phrase: string) => phrase.replaceAll(/\{(\w+)\}/g, (_, name: string) => `' || ${values[name]!} || '`)
  return `json_object('en', '${text(en)}', 'el', '${text(el)}')`
}

/** SQL text: when the file came. */
export const importedAt = '(select created_at from import_job where id = {import})'

/** SQL text: a column of the first hold that keeps the student from enrolling then. */
export const holdNow = (
  one: string,
) => `(select ${one} from live_hold where student_id = {student_id} and released_at is null
  and date(${importedAt}) >= starts_on and date(${importedAt}) <= coalesce(ends_on, '9999')
  and exists (select 1 from json_each(blocks) where value = 'enrollment') order by id limit 1)`

/** SQL text: whether there is no grading scheme as the file names it, unless the row has that one already. */
export const unknownScheme = (table: 'program' | 'section') =>
  `{grading_scheme} is not null and not exists (select 1 from live_grading_scheme where code = {grading_scheme})
    and {grading_scheme} is not (select grading_scheme from live_${table} where id = import_row.target_id)`
