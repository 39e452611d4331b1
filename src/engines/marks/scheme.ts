import {
  divide,
  exact,
  format,
  HUNDRED,
  multiply,
  compare,
  toStep,
  type Amount,
  type Exact,
  type Rounding,
} from './exact.ts'

// Minimums are decimal strings: they read as the rule book prints them, carry any number of decimals, survive JSON
// unchanged, and cannot be mistaken for hundredths. 9.5 of 20 is "47.5" and 6.5 of 10 is "65", exactly.
export type Band = { minimum: string; letter: string; points: string | null; passing: boolean }

/**
 * Minimums are percentages, `scale_max` is what `value` is counted in, bands run from the top down. Values are whole steps ("0.01", "0.5",
 * "1"), so `step` and `rounding` say which figure is printed.
 */
export type GradingScheme = {
  code: string
  scale_max: '100' | '20' | '10'
  step: string
  rounding: Rounding
  pass_minimum: string
  bands: readonly Band[]
}

/** `percentage` is that of the value: the printed figure, not the one it was rounded from. */
export type Grade = { percentage: Exact; letter: string; points: Exact; value: Exact; passing: boolean }
export type WrittenGrade = { percentage: string; letter: string; points: string; value: string; passing: boolean }

const POINTS_OF_ONE_HUNDRED = exact('4')

/**
 * The grade of an unrounded percentage (0..100). The value on the scheme's scale is rounded once, to its step; letter, points (0..4), pass
 * and percentage follow from the value, so that what is printed decides. Throws RangeError when no band reaches down to it.
 */
export function gradeFor(scheme: GradingScheme, percentage: Exact): Grade {
  const scale = exact(scheme.scale_max)
  const value = toStep(shareOf(percentage, scale), exact(scheme.step), scheme.rounding)
  const printed = divide(multiply(value, HUNDRED), scale)
  const band = scheme.bands.find(({ minimum }) => compare(printed, exact(minimum)) >= 0)
  if (!band) throw new RangeError(`Scheme ${scheme.code} has no band for ${format(percentage, 2)}%`)
  return { percentage: printed, letter: band.letter, points: pointsAt(band, printed), value, passing: band.passing }
}

/** Grade points (0..4) of a percentage inside the band. Domain rule: percentage / 25 unless the scheme gives points. */
export function pointsAt(band: Band, percentage: Exact): Exact {
  return band.points === null ? shareOf(percentage, POINTS_OF_ONE_HUNDRED) : exact(band.points)
}

/** The same as text for people, with two decimals; only points may need rounding for that. Throws as `gradeFor` does. */
export function writtenGrade(scheme: GradingScheme, unrounded: Amount): WrittenGrade {
  const { letter, passing, ...figures } = gradeFor(scheme, exact(unrounded))
  const { percentage, points, value } = figures
  return { percentage: format(percentage, 2), letter, points: format(points, 2), value: format(value, 2), passing }
}

/**
 * The scheme with its pass mark moved (a percentage: "47.5" is 9.5 of 20). The lowest passing band follows, so that
 * a letter never contradicts the pass. `schemeProblems` tells when the new mark runs into the next band.
 */
export function withPassMinimum(scheme: GradingScheme, passMinimum: string): GradingScheme {
  const lowestPassing = scheme.bands.findLast(({ passing }) => passing)
  const bands = scheme.bands.map((band) => (band === lowestPassing ? { ...band, minimum: passMinimum } : band))
  return { ...scheme, pass_minimum: passMinimum, bands }
}

function shareOf(percentage: Exact, whole: Exact): Exact {
  return divide(multiply(percentage, whole), HUNDRED)
}
