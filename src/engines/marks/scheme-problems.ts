import { compare, exact, HUNDRED, isDecimal, ZERO, type Exact } from './exact.ts'
import { pointsAt, type Band, type GradingScheme } from './scheme.ts'

export type SchemeProblem =
  | 'NO_BANDS'
  | 'SCALE_UNKNOWN'
  | 'STEP_UNKNOWN'
  | 'NUMBER_MALFORMED'
  | 'MINIMUM_OUT_OF_RANGE'
  | 'BANDS_NOT_DESCENDING'
  | 'LOWEST_BAND_NOT_AT_ZERO'
  | 'LETTER_EMPTY'
  | 'LETTER_DUPLICATE'
  | 'PASSING_NOT_MONOTONE'
  | 'PASS_MINIMUM_MISMATCH'
  | 'POINTS_OUT_OF_RANGE'
  | 'POINTS_NOT_MONOTONE'

const POINTS_MAX = exact('4')

/** Steps that a value may have; each divides every scale. */
export const steps: readonly string[] = ['0.01', '0.05', '0.1', '0.25', '0.5', '1']

/**
 * Every reason why the scheme cannot grade 0..100 without doubt; empty when it can. A band ends where the one above
 * begins, so a strict descent down to 0 is the same as no gap and no overlap. Unreadable numbers are reported alone.
 */
export function schemeProblems(scheme: GradingScheme): SchemeProblem[] {
  if (scheme.bands.length === 0) return ['NO_BANDS']
  if (!hasReadableNumbers(scheme)) return ['NUMBER_MALFORMED']
  const { bands } = scheme
  const minimums = bands.map(({ minimum }) => exact(minimum))
  const points = bands.flatMap((band) => (band.points === null ? [] : [exact(band.points)]))
  const letters = bands.map(({ letter }) => letter.trim())
  const findings: [SchemeProblem, boolean][] = [
    ['SCALE_UNKNOWN', !['100', '20', '10'].includes(scheme.scale_max)],
    ['STEP_UNKNOWN', !steps.includes(scheme.step)],
    ['MINIMUM_OUT_OF_RANGE', minimums.some((minimum) => isOutside(minimum, HUNDRED))],
    ['BANDS_NOT_DESCENDING', hasNeighbours(minimums, (above, below) => compare(above, below) <= 0)],
    ['LOWEST_BAND_NOT_AT_ZERO', minimums.every((minimum) => compare(minimum, ZERO) > 0)],
    ['LETTER_EMPTY', letters.includes('')],
    ['LETTER_DUPLICATE', new Set(letters).size < letters.length],
    ['PASSING_NOT_MONOTONE', hasNeighbours(bands, (above, below) => !above.passing && below.passing)],
    ['PASS_MINIMUM_MISMATCH', !startsPassing(bands, exact(scheme.pass_minimum))],
    ['POINTS_OUT_OF_RANGE', points.some((value) => isOutside(value, POINTS_MAX))],
    ['POINTS_NOT_MONOTONE', hasNeighbours(bands, losePoints)],
  ]
  return findings.flatMap(([problem, isFound]) => (isFound ? [problem] : []))
}

function hasReadableNumbers({ pass_minimum, bands }: GradingScheme): boolean {
  const numbers = [pass_minimum, ...bands.flatMap(({ minimum, points }) => [minimum, points ?? '0'])]
  return numbers.every(isDecimal)
}

function isOutside(value: Exact, most: Exact): boolean {
  return compare(value, ZERO) < 0 || compare(value, most) > 0
}

function hasNeighbours<T>(items: readonly T[], areWrong: (above: T, below: T) => boolean): boolean {
  return items.some((below, index) => {
    const above = items[index - 1]
    return above !== undefined && areWrong(above, below)
  })
}

// Where two bands meet, the upper one must give at least as many points as the lower one comes to.
function losePoints(above: Band, below: Band): boolean {
  const edge = exact(above.minimum)
  return compare(pointsAt(above, edge), pointsAt(below, edge)) < 0
}

function startsPassing(bands: readonly Band[], passMinimum: Exact): boolean {
  const lowestPassing = bands.findLast(({ passing }) => passing)
  return lowestPassing !== undefined && compare(exact(lowestPassing.minimum), passMinimum) === 0
}
