import { textOf } from '#/platform/database/list/text-of.ts'
import { and, eq, isNotNull, ne, notExists, or, sql } from 'drizzle-orm'
import type { SQLiteColumn } from 'drizzle-orm/sqlite-core'
import { localDate } from '#/platform/clock.ts'
import type { Context } from '#/platform/context.ts'
import { shown } from '#/platform/database/columns.ts'
import type { Database } from '#/platform/database/connect.ts'
import { writtenId } from '#/platform/audit/written-id.ts'
import { mostAlike } from '#/platform/database/write/alike.ts'
import { entity } from '#/platform/database/write/entity.ts'
import { fits, there, unarchived, unlike, unlikeIdentifier } from '#/platform/database/rule/rule.ts'
import { sortKey } from '#/platform/text/sort-key.ts'
import { byCodeOf, byId, byNumber, byOneOf, byText, byDate, byIdentifier } from '#/platform/database/list/filters.ts'
import { list } from '#/platform/database/list/list.ts'
import { scope } from '#/platform/database/scope.ts'
import { byPartsOfName } from '#/platform/database/list/orderings.ts'
import { programKey, student, followedProgram, studentTable, taughtStudent } from './table.ts'
import { errors } from './errors.ts'
import { shows } from '#/platform/fields.ts'
import { searchable } from '#/platform/text/search.ts'
import { Student } from './schema.ts'
import { isFuture, isPossibleBirth } from './rules.ts'
import { identifierKey } from '#/platform/text/identifier.ts'
import { studentStates } from '#/platform/words.ts'

const programCode = textOf(student.program_id, followedProgram, followedProgram.code)
const programCodeKey = textOf(student.program_id, followedProgram, followedProgram.code_key)

const fields = { ...shown(student), program_code: programCode.as('program_code') }
const rows = (db: Database) => db.select(fields).from(student).$dynamic()

/** Students see themselves, faculty the students of their sections. */
const visible = (ctx: Context) =>
  scope(ctx, {
    student: () => eq(student.id, ctx.actor.studentId ?? 0),
    faculty: () =>
      sql`exists (select 1 from ${taughtStudent}
        where ${taughtStudent.student_id} = ${student.id} and ${taughtStudent.user_id} = ${ctx.actor.id})`,
  })

export const studentEntity = entity({
  name: 'student',
  table: studentTable,
  rows,
  id: student.id,
  visible,
  notFound: errors.STUDENT_NOT_FOUND,
  findable: ({ student_number, last_name, first_name, latin_name }) => [
    student_number,
    last_name,
    first_name,
    latin_name,
  ],
  confided: ({ father_name, phone }) => [father_name, phone],
  named: ['last_name', 'first_name'],
  identifier: 'student_number',
  rules: [
    unlikeIdentifier(errors.STUDENT_NUMBER_TAKEN, student, 'student_number'),
    unlike(errors.STUDENT_EMAIL_TAKEN, student, student.email),
    there(errors.STUDENT_PROGRAM_NOT_FOUND, 'program_id', programKey.id, programKey),
    unarchived(errors.PROGRAM_ARCHIVED, 'program_id', programKey, programKey),
    fits(errors.NAME_MISSING, ['last_name', 'first_name'], ({ last_name, first_name }) => !last_name && !first_name),
    fits(errors.ENROLLMENT_DATE_IN_FUTURE, ['enrollment_date'], ({ enrollment_date }, { ctx }) =>
      isFuture(enrollment_date as string, localDate(ctx)),
    ),
    fits(
      errors.BIRTH_DATE_UNLIKELY,
      ['date_of_birth', 'enrollment_date'],
      ({ date_of_birth, enrollment_date }) =>
        date_of_birth !== null && !isPossibleBirth(date_of_birth as string, enrollment_date as string),
    ),
  ],
})

const listed = { ...fields, sort_key: student.sort_key }

export const studentList = list({
  rows: (db) => db.select(listed).from(student).$dynamic(),
  visible,
  id: student.id,
  counted: { table: 'student' },
  search: student.search_text,
  codes: searchable(student.number_key, programCodeKey),
  texts: [student.id, student.program_id, student.email, programCode],
  confided: {
    seenBy: ({ actor }) => shows(Student.shape.father_name, actor.role),
    search: student.registry_text,
    texts: [student.father_name, student.phone],
  },
  orderings: {
    id: student.id,
    ...byPartsOfName(student),
    student_number: student.student_number,
    enrollment_date: student.enrollment_date,
    study_year: student.study_year,
    created_at: student.created_at,
  },
  defaultOrdering: 'name',
  filters: {
    student_number: byIdentifier(student.student_number, student.number_key),
    email: byText(student.email),
    program_id: byId(student.program_id),
    program_code: byCodeOf(student.program_id, programKey),
    status: byOneOf(student.status, studentStates.words),
    study_year: byNumber(student.study_year),
    enrollment_date: byDate(student.enrollment_date),
  },
})

/** A deleted student with the same number or e-mail, neither of which a live one has by now: restoring it would work. */
export async function findArchived(db: Database, { student_number, email }: { student_number: string; email: string }) {
  const key = identifierKey(student_number)
  const same = or(eq(studentTable.number_key, key), eq(studentTable.email, email))
  const taken = or(eq(student.number_key, key), eq(student.email, email))
  const live = db
    .select({ one: sql`1` })
    .from(student)
    .where(taken)
  const [found] = await db
    .select({ id: studentTable.id })
    .from(studentTable)
    .where(and(isNotNull(studentTable.deleted_at), same, notExists(live)))
    .limit(1)
  return found
}

interface Person {
  first_name: string | null
  last_name: string | null
  date_of_birth: string | null
}

/** Who else has this name, accents or not, and was born on the same day, for the write that makes the student. */
export const twinsQuery = ({ db, settings }: Context, person: Person) =>
  db
    .select({ id: student.id })
    .from(student)
    .where(
      and(
        eq(student.sort_key, sortKey([person.last_name, person.first_name], settings.NAME_ORDER)),
        eq(student.date_of_birth, person.date_of_birth ?? ''),
        ne(student.id, writtenId),
      ),
    )
    .limit(mostAlike)

/** The id of a deleted student with this e-mail, which no live one has; null when there is none. */
export const archivedWithEmail = (email: SQLiteColumn) =>
  sql<number | null>`(
    select min(${studentTable.id}) from ${studentTable} where ${studentTable.deleted_at} is not null and ${studentTable.email} = ${email}
      and not exists (select 1 from ${student} where ${student.email} = ${studentTable.email})
  )`
