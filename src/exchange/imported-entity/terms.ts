import { sql } from 'drizzle-orm'
import { dateProblems, dayNotes, Term, termEntity, termErrors, TermInput } from '#/catalog/term/index.ts'
import { clashCount, ofTerm } from '#/enrolling/timetable/index.ts'
import { dialect } from '#/platform/database/dialect.ts'
import type { Check, ImportEntity } from './definition.ts'
import { errors } from './errors.ts'
import { quoted, zerosLost } from './references.ts'

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

const days = { count: 'days', first: 'first', last: 'last' }
const note = `iif(kind = 'attendance', ${quoted(dayNotes.attendance, days)}, ${quoted(dayNotes.seat, days)})`
const noted = (language: 'en' | 'el', between: string) => `group_concat(${note} ->> '$.${language}', '${between}')`

/** Days in use, inside of the term as it is, that would be outside. */
function daysOutside(field: string, isOutside: string): Check {
  const outside = `select kind, count(*) as days, min(day) as first, max(day) as last from term_day
    where term_id = import_row.target_id and day between ${old_start} and ${old_end} and ${isOutside}
      and (kind = 'attendance' or day not in (${old_start}, ${old_end}))
    group by kind`
  return {
    error: termErrors.TERM_DAYS_OUTSIDE,
    field,
    when: `import_row.target_id is not null and exists (${outside})`,
    params: { days: `(select json_object('en', ${noted('en', '; ')}, 'el', ${noted('el', '· ')}) from (${outside}))` },
  }
}

export const terms: ImportEntity = {
  entity: termEntity,
  row: Term,
  input: TermInput,
  key: { columns: ['code_key'], fields: ['code'], zeros: zerosLost('code', 'term', 'code') },
  checks: [daysOutside('start_date', 'day < {start_date}'), daysOutside('end_date', 'day > {end_date}')],
  changeWarnings: [
    { error: errors.IMPORT_TERM_CLASHES, field: 'start_date', when: `${clashes} > 0`, params: { count: clashes } },
  ],
  problems: dateProblems,
}
