import { and, type SQL, sql, type SQLWrapper } from 'drizzle-orm'
import type { SQLiteColumn } from 'drizzle-orm/sqlite-core'
import type { Context } from '#/platform/context.ts'
import { readBatch, written } from '#/platform/database/read-rows.ts'
import { insideOnly, searching } from '#/platform/text/search.ts'
import { course } from '#/catalog/course/table.ts'
import { program } from '#/catalog/program/table.ts'
import { section } from '#/enrolling/section/table.ts'
import { studentEntity } from '#/people/student/index.ts'
import { student, writtenName } from '#/people/student/table.ts'
import { term } from '#/catalog/term/table.ts'
import type { Type } from './schema.ts'

interface Hit {
  id: number
  title: string
  subtitle: string
  /** 1 when a word of the query only occurs inside of a word. */
  inside: number
}

interface Source {
  from: SQL
  id: SQLiteColumn
  title: (ctx: Context) => SQL
  subtitle: SQL
  search: SQLWrapper
  /** Keys of numbers and codes. */
  codes: SQLWrapper
  visible?: (ctx: Context) => SQL | undefined
  /** Hits of equal worth are in the order of their titles, or in this. */
  order?: SQLiteColumn
}

const titleOf = (row: typeof course | typeof program) => (ctx: Context) =>
  ctx.language === 'el' ? sql`coalesce(${row.title_el}, ${row.title})` : sql`${row.title}`

const sources: Record<Type, Source> = {
  students: {
    from: sql`${student}`,
    id: student.id,
    title: () => writtenName.column,
    subtitle: sql`${student.student_number}`,
    search: sql`(${student.search_text} || ' ' || ${student.email})`,
    codes: student.number_key,
    visible: studentEntity.visible!,
    order: student.sort_key,
  },
  courses: {
    from: sql`${course}`,
    id: course.id,
    title: titleOf(course),
    subtitle: sql`${course.code}`,
    search: course.search_text,
    codes: course.code_key,
  },
  sections: {
    from: sql`${section} join ${course} on ${course.id} = ${section.course_id} join ${term} on ${term.id} = ${section.term_id}`,
    id: section.id,
    title: titleOf(course),
    subtitle: sql`${course.code} || ' · ' || ${term.code} || ' · ' || ${section.number}`,
    search: course.search_text,
    codes: course.code_key,
  },
  programs: {
    from: sql`${program}`,
    id: program.id,
    title: titleOf(program),
    subtitle: sql`${program.code}`,
    search: program.search_text,
    codes: program.code_key,
  },
}

interface Asked {
  type: Type
  /** As far as the caller may read this type. */
  ctx: Context
  text: string
  limit: number
}

/** The first hits of each type, prefixes first, in one round trip. */
export const findHits = async (ctx: Context, asked: readonly Asked[]) =>
  (await readBatch(ctx.db, asked.map(hitsOf))) as unknown as Hit[][]

function hitsOf({ type, ctx, text, limit }: Asked) {
  const { from, id, title, subtitle, search, codes, visible, order } = sources[type]
  return written(
    sql`select ${id} as id, ${title(ctx)} as title, ${subtitle} as subtitle, ${insideOnly(search, text, codes)} as inside
      from ${from} where ${and(visible?.(ctx), searching({ search, codes }, text))} order by inside, ${order ? sql`${order}, ` : undefined}title, id desc limit ${limit}`,
    ['id', 'title', 'subtitle', 'inside'],
  )
}
