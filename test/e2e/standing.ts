export interface Graded {
  credits: number
  percentage: number
  points: number
  outcome: string
}

/** Averages weighted by credits, in whole numbers of tenths and hundredths, rounded half up: worked out apart from the code under test. */
export function standingOf(results: readonly Graded[]) {
  const credits = sum(results, () => 1)
  return {
    average: hundredths(
      sum(results, ({ percentage }) => Math.round(percentage * 100)),
      credits,
    ),
    gpa: hundredths(
      sum(results, ({ points }) => Math.round(points * 100)),
      credits,
    ),
    attempted: (credits / 10).toFixed(1),
    earned: (
      sum(
        results.filter(({ outcome }) => outcome === 'pass'),
        () => 1,
      ) / 10
    ).toFixed(1),
  }
}

/** Of tenths of credits times `value`. */
const sum = (results: readonly Graded[], value: (result: Graded) => number) =>
  results.reduce((total, result) => total + Math.round(result.credits * 10) * value(result), 0)

const hundredths = (total: number, credits: number) =>
  (Math.floor((2 * total + credits) / (2 * credits)) / 100).toFixed(2)

/** The percentage that a midterm of weight 33.33 and a final of 66.67 come to, both scored out of 100. */
export const weighted = ([midterm, final]: readonly [number, number]) =>
  (Math.floor((3333 * Math.round(midterm * 100) + 6667 * Math.round(final * 100) + 5000) / 10_000) / 100).toFixed(2)
