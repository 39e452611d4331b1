import { and, between, count, eq, inArray, max, min, not, or, type SQL, sql } from 'drizzle-orm'
import type { Context } from '#/platform/context.ts'
import { asks, type Rule } from '#/platform/database/rule/rule.ts'
import { ApiError, filledIn, messageOf, type Phrase } from '#/platform/errors.ts'
import { dayNotes, errors } from './errors.ts'
import { term, termDay } from './table.ts'

interface Dates {
  start_date: string
  end_date: string
}

/** For `.catch` after the write: which days of the term in use would be outside, how many, the first and the last. */
export const tellingDays = (ctx: Context, id: number, old: Dates, now: Dates) => async (error: unknown) => {
  if (!(error instanceof ApiError) || error.declared !== errors.TERM_DAYS_OUTSIDE) throw error
  const outside = await ctx.db
    .select({
      kind: termDay.kind,
      count: count(),
      first: min(termDay.day).mapWith(String),
      last: max(termDay.day).mapWith(String),
    })
    .from(termDay)
    .where(
      and(
        eq(termDay.term_id, id),
        between(termDay.day, old.start_date, old.end_date),
        not(between(termDay.day, now.start_date, now.end_date)),
        or(eq(termDay.kind, 'attendance'), not(inArray(termDay.day, [old.start_date, old.end_date]))),
      ),
    )
    .groupBy(termDay.kind)
    .orderBy(termDay.kind)
  const params = { days: listed(outside) }
  const message = messageOf(errors.TERM_DAYS_OUTSIDE, params, ctx.language)
  const moved = (['start_date', 'end_date'] as const).filter((field) => now[field] !== old[field])
  const fields = moved.map((path) => ({ in: 'body', path, code: errors.TERM_DAYS_OUTSIDE.code, message }))
  throw new ApiError(errors.TERM_DAYS_OUTSIDE, params, { details: { outside, errors: fields } })
}

const inUse = (id: number, isOutside: SQL) =>
  sql`exists (select 1 from ${termDay} join ${term} on ${term.id} = ${termDay.term_id} where ${term.id} = ${id}
    and ${termDay.day} between ${term.start_date} and ${term.end_date} and ${isOutside}
    and (${termDay.kind} = 'attendance' or ${termDay.day} not in (${term.start_date}, ${term.end_date})))`

/** That a term which is there keeps its days in use inside: each of its two ends by itself. */
export const dayRules: readonly Rule[] = [
  asks(errors.TERM_DAYS_OUTSIDE, ['start_date'], ({ start_date }, { id }) =>
    inUse(id, sql`${termDay.day} < ${start_date}`),
  ),
  asks(errors.TERM_DAYS_OUTSIDE, ['end_date'], ({ end_date }, { id }) => inUse(id, sql`${termDay.day} > ${end_date}`)),
]

const listed = (
  outside: readonly { kind: keyof typeof dayNotes; count: number; first: string; last: string }[],
): Phrase => {
  const notes = outside.map(({ kind, ...days }) => filledIn(dayNotes[kind], days))
  return { en: notes.map(({ en }) => en).join('; '), el: notes.map(({ el }) => el).join('· ') }
}
