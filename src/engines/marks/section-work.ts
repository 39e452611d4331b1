import { divide, exact, HUNDRED, multiply, ONE, ZERO, type Amount, type Exact } from './exact.ts'
import type { Aggregation, Group, ScoreState, Work } from './shares.ts'

/**
 * `weight` is percentage points of the section; the categories of a section total 100 when it is complete. `given` is the percentage of one that
 * holds no assessments, null while there is none.
 */
export type Category = {
  name: string
  weight: Amount
  aggregation: Aggregation
  drop_lowest: number
  given?: Amount | null
}

/** `weight` is relative inside a category, and percentage points of the section where there are no categories. */
export type Assessment = {
  id: number
  title: string
  category: string | null
  weight: Amount
  max_score: Amount
  due_at: string | null
}

/** A score in the assessment's own points; only graded and banked ones have one. No row at all is missing. */
export type Score = { assessment_id: number; score: Amount | null; state: ScoreState }

export type Entry = Work & {
  /** Null where it is the whole of a category that has no assessments. */
  assessment_id: number | null
  title: string
  category: string | null
  score: Exact | null
  max_score: Exact
  dueTime: number
}

/**
 * The section's work in groups, each ordered by due date (none first), then id. Without categories every assessment
 * is a group of its own, so its weight counts out of 100; loose work beside categories has no weight to claim.
 */
export function groupsOf(
  categories: readonly Category[],
  assessments: readonly Assessment[],
  scores: readonly Score[],
): Group<Entry>[] {
  const scoreOf = new Map(scores.map((score) => [score.assessment_id, score]))
  const entries = assessments.map((assessment) => entryOf(assessment, scoreOf.get(assessment.id))).toSorted(byDue)
  const names = new Set(categories.map(({ name }) => name))
  const stray = entries.find(({ category }) => category !== null && !names.has(category))
  if (stray) throw new RangeError(`Assessment ${stray.id} is in unknown category ${stray.category}`)
  const grouped = categories.map((category, place) => ({
    ...category,
    weight: exact(category.weight),
    works:
      category.given === undefined
        ? entries.filter((entry) => entry.category === category.name)
        : [givenEntry(category.name, -1 - place, category.given)],
  }))
  const loose = entries.filter(({ category }) => category === null)
  return [...grouped, ...loose.map((entry) => groupOfOne(entry, categories.length > 0 ? ZERO : entry.weight))]
}

function groupOfOne(entry: Entry, weight: Exact): Group<Entry> {
  return { weight, aggregation: 'mean', drop_lowest: 0, works: [entry] }
}

/** Work of its own, out of 100; its id is that of no assessment. */
function givenEntry(name: string, id: number, given: Amount | null): Entry {
  const percentage = given === null ? null : exact(given)
  const figures = { weight: ONE, max_score: HUNDRED, score: percentage, percentage }
  const state = percentage ? ('graded' as const) : ('missing' as const)
  return { id, assessment_id: null, title: name, category: name, ...figures, state, dueTime: -Infinity }
}

function entryOf(assessment: Assessment, found: Score | undefined): Entry {
  const state = found?.state ?? 'missing'
  const maxScore = exact(assessment.max_score)
  const score = state === 'graded' || state === 'banked' ? scoreIn(found) : null
  const percentage = score && divide(multiply(score, HUNDRED), maxScore)
  const figures = { weight: exact(assessment.weight), max_score: maxScore, score, percentage }
  return { ...assessment, ...figures, assessment_id: assessment.id, state, dueTime: dueTimeOf(assessment) }
}

function scoreIn(found: Score | undefined): Exact {
  if (found?.score == null) throw new RangeError(`Assessment ${found?.assessment_id} is graded without a score`)
  return exact(found.score)
}

// Undated work comes first: nobody can say that it is later than dated work.
function dueTimeOf({ id, due_at }: Assessment): number {
  if (due_at === null) return -Infinity
  const time = Date.parse(due_at)
  if (Number.isNaN(time)) throw new RangeError(`Assessment ${id} is due at no readable time: ${due_at}`)
  return time
}

function byDue(a: Entry, b: Entry): number {
  return a.dueTime === b.dueTime ? a.id - b.id : a.dueTime < b.dueTime ? -1 : 1
}
