import { ApiError, type Phrase } from '#/platform/errors.ts'
import type { GradingScheme } from '#/engines/marks/index.ts'
import { figuresOf } from '#/grading/result/index.ts'
import { errors } from './errors.ts'
import type { ChangeState } from '#/platform/words.ts'

interface Wish {
  new_grade?: string | undefined
  new_percentage?: number | undefined
}

/** The figures that are asked for. A letter stands for the lowest percentage that earns it: no figure is better than what was granted. */
export function wantedFigures(scheme: GradingScheme, { new_grade, new_percentage }: Wish) {
  if (new_percentage !== undefined) return figuresOf(scheme, String(new_percentage))
  const { bands } = scheme
  const band = bands.find(({ letter }) => letter === new_grade)
  if (!band) {
    const grades = bands.map(({ letter }) => letter).join(', ')
    throw new ApiError(errors.GRADE_NOT_IN_SCHEME, { grade: new_grade, grades })
  }
  return figuresOf(scheme, band.minimum)
}

/** Which figure a letter that is asked for stands for. */
export const explained = (grade: string, { value, percentage }: Pick<Figures, 'value' | 'percentage'>): Phrase => ({
  en: `${grade} is taken as ${value} (${percentage}%): the lowest figure that earns it. Ask for a percentage where it is to be another.`,
  el: `Ο βαθμός ${grade} λαμβάνεται ως ${value} (${percentage}%): ο χαμηλότερος που τον δίνει. Αν πρέπει να είναι άλλος, ζητήστε ποσοστό.`,
})

interface Figures {
  outcome: string
  percentage: number
  letter: string
  points: number
  value: number
}

const figures = ['outcome', 'percentage', 'letter', 'points', 'value'] as const

/** Throws when the result has all of these figures already. */
export function requireDifference(now: Figures, wanted: Figures) {
  if (figures.some((figure) => now[figure] !== wanted[figure])) return
  throw new ApiError(errors.RESULT_CHANGE_EMPTY, { letter: now.letter, percentage: now.percentage })
}

/** How many others have to agree. The database says the same when it is asked to write. */
export const approvalsNeeded = (state: 'published' | 'frozen') => (state === 'frozen' ? 2 : 1)

/** Throws unless the change still waits for a decision. */
export function requirePending({ status }: { status: ChangeState }) {
  if (status !== 'pending') throw new ApiError(errors.RESULT_CHANGE_RESOLVED, { status })
}
