import { shown } from '#/platform/database/columns.ts'
import type { Database } from '#/platform/database/connect.ts'
import { entity } from '#/platform/database/write/entity.ts'
import { unlikeIdentifier } from '#/platform/database/rule/rule.ts'
import { byOneOf, byDate, byIdentifier } from '#/platform/database/list/filters.ts'
import { list } from '#/platform/database/list/list.ts'
import { term, termTable } from './table.ts'
import { errors } from './errors.ts'
import { dateRules } from './date-rules.ts'
import { dayRules } from './days-outside-queries.ts'
import { termStates } from '#/platform/words.ts'

const fields = shown(term)
const rows = (db: Database) => db.select(fields).from(term).$dynamic()

export const termEntity = entity({
  name: 'term',
  table: termTable,
  rows,
  id: term.id,
  notFound: errors.TERM_NOT_FOUND,
  findable: ({ code, name, name_el }) => [code, name, name_el],
  identifier: 'code',
  rules: [unlikeIdentifier(errors.TERM_CODE_TAKEN, term, 'code'), ...dateRules, ...dayRules],
})

export const termList = list({
  rows,
  id: term.id,
  search: term.search_text,
  codes: term.code_key,
  texts: [term.id, term.code, term.name, term.name_el],
  orderings: { id: term.id, code: term.code, start_date: term.start_date, created_at: term.created_at },
  defaultOrdering: '-start_date',
  filters: {
    code: byIdentifier(term.code, term.code_key),
    status: byOneOf(term.status, termStates),
    start_date: byDate(term.start_date),
    end_date: byDate(term.end_date),
  },
})
