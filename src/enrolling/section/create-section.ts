import { and, eq, ne, sql } from 'drizzle-orm'
import type * as z from 'zod'
import { writtenId } from '#/platform/audit/written-id.ts'
import { meaningScheme } from '#/catalog/scheme/index.ts'
import type { Context } from '#/platform/context.ts'
import { mostAlike, warningsOf } from '#/platform/database/write/alike.ts'
import { insert } from '#/platform/database/write/entity.ts'
import { sectionEntity } from './queries.ts'
import { looksAlike } from './rules.ts'
import type { SectionInput } from './schema.ts'
import { section, sectionTable } from './table.ts'
import { errors } from './errors.ts'

/**
 * Offers a course in a term. Without a number a trigger gives the next free one in the same write, which the audit row then tells. Of a number
 * that is easily taken for another one of the course and term the answer warns.
 */
export const createSection = (ctx: Context, input: Input) =>
  meaningScheme(ctx, errors.SECTION_SCHEME_NOT_FOUND, input, (given) => insertSection(ctx, given))

type Input = z.output<typeof SectionInput>

async function insertSection(ctx: Context, { number = '', ...input }: Input) {
  const { siblings, ...made } = (await insert(
    ctx,
    sectionEntity,
    { ...input, number },
    { named: number === '' ? [givenNumber] : [], asks: { siblings: siblingsOf(ctx, input) } },
  )) as Made
  const alike = siblings.filter((one) => looksAlike(one.number, made.number)).slice(0, mostAlike)
  return { ...made, ...warningsOf({ LOOKS_ALIKE: alike }) }
}

type Made = Awaited<ReturnType<typeof sectionEntity.rows>>[number] & { siblings: { id: number; number: string }[] }

const siblingsOf = ({ db }: Context, { course_id, term_id }: { course_id: number; term_id: number }) =>
  db
    .select({ id: section.id, number: section.number })
    .from(section)
    .where(and(eq(section.course_id, course_id), eq(section.term_id, term_id), ne(section.id, writtenId)))

const givenNumber = sql`(select json_object('number', json_object('new', ${sectionTable.number}))
  from ${sectionTable} where ${sectionTable.id} = last_insert_rowid())`
