import { asc, sql } from 'drizzle-orm'
import { integer, type SQLiteColumn, sqliteTable, sqliteView, text } from 'drizzle-orm/sqlite-core'
import { emptiable, legacy, lifecycle, ordered, salted, softDeletable } from '#/platform/database/columns.ts'
import { studentStates } from '#/platform/words.ts'
import { byName } from '#/platform/database/list/orderings.ts'
import { merging } from '#/platform/database/merging.ts'
import { belonging } from '#/platform/personal/subject.ts'

export const { rows: studentTable, live: student } = softDeletable('student', () => ({
  id: integer().primaryKey(),
  student_number: text().notNull(),
  first_name: emptiable().notNull(),
  last_name: emptiable().notNull(),
  latin_name: text(),
  father_name: text(),
  email: text().notNull(),
  date_of_birth: text(),
  phone: text(),
  program_id: integer(),
  study_year: integer().notNull(),
  enrollment_date: text().notNull(),
  search_text: text().notNull(),
  ...lifecycle(),
  ...salted(),
  ...ordered(),
  number_key: text(),
  ...legacy(),
  status: text({ enum: studentStates.words }).notNull(),
  /** What those find a student by, too, who see the father's name and the telephone. */
  registry_text: text().notNull().default(''),
}))

const writtenOf = ({ last_name, first_name }: Record<'last_name' | 'first_name', SQLiteColumn>) =>
  sql<string>`trim(${last_name} || ' ' || ${first_name})`
const written = writtenOf(student)
/** As lists show a student. */
export const studentName = written.as('student_name')
export const writtenName = { field: 'student_name', column: written }

/** Students by name, for a query of its own. */
export const studentsByName = [asc(student.sort_key), asc(written), asc(student.id)] as const

/** The same as an ordering of lists whose rows have `student_name` and `sort_key`. */
export const byStudentName = byName(student.sort_key, writtenName)

/** Of rows that stay when their student is deleted: the fields that name whose they are, and the order of these names. */
export const nameFields = {
  student_number: studentTable.student_number,
  student_name: writtenOf(studentTable).as('student_name'),
  sort_key: studentTable.sort_key,
}
export const byNameFields = byName(studentTable.sort_key, { field: 'student_name', column: writtenOf(studentTable) })

/** Of rows of a table that names students: which are those of deleted ones. */
export const ofDeletedStudent = sql`student_id in (select id from ${studentTable} where deleted_at is not null)`

/** Whom an account teaches, or taught: a view over what the areas above know of it. */
export const taughtStudent = sqliteView('taught_student', {
  student_id: integer().notNull(),
  user_id: integer().notNull(),
}).existing()

/** The code of each program as it is compared, and whether it takes new students: a view that the catalog fills. */
export const programKey = sqliteView('program_key', {
  id: integer().notNull(),
  code_key: text().notNull(),
  archived_at: text(),
}).existing()

/** Each program, deleted or not, as students name theirs: a view that the catalog fills. */
export const followedProgram = sqliteView('followed_program', {
  id: integer().notNull(),
  code: text().notNull(),
  code_key: text().notNull(),
}).existing()

/** The last number that matriculation gave in a year. */
export const numberSeries = sqliteTable('student_number_series', {
  year: integer().primaryKey(),
  last: integer().notNull(),
})

merging(studentTable, 'restored', {
  ended: ['deleted_at'],
  erased: ['audit_salt'],
  staying: { field: 'status', words: ['removed', 'withdrawn'] },
})
merging(numberSeries, 'current')

belonging(studentTable, {
  of: 'student',
  by: studentTable.id,
  personal: [
    'first_name',
    'last_name',
    'latin_name',
    'father_name',
    'date_of_birth',
    'phone',
    'email',
    'search_text',
    'registry_text',
    'sort_key',
  ],
  other: [
    'id',
    'student_number',
    'program_id',
    'study_year',
    'enrollment_date',
    'status',
    'version',
    'created_at',
    'updated_at',
    'deleted_at',
    'audit_salt',
    'sorted_by',
    'number_key',
    'legacy',
  ],
})

belonging(numberSeries, { of: null, other: ['year', 'last'] })
