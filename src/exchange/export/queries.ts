import { eq } from 'drizzle-orm'
import { inMany } from '#/platform/database/in-many.ts'
import type { Database } from '#/platform/database/connect.ts'
import { assessment } from '#/grading/assessment/table.ts'
import { category } from '#/grading/category/table.ts'
import { course } from '#/catalog/course/table.ts'
import { program } from '#/catalog/program/table.ts'
import { section } from '#/enrolling/section/table.ts'
import { student } from '#/people/student/table.ts'
import { term } from '#/catalog/term/table.ts'

type Row = Record<string, unknown>

/** What a row of another table is called by people, for each field that refers to it by id. */
const namings = {
  program_id: {
    names: ['program_code'],
    find: (db: Database, ids: readonly unknown[]) =>
      db.select({ id: program.id, program_code: program.code }).from(program).where(inMany(program.id, ids)),
  },
  student_id: {
    names: ['student_number'],
    find: (db: Database, ids: readonly unknown[]) =>
      db
        .select({ id: student.id, student_number: student.student_number })
        .from(student)
        .where(inMany(student.id, ids)),
  },
  section_id: {
    names: ['course_code', 'term_code', 'section_number'],
    find: (db: Database, ids: readonly unknown[]) =>
      db
        .select({ id: section.id, course_code: course.code, term_code: term.code, section_number: section.number })
        .from(section)
        .innerJoin(course, eq(course.id, section.course_id))
        .innerJoin(term, eq(term.id, section.term_id))
        .where(inMany(section.id, ids)),
  },
  assessment_id: {
    names: ['assessment_title'],
    find: (db: Database, ids: readonly unknown[]) =>
      db
        .select({ id: assessment.id, assessment_title: assessment.title })
        .from(assessment)
        .where(inMany(assessment.id, ids)),
  },
  category_id: {
    names: ['category_name'],
    find: (db: Database, ids: readonly unknown[]) =>
      db.select({ id: category.id, category_name: category.name }).from(category).where(inMany(category.id, ids)),
  },
}

const namingsFor = (columns: readonly string[]) =>
  Object.entries(namings)
    .filter(([field, { names }]) => columns.includes(field) && names.some((name) => !columns.includes(name)))
    .map(([field, naming]) => ({ field, ...naming }))

/** The names that rows with these fields do not carry yet: `student_number` beside `student_id`. */
export const namesMissing = (columns: readonly string[]): string[] =>
  namingsFor(columns)
    .flatMap(({ names }) => names)
    .filter((name) => !columns.includes(name))

/** The rows with those names; one round trip, or none when nothing is missing. A name is null where nothing is referred to. */
export async function withNames(db: Database, columns: readonly string[], rows: Row[]): Promise<Row[]> {
  const asked = namingsFor(columns)
  const [first, ...rest] = asked.map(({ field, find }) => find(db, distinct(rows, field)))
  if (!first) return rows
  const found = (await db.batch([first, ...rest])) as Row[][]
  const byId = asked.map(({ field }, i) => ({ field, named: new Map(found[i]!.map((row) => [row.id, row])) }))
  return rows.map((row) => Object.assign({}, ...byId.map(({ field, named }) => named.get(row[field])), row) as Row)
}

const distinct = (rows: Row[], field: string) => [...new Set(rows.map((row) => row[field]).filter((id) => id !== null))]
