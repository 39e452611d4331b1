import { ApiError } from '../../errors.ts'
import { exact, gradeFor, shippedSchemes, weightTotal, writtenGrade } from '../grading/index.ts'

type State = 'draft' | 'published' | 'frozen'

/** The grading scheme with this code; letters when a course belongs to no program. */
export const schemeOf = (code: string | null) => shippedSchemes.find((scheme) => scheme.code === (code ?? 'letters'))!

/** The figures of a result from its unrounded percentage, by the grading scheme. Throws RangeError outside 0..100. */
export function figuresOf(schemeCode: string | null, percentage: Parameters<typeof exact>[0]) {
  const scheme = schemeOf(schemeCode)
  const grade = writtenGrade(scheme, percentage)
  const { passing } = gradeFor(scheme, exact(percentage))
  return {
    percentage: Number(grade.percentage),
    letter: grade.letter,
    points: Number(grade.points),
    value: Number(grade.value),
    outcome: passing ? ('pass' as const) : ('fail' as const),
  }
}

/** Throws unless the result is a draft: what is official is not edited by hand. */
export function requireDraft({ state }: { state: State }) {
  if (state !== 'draft') throw new ApiError('RESULT_LOCKED', { state })
}

/** Throws unless results in these states can be published: at least one draft, all weights there. */
export function requirePublishable(
  states: readonly State[],
  weights: readonly number[],
  unresulted: readonly number[],
) {
  if (!states.includes('draft') && states.length > 0) {
    throw new ApiError(states.every((state) => state === 'frozen') ? 'RESULT_FROZEN' : 'RESULT_ALREADY_PUBLISHED')
  }
  const { text, isPublishable } = weightTotal(weights.map(String))
  if (!isPublishable)
    throw new ApiError('WEIGHTS_INCOMPLETE', { total: text }, { details: { missing: [{ weights: text }] } })
  if (unresulted.length > 0 || states.length === 0) {
    throw new ApiError(
      'RESULTS_INCOMPLETE',
      {},
      { details: { missing: unresulted.map((student_id) => ({ student_id })) } },
    )
  }
}

/** Throws unless every one of these results is published and not yet frozen. */
export function requireFreezable(states: readonly State[]) {
  if (states.length === 0) throw new ApiError('RESULTS_INCOMPLETE', {}, { details: { missing: [] } })
  if (states.includes('draft')) throw new ApiError('RESULT_NOT_PUBLISHED', { state: 'draft' })
  if (!states.includes('published')) throw new ApiError('RESULT_FROZEN')
}
