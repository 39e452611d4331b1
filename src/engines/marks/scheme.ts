import { compare, divide, exact, format, HUNDRED, multiply, type Amount, type Exact } from './exact.ts'

// Minimums are decimal strings: they read as the rule book prints them, carry any number of decimals, survive JSON
// unchanged, and cannot be mistaken for hundredths. 9.5 of 20 is "47.5" and 6.5 of 10 is "65", exactly.
export type Band = { minimum: string; letter: string; points: string | null; passing: boolean }

/** Minimums are percentages, `scale_max` is what `value` is counted in, and bands run from the top down. */
export type GradingScheme = {
  code: string
  scale_max: '100' | '20' | '10'
  pass_minimum: string
  bands: readonly Band[]
}

export type Grade = { letter: string; points: Exact; value: Exact; passing: boolean }
export type WrittenGrade = { percentage: string; letter: string; points: string; value: string; passing: boolean }

const POINTS_OF_ONE_HUNDRED = exact('4')

/**
 * The grade of an unrounded percentage (0..100): letter, points (0..4), value on the scheme's scale.
 * Throws RangeError when no band reaches down to the percentage. Domain rule: letters from the unrounded value.
 */
export function gradeFor(scheme: GradingScheme, percentage: Exact): Grade {
  const band = scheme.bands.find(({ minimum }) => compare(percentage, exact(minimum)) >= 0)
  if (!band) throw new RangeError(`Scheme ${scheme.code} has no band for ${format(percentage, 2)}%`)
  return {
    letter: band.letter,
    points: pointsAt(band, percentage),
    value: shareOf(percentage, exact(scheme.scale_max)),
    passing: band.passing,
  }
}

/** Grade points (0..4) of a percentage inside the band. Domain rule: percentage / 25 unless the scheme gives points. */
export function pointsAt(band: Band, percentage: Exact): Exact {
  return band.points === null ? shareOf(percentage, POINTS_OF_ONE_HUNDRED) : exact(band.points)
}

/** The same as text for people, every figure rounded once, half up, to two decimals. Throws as `gradeFor` does. */
export function writtenGrade(scheme: GradingScheme, percentage: Amount): WrittenGrade {
  const { letter, points, value, passing } = gradeFor(scheme, exact(percentage))
  const twoDecimals = { percentage: format(exact(percentage), 2), points: format(points, 2), value: format(value, 2) }
  return { ...twoDecimals, letter, passing }
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
