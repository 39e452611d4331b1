import { sql } from 'drizzle-orm'
import { dateProblems, dayNotes, Term, termEntity, termErrors, TermInput } from '#/catalog/term/index.ts'
import { clashCount, ofTerm } from '#/enrolling/timetable/index.ts'
import { dayOf } from '#/platform/clock.ts'
import { dialect } from '#/platform/database/dialect.ts'
import type { Settings } from '#/platform/env.ts'
import type { Check, ImportEntity } from './definition.ts'
import { errors } from './errors.ts'
import { asItWillBe, isGiven, quoted, zerosLost } from './references.ts'

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

type Name = keyof typeof dateProblems
type Content = Readonly<Record<string, unknown>>

const instants = ['enrollment_opens_at', 'enrollment_closes_at'] as const
const dates = ['start_date', 'end_date', ...instants, 'drop_deadline', 'withdraw_deadline']
const dayNamed = (instant: string) => `${instant}_day`

/** A row with the days of its instants where the institution is, which SQL could not tell. */
function withDays(content: Content, settings: Settings): Record<string, unknown> {
  const days = instants.flatMap((name) => {
    const instant = content[name]
    return typeof instant === 'string' ? [[dayNamed(name), dayOf(settings, instant)]] : []
  })
  return { ...content, ...(Object.fromEntries(days) as Content) }
}

const [start, end, opens, closes, drop, withdraw] = dates.map((name) => asItWillBe(name, 'term')) as [
  string,
  string,
  string,
  string,
  string,
  string,
]

/** Of what is there and stays: as the database has it, which lets half a day more pass than any place needs. */
const dayAt = (instant: string) =>
  `iif(${isGiven(instant)}, {${dayNamed(instant)}}, (select date(${instant}, '-12 hours') from live_term where id = import_row.target_id))`

/** Those of an older term may stay as they are. */
const isChanged = `(${[start, end, opens, closes, drop, withdraw].join(', ')})
  is not (select ${dates.join(', ')} from live_term where id = import_row.target_id)`

const ends = ['start_date', 'end_date']
const broken: Record<Name, { fields: string[]; when: string }> = {
  term_dates_ordered: { fields: ends, when: `${end} <= ${start}` },
  term_too_long: { fields: ends, when: `julianday(${end}) - julianday(${start}) >= 400` },
  term_enrollment_window_ordered: { fields: [...instants], when: `${closes} <= ${opens}` },
  term_opens_after_end: {
    fields: ['end_date', 'enrollment_opens_at'],
    when: `${dayAt('enrollment_opens_at')} > ${end}`,
  },
  term_closes_after_end: {
    fields: ['end_date', 'enrollment_closes_at'],
    when: `${dayAt('enrollment_closes_at')} > ${end}`,
  },
  term_drop_deadline_outside: { fields: [...ends, 'drop_deadline'], when: `${drop} not between ${start} and ${end}` },
  term_withdraw_deadline_outside: {
    fields: [...ends, 'withdraw_deadline'],
    when: `${withdraw} not between ${start} and ${end}`,
  },
  term_deadlines_ordered: { fields: ['drop_deadline', 'withdraw_deadline'], when: `${withdraw} < ${drop}` },
}

/** Every date that does not fit the others, as the front door names them. */
const dateChecks: readonly Check[] = (Object.keys(broken) as Name[]).map((name) => ({
  error: termErrors.TERM_DATES_INVALID,
  says: { en: dateProblems[name].en, el: dateProblems[name].el },
  field: dateProblems[name].field,
  fields: broken[name].fields,
  when: `${broken[name].when} and ${isChanged}`,
}))

export const terms: ImportEntity = {
  entity: termEntity,
  row: Term,
  input: TermInput,
  key: { columns: ['code_key'], fields: ['code'], zeros: zerosLost('code', 'term', 'code') },
  staged: withDays,
  checks: [...dateChecks, daysOutside('start_date', 'day < {start_date}'), daysOutside('end_date', 'day > {end_date}')],
  changeWarnings: [
    { error: errors.IMPORT_TERM_CLASHES, field: 'start_date', when: `${clashes} > 0`, params: { count: clashes } },
  ],
  problems: dateProblems,
}
