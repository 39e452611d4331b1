import { add, compare, divide, exact, multiply, sum, ZERO, type Amount, type Exact } from './exact.ts'

/** A course on a record. What has no figures (withdrawn, pass/fail) or is not `counted` stays out of the averages. */
export type CourseGrade = { credits: Amount; percentage: Amount | null; points: Amount | null; counted: boolean }

/** `percentage` 0..100 and `gpa` 0..4 are null when no credits count; `credits` are those that the averages rest on. */
export type CreditAverage = { percentage: Exact | null; gpa: Exact | null; credits: Exact }

/**
 * Averages weighted by credits, unrounded. Throws RangeError for a malformed decimal.
 * Domain rule: averages are credit-weighted; 3 credits at 3.4 and 2 at 3.8 points are a GPA of 3.56.
 */
export function creditAverage(courses: readonly CourseGrade[]): CreditAverage {
  const total = { credits: ZERO, percentage: ZERO, points: ZERO }
  for (const course of courses) {
    if (!course.counted || course.percentage === null || course.points === null) continue
    const credits = exact(course.credits)
    total.credits = add(total.credits, credits)
    total.percentage = add(total.percentage, multiply(credits, exact(course.percentage)))
    total.points = add(total.points, multiply(credits, exact(course.points)))
  }
  if (compare(total.credits, ZERO) === 0) return { percentage: null, gpa: null, credits: ZERO }
  return {
    percentage: divide(total.percentage, total.credits),
    gpa: divide(total.points, total.credits),
    credits: total.credits,
  }
}

/** The sum over the count, unrounded; null when there is nothing to average. */
export function plainAverage(values: readonly Amount[]): Exact | null {
  return values.length === 0 ? null : divide(sum(values.map(exact)), exact(String(values.length)))
}

/** The middle value, or the exact mean of the two in the middle; null when there is none. */
export function median(values: readonly Amount[]): Exact | null {
  const sorted = values.map(exact).toSorted(compare)
  const half = sorted.length / 2
  return plainAverage(sorted.slice(Math.ceil(half) - 1, Math.floor(half) + 1))
}
