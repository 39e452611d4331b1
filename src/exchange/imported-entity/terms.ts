import { sql } from 'drizzle-orm'
import { dateProblems, Term, termEntity, TermInput } from '#/catalog/term/index.ts'
import { clashCount, ofTerm } from '#/enrolling/timetable/index.ts'
import { dialect } from '#/platform/database/dialect.ts'
import type { ImportEntity } from './definition.ts'
import { errors } from './errors.ts'
import { zerosLost } from './references.ts'

const [old_start, old_end] = ['start_date', 'end_date'].map(
  (column) => `(select ${column} from live_term where id = import_row.target_id)`,
) as [string, string]

/** Clashes that the dates of a row would bring, as text: it has no parameters. */
const clashes = dialect.sqlToQuery(
  clashCount(
    ofTerm({
      term_id: sql.raw('import_row.target_id'),
      start: sql.raw(`coalesce({start_date}, ${old_start})`),
      end: sql.raw(`coalesce({end_date}, ${old_end})`),
      old_start: sql.raw(old_start),
      old_end: sql.raw(old_end),
    }),
  ),
).sql

export const terms: ImportEntity = {
  entity: termEntity,
  row: Term,
  input: TermInput,
  key: { columns: ['code_key'], fields: ['code'], zeros: zerosLost('code', 'term', 'code') },
  changeWarnings: [
    { error: errors.IMPORT_TERM_CLASHES, field: 'start_date', when: `${clashes} > 0`, params: { count: clashes } },
  ],
  problems: dateProblems,
}
