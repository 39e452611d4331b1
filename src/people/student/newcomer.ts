import { type SQL, type SQLWrapper, sql } from 'drizzle-orm'
import type { Context } from '#/platform/context.ts'
import { localDate } from '#/platform/clock.ts'
import { atRest } from '#/platform/database/columns.ts'
import { insertFrom } from '#/platform/database/insert-from.ts'
import { latinName } from '#/platform/fields.ts'
import { derivedOf } from '#/platform/database/write/derived.ts'
import { studentEntity } from './queries.ts'
import { numberSeries, student, studentTable } from './table.ts'

/** An application of before may have a name in other letters: it is none to print in their place, and stays behind. */
const inLatin = (text: string | null) => (latinName(200).safeParse(text).success ? text : null)

interface Newcomer {
  first_name: string | null
  last_name: string | null
  latin_name: string | null
  father_name: string | null
  date_of_birth: string | null
  phone: string | null
  email: string
  program_id: number
}

/**
 * The parts of a write that makes a student with the next number of a year, `YYYY-NNNNN`. The number is taken in that very write, so none
 * is lost or given twice. `takeNumber` changes nothing unless `condition` holds; it comes first, `insert` after it.
 */
export function newcomer(ctx: Context, year: number, applied: Newcomer, condition: SQL) {
  const person = { ...applied, latin_name: inLatin(applied.latin_name) }
  const number = sql<string>`(
    select ${written(numberSeries.year, numberSeries.last)} from ${numberSeries} where ${numberSeries.year} = ${year}
  )`
  const { search_text, ...derived } = derivedOf(studentEntity, { ...person, student_number: '' }, ctx.settings)
  return {
    takeNumber: insertFrom(
      ctx,
      numberSeries,
      { year, last: nextNumber(year) },
      sql`(select 1) where ${condition}`,
    ).onConflictDoUpdate({ target: numberSeries.year, set: { last: sql`excluded.last` } }),
    insert: ctx.db.insert(studentTable).values({
      ...atRest(studentTable, person),
      student_number: number,
      study_year: 1,
      enrollment_date: localDate(ctx),
      status: 'active',
      ...derived,
      number_key: number,
      search_text: sql`${number} || ${` ${search_text}`}`,
      created_at: ctx.now,
      updated_at: ctx.now,
    }),
    number,
    id: sql<number>`(select ${student.id} from ${student} where ${student.student_number} = ${number})`,
  }
}

/** `YYYY-NNNNN`. */
const written = (year: SQLWrapper, last: SQLWrapper) => sql`printf('%04d-%05d', ${year}, ${last})`

/** The one after the last given, or the first after it that nobody was given by hand. */
const nextNumber = (year: number) => sql`(
  with recursive candidate (n) as (
    select coalesce((select ${numberSeries.last} from ${numberSeries} where ${numberSeries.year} = ${year}), 0) + 1
    union all
    select n + 1 from candidate
    where exists (select 1 from ${studentTable} where ${studentTable.number_key} = ${written(sql`${year}`, sql`n`)})
  )
  select max(n) from candidate
)`
