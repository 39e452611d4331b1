import { sql } from 'drizzle-orm'
import type { Context } from '#/platform/context.ts'
import { shown } from '#/platform/database/columns.ts'
import type { Database } from '#/platform/database/connect.ts'
import { entity, find } from '#/platform/database/write/entity.ts'
import { asks, unlikeIdentifier } from '#/platform/database/rule/rule.ts'
import { byIdentifier, byPresence } from '#/platform/database/list/filters.ts'
import { list } from '#/platform/database/list/list.ts'
import { meansNoScheme } from '#/catalog/scheme/index.ts'
import { scheme } from '#/catalog/scheme/table.ts'
import { program, programTable } from './table.ts'
import { errors } from './errors.ts'

/** The key of the scheme's code. */
const schemeKey = sql`(select ${scheme.code_key} from ${scheme} where ${scheme.code} = ${program.grading_scheme})`

const rows = (db: Database) => db.select(shown(program)).from(program).$dynamic()

export const programEntity = entity({
  name: 'program',
  table: programTable,
  rows,
  id: program.id,
  notFound: errors.PROGRAM_NOT_FOUND,
  findable: ({ code, title, title_el, degree, degree_el, grading_scheme }) => [
    code,
    title,
    title_el,
    degree,
    degree_el,
    grading_scheme,
  ],
  identifier: 'code',
  rules: [
    unlikeIdentifier(errors.PROGRAM_CODE_TAKEN, program, 'code'),
    asks(errors.PROGRAM_SCHEME_NOT_FOUND, ['grading_scheme'], ({ grading_scheme: code }) => meansNoScheme(code)),
  ],
})

export const findProgram = (ctx: Context, id: number) => find(ctx, programEntity, id)

export const programList = list({
  rows,
  id: program.id,
  search: program.search_text,
  codes: program.code_key,
  texts: [program.id, program.degree, program.degree_el, program.grading_scheme],
  orderings: { id: program.id, code: program.code, title: program.title, created_at: program.created_at },
  defaultOrdering: 'code',
  filters: {
    code: byIdentifier(program.code, program.code_key),
    grading_scheme: byIdentifier(program.grading_scheme, schemeKey),
    archived: byPresence(program.archived_at, false),
  },
})
