import { dayOf } from '#/platform/clock.ts'
import { fits, type Rule } from '#/platform/database/rule/rule.ts'
import { errors } from './errors.ts'
import { dateProblems, type Dates, problemsOf } from './rules.ts'

const dates: readonly (keyof Dates)[] = [
  'start_date',
  'end_date',
  'enrollment_opens_at',
  'enrollment_closes_at',
  'drop_deadline',
  'withdraw_deadline',
]

/** What holds the dates of a term together, each as a rule whose field is the one to correct. */
export const dateRules: readonly Rule[] = (Object.keys(dateProblems) as (keyof typeof dateProblems)[]).map((name) => {
  const { field, ...text } = dateProblems[name]
  const others = dates.filter((one) => one !== field)
  return fits(
    errors.TERM_DATES_INVALID,
    [field, ...others],
    (row, { ctx }) => problemsOf(row as unknown as Dates, (instant) => dayOf(ctx.settings, instant)).includes(name),
    { says: { code: name.toUpperCase(), ...text } },
  )
})
