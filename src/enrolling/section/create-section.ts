import { sql } from 'drizzle-orm'
import type * as z from 'zod'
import type { Context } from '#/platform/context.ts'
import { insert } from '#/platform/database/write/entity.ts'
import { sectionEntity } from './queries.ts'
import type { SectionInput } from './schema.ts'
import { sectionTable } from './table.ts'

/** Offers a course in a term. Without a number a trigger gives the next free one in the same write, which the audit row then tells. */
export const createSection = (ctx: Context, { number = '', ...input }: z.output<typeof SectionInput>) =>
  insert(ctx, sectionEntity, { ...input, number }, { named: number === '' ? [givenNumber] : [] })

const givenNumber = sql`(select json_object('number', json_object('new', ${sectionTable.number}))
  from ${sectionTable} where ${sectionTable.id} = last_insert_rowid())`
