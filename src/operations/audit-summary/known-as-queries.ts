import { type SQL, sql } from 'drizzle-orm'
import type { SQLiteColumn, SQLiteTable } from 'drizzle-orm/sqlite-core'
import { applicationTable } from '#/admission/application/table.ts'
import { courseTable } from '#/catalog/course/table.ts'
import { programTable } from '#/catalog/program/table.ts'
import { schemeTable } from '#/catalog/scheme/table.ts'
import { termTable } from '#/catalog/term/table.ts'
import { holdTable } from '#/enrolling/hold/table.ts'
import { overrideTable } from '#/enrolling/override/table.ts'
import { enrollmentTable, waitlistTable } from '#/enrolling/seat/table.ts'
import { sectionTable } from '#/enrolling/section/table.ts'
import { assessmentTable } from '#/grading/assessment/table.ts'
import { attendanceTable } from '#/grading/attendance/table.ts'
import { categoryTable } from '#/grading/category/table.ts'
import { scoreTable } from '#/grading/gradebook/table.ts'
import { resultChange } from '#/grading/result-change/table.ts'
import { resultTable } from '#/grading/result/table.ts'
import { requestTable } from '#/paperwork/request/table.ts'
import { studentNote } from '#/people/student-note/table.ts'
import { studentTable } from '#/people/student/table.ts'
import { searchable } from '#/platform/text/search.ts'
import { auditLog } from '#/platform/audit/table.ts'

type Of = SQLiteTable & { id: SQLiteColumn }

const textBy = (of: Of, text: SQL | SQLiteColumn, id: SQL | SQLiteColumn) =>
  sql`(select ${text} from ${of} where ${of.id} = ${id})`

const number = (id: SQL | SQLiteColumn) => textBy(studentTable, studentTable.student_number, id)
const termCode = (id: SQL | SQLiteColumn) => textBy(termTable, termTable.code, id)
const programCode = (id: SQL | SQLiteColumn) => textBy(programTable, programTable.code, id)
const courseCode = (id: SQL | SQLiteColumn) => textBy(courseTable, courseTable.code, id)
/** By joins, as expressions in SQL may be 100 deep. */
const ofSection = (text: SQL, id: SQL | SQLiteColumn) =>
  sql`(select ${text} from ${sectionTable} join ${courseTable} on ${courseTable.id} = ${sectionTable.course_id}
    join ${termTable} on ${termTable.id} = ${sectionTable.term_id} where ${sectionTable.id} = ${id})`
/** Course, number and term of a section, such as `CS101-2, 2026A`. */
const sectionName = (id: SQL | SQLiteColumn) =>
  ofSection(sql`${courseTable.code} || '-' || ${sectionTable.number} || ', ' || ${termTable.code}`, id)

const termFound = (id: SQL | SQLiteColumn) => textBy(termTable, termTable.search_text, id)
const programFound = (id: SQL | SQLiteColumn) => textBy(programTable, programTable.search_text, id)
const courseFound = (id: SQL | SQLiteColumn) => textBy(courseTable, courseTable.search_text, id)
const sectionFound = (id: SQL | SQLiteColumn) =>
  ofSection(
    sql`${courseTable.search_text} || ' ' || ${sectionTable.search_text} || ' ' || ${termTable.search_text}`,
    id,
  )

const listed = (...parts: (SQL | SQLiteColumn)[]) =>
  sql.join(
    parts.map((part) => sql`${part}`),
    sql` || ', ' || `,
  )
const inSection = ({ student_id, section_id }: Record<'student_id' | 'section_id', SQLiteColumn>) =>
  listed(number(student_id), sectionName(section_id))

/** Of a seat that an act gave up for another: where to. */
const movedTo = sql`coalesce(' → ' || (select ${sectionName(sql`moved.section_id`)} from ${enrollmentTable} moved
  where moved.id = json_extract(${auditLog.changes}, '$.transferred_to.new')), '')`

/** What tells a row apart for people: numbers, codes and titles, no name of a student or applicant. */
const names: Readonly<Record<string, readonly [Of, SQL | SQLiteColumn]>> = {
  student: [studentTable, studentTable.student_number],
  student_note: [studentNote, number(studentNote.student_id)],
  program: [programTable, programTable.code],
  course: [courseTable, courseTable.code],
  term: [termTable, termTable.code],
  grading_scheme: [schemeTable, schemeTable.code],
  application: [applicationTable, listed(programCode(applicationTable.program_id), termCode(applicationTable.term_id))],
  enrollment: [enrollmentTable, sql`${inSection(enrollmentTable)} || ${movedTo}`],
  waitlist_entry: [waitlistTable, inSection(waitlistTable)],
  hold: [holdTable, listed(number(holdTable.student_id), holdTable.kind)],
  override: [
    overrideTable,
    listed(
      number(overrideTable.student_id),
      overrideTable.check,
      sql`coalesce(${sectionName(overrideTable.section_id)}, ${courseCode(overrideTable.course_id)}, ${termCode(overrideTable.term_id)})`,
    ),
  ],
  assessment: [assessmentTable, listed(assessmentTable.title, sectionName(assessmentTable.section_id))],
  assessment_category: [categoryTable, listed(categoryTable.name, sectionName(categoryTable.section_id))],
  score: [
    scoreTable,
    listed(
      number(scoreTable.student_id),
      textBy(
        assessmentTable,
        listed(assessmentTable.title, sectionName(assessmentTable.section_id)),
        scoreTable.assessment_id,
      ),
    ),
  ],
  attendance: [attendanceTable, listed(inSection(attendanceTable), attendanceTable.date)],
  result: [resultTable, inSection(resultTable)],
  result_change: [resultChange, textBy(resultTable, inSection(resultTable), resultChange.result_id)],
  request: [requestTable, listed(number(requestTable.student_id), requestTable.type)],
}

/** What the rows are found by that have such names; the numbers of students are found as they are written. */
const found: Readonly<Record<string, readonly [Of, SQL | SQLiteColumn]>> = {
  program: [programTable, programTable.search_text],
  course: [courseTable, courseTable.search_text],
  term: [termTable, termTable.search_text],
  grading_scheme: [schemeTable, schemeTable.search_text],
  application: [
    applicationTable,
    searchable(programFound(applicationTable.program_id), termFound(applicationTable.term_id)),
  ],
  enrollment: [enrollmentTable, sectionFound(enrollmentTable.section_id)],
  waitlist_entry: [waitlistTable, sectionFound(waitlistTable.section_id)],
  override: [
    overrideTable,
    searchable(
      sectionFound(overrideTable.section_id),
      courseFound(overrideTable.course_id),
      termFound(overrideTable.term_id),
    ),
  ],
  assessment: [assessmentTable, searchable(assessmentTable.search_text, sectionFound(assessmentTable.section_id))],
  assessment_category: [categoryTable, searchable(categoryTable.search_text, sectionFound(categoryTable.section_id))],
  score: [
    scoreTable,
    textBy(
      assessmentTable,
      searchable(assessmentTable.search_text, sectionFound(assessmentTable.section_id)),
      scoreTable.assessment_id,
    ),
  ],
  attendance: [attendanceTable, sectionFound(attendanceTable.section_id)],
  result: [resultTable, sectionFound(resultTable.section_id)],
  result_change: [resultChange, textBy(resultTable, sectionFound(resultTable.section_id), resultChange.result_id)],
}

const texts = {
  section: sectionName(auditLog.entity_id),
  ...Object.fromEntries(
    Object.entries(names).map(([entity, [of, text]]) => [entity, textBy(of, text, auditLog.entity_id)]),
  ),
}
const foundTexts = {
  section: sectionFound(auditLog.entity_id),
  ...Object.fromEntries(
    Object.entries(found).map(([entity, [of, text]]) => [entity, textBy(of, text, auditLog.entity_id)]),
  ),
}

/** By the kind of row. */
const caseOf = (branches: Readonly<Record<string, SQL>>) =>
  sql`case ${auditLog.entity_type} ${sql.join(
    Object.entries(branches).map(([entity, text]) => sql`when ${sql.raw(`'${entity}'`)} then ${text}`),
    sql` `,
  )} end`

/** What people know the row of an audit entry by; null where it has no such name, or is gone. A closed account is known by its id. */
export const knownAs = sql<string | null>`${caseOf(texts)}`

/** What that is found by in other letters than it is written in. */
export const knownBy = caseOf(foundTexts)
