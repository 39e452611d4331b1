import { dayOf } from '#/platform/clock.ts'
import { fits, type Rule } from '#/platform/database/rule/rule.ts'
import { errors } from './errors.ts'
import { dateProblems, type Dates, problemsOf } from './rules.ts'

/** What a term is that sets none of them. */
const unset = { enrollment_opens_at: null, enrollment_closes_at: null, drop_deadline: null, withdraw_deadline: null }

/** What holds the dates of a term together, each as a rule whose field is the one to correct, of the dates that it compares. */
export const dateRules: readonly Rule[] = (Object.keys(dateProblems) as (keyof typeof dateProblems)[]).map((name) => {
  const { field, against, ...text } = dateProblems[name]
  const compared = [field, ...against] as const
  return fits(
    errors.TERM_DATES_INVALID,
    compared,
    (row, { ctx }) => {
      const dates = { ...unset, ...Object.fromEntries(compared.map((one) => [one, row[one]])) } as Dates
      return problemsOf(dates, (instant) => dayOf(ctx.settings, instant)).includes(name)
    },
    { says: { code: name.toUpperCase(), ...text } },
  )
})
