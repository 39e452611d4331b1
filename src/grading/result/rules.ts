import { ApiError } from '#/platform/errors.ts'
import { type Amount, type GradingScheme, weightTotal, writtenGrade } from '#/engines/marks/index.ts'
import { errors } from './errors.ts'
import type { Aggregation, ResultState } from '#/platform/words.ts'

/** The figures of a result from an unrounded percentage, by a grading scheme. Throws RangeError outside 0..100. */
export function figuresOf(scheme: GradingScheme, percentage: Amount) {
  const { passing, letter, ...figures } = writtenGrade(scheme, percentage)
  return {
    percentage: Number(figures.percentage),
    letter,
    points: Number(figures.points),
    value: Number(figures.value),
    outcome: passing ? ('pass' as const) : ('fail' as const),
  }
}

/** The result of somebody who withdrew: a W on the record that counts for nothing. */
export const withdrawal = {
  outcome: 'withdrawn',
  percentage: 0,
  letter: 'W',
  points: 0,
  value: 0,
  credits: 0,
  scheme_id: null,
} as const

/** Throws unless the result is a draft with a grade: what is official is not edited by hand, and a W has no figures. */
export function requireDraft({ state, outcome }: { state: ResultState; outcome: string }) {
  if (state !== 'draft') throw new ApiError(errors.RESULT_LOCKED, { state })
  if (outcome === 'withdrawn') throw new ApiError(errors.RESULT_WITHDRAWN)
}

/** The graded work of a section and how it is grouped. */
interface Work {
  categories: readonly { id: number; name: string; weight: number; aggregation: Aggregation }[]
  assessments: readonly { id: number; title: string; category_id: number | null; weight: number }[]
}

/** Throws unless results in these states can be published: at least one draft, all weights there, every category in use. */
export function requirePublishable(states: readonly ResultState[], work: Work, unresulted: readonly number[]) {
  if (!states.includes('draft') && states.length > 0) {
    throw new ApiError(
      states.every((state) => state === 'frozen') ? errors.RESULT_FROZEN : errors.RESULT_ALREADY_PUBLISHED,
    )
  }
  const weighing = work.categories.length > 0 ? work.categories : work.assessments
  const { text, isPublishable } = weightTotal(weighing.map(({ weight }) => String(weight)))
  const ungrouped = groupingGaps(work)
  if (!isPublishable)
    throw new ApiError(
      errors.WEIGHTS_INCOMPLETE,
      { total: text },
      { details: { missing: [{ weights: text }, ...ungrouped] } },
    )
  const missing = [...ungrouped, ...unresulted.map((student_id) => ({ student_id }))]
  if (missing.length > 0 || states.length === 0)
    throw new ApiError(errors.RESULTS_INCOMPLETE, {}, { details: { missing } })
}

/** Categories without work that counts, and work outside of the categories where there are some. */
function groupingGaps({ categories, assessments }: Work) {
  const empty = categories.filter(
    ({ id, aggregation }) =>
      !assessments.some(({ category_id, weight }) => category_id === id && (aggregation !== 'weighted' || weight > 0)),
  )
  const loose = categories.length > 0 ? assessments.filter(({ category_id }) => category_id === null) : []
  return [
    ...empty.map(({ id, name }) => ({ category_id: id, name })),
    ...loose.map(({ id, title }) => ({ assessment_id: id, title })),
  ]
}

/** Throws unless every one of these results is published and not yet frozen. */
export function requireFreezable(states: readonly ResultState[]) {
  if (states.length === 0) throw new ApiError(errors.RESULTS_INCOMPLETE, {}, { details: { missing: [] } })
  if (states.includes('draft')) throw new ApiError(errors.RESULT_NOT_PUBLISHED, { state: 'draft' })
  if (!states.includes('published')) throw new ApiError(errors.RESULT_FROZEN)
}
