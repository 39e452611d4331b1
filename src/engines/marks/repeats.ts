import { creditAverage, plainAverage, type CourseGrade, type CreditAverage } from './averages.ts'
import { compare, exact, subtract, sum, ZERO, type Exact } from './exact.ts'

/** Which attempts at a repeated course make its grade. */
export type RepeatPolicy = 'best' | 'last' | 'average' | 'first'

/** One attempt at a course; `term_start` is a calendar date and orders the attempts, then the id does. */
export type Attempt = CourseGrade & {
  id: number
  course_id: number
  term_id: number
  term_start: string
  passing: boolean
}

export type Standing = CreditAverage & { creditsEarned: Exact }
export type TermStanding = { termId: number; term: Standing; cumulative: Standing }

/**
 * The standing after every term, oldest first. A term stands by what was taken in it, the original of a repeat too;
 * `cumulative` applies the policy to all attempts so far. A term earns only the credits that no earlier term earned.
 */
export function termStandings(attempts: readonly Attempt[], policy: RepeatPolicy): TermStanding[] {
  const terms = Map.groupBy(attempts.toSorted(byTime), ({ term_id }) => term_id)
  const soFar: Attempt[] = []
  let earnedBefore = ZERO
  return Array.from(terms, ([termId, taken]) => {
    soFar.push(...taken)
    const cumulative = standing(soFar, policy)
    const term = { ...standing(taken, policy), creditsEarned: subtract(cumulative.creditsEarned, earnedBefore) }
    earnedBefore = cumulative.creditsEarned
    return { termId, term, cumulative }
  })
}

/**
 * Averages and credits earned, unrounded, over all attempts given. A repeated course weighs in once. Its credits are
 * earned once, by the first attempt that passes: a later failure changes the average and takes no credits away.
 */
export function standing(attempts: readonly Attempt[], policy: RepeatPolicy): Standing {
  const courses = [...Map.groupBy(attempts.toSorted(byTime), ({ course_id }) => course_id).values()]
  const earned = courses.flatMap((tries) => tries.find(({ passing }) => passing) ?? [])
  return {
    ...creditAverage(courses.flatMap((tries) => courseGrade(countingOf(tries, policy)))),
    creditsEarned: sum(earned.map(({ credits }) => exact(credits))),
  }
}

/** The attempts that make the grade of their course, oldest first: all graded ones under `average`, else one each. */
export function countingAttempts(attempts: readonly Attempt[], policy: RepeatPolicy): Attempt[] {
  const courses = Map.groupBy(attempts.toSorted(byTime), ({ course_id }) => course_id)
  return [...courses.values()].flatMap((tries) => countingOf(tries, policy)).toSorted(byTime)
}

// A withdrawn or unfinished repeat is no grade, so it never displaces one. Of equal bests the first stays.
function countingOf(tries: readonly Attempt[], policy: RepeatPolicy): Attempt[] {
  const graded = tries.filter(({ counted, percentage, points }) => counted && percentage !== null && points !== null)
  if (policy === 'average') return graded
  if (policy === 'first') return graded.slice(0, 1)
  if (policy === 'last') return graded.slice(-1)
  return graded.toSorted((a, b) => compare(exact(b.percentage ?? ZERO), exact(a.percentage ?? ZERO))).slice(0, 1)
}

// Under `average` the mean of the attempts weighs as much as the last of them.
function courseGrade(counting: readonly Attempt[]): CourseGrade[] {
  const last = counting.at(-1)
  if (!last) return []
  const percentage = plainAverage(counting.flatMap((attempt) => attempt.percentage ?? []))
  const points = plainAverage(counting.flatMap((attempt) => attempt.points ?? []))
  return [{ credits: last.credits, percentage, points, counted: true }]
}

function byTime(a: Attempt, b: Attempt): number {
  if (a.term_start !== b.term_start) return a.term_start < b.term_start ? -1 : 1
  return a.term_id - b.term_id || a.id - b.id
}
