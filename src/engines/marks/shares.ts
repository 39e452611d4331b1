import { add, compare, divide, HUNDRED, multiply, ONE, subtract, sum, ZERO, type Exact } from './exact.ts'

export type Aggregation = 'weighted' | 'mean' | 'latest'
export type ScoreState = 'graded' | 'missing' | 'excused' | 'exempt' | 'banked'

/** One assessment as one student stands in it. `percentage` is null unless there is a score that counts. */
export type Work = { id: number; weight: Exact; state: ScoreState; percentage: Exact | null }

/** Work that is aggregated together, with its weight out of 100. Works are in order of due date, then id. */
export type Group<W extends Work = Work> = {
  weight: Exact
  aggregation: Aggregation
  drop_lowest: number
  works: readonly W[]
}

/** `weight` is what the work finally weighs, out of 100; `dropped` says that the group set it aside. */
export type Share = { weight: Exact; dropped: boolean }

/** `current`: work graded so far, rescaled to 100. `final`: missing counts 0, and so does weight not used yet. */
export type View = 'current' | 'final'

/**
 * The share of each work that counts, by id. Excused and exempt work, and groups that hold nothing else, leave the
 * whole and the rest is rescaled. Empty when nothing counts. Domain rule: missing is not zero.
 */
export function sharesOf(groups: readonly Group[], view: View): Map<number, Share> {
  const filled = groups.map((group) => ({ ...group, works: group.works.filter((work) => counts(group, work, view)) }))
  const used = filled.filter(({ works }) => works.length > 0)
  const whole = view === 'current' ? weightOf(used) : subtract(HUNDRED, weightOf(groups.filter(isExcused)))
  if (compare(whole, ZERO) <= 0) return new Map()
  return new Map(used.flatMap((group) => groupShares(group, divide(multiply(group.weight, HUNDRED), whole))))
}

/** The percentage (0..100) that the shares come to, unrounded: the sum of share x percentage. Ungraded work adds 0. */
export function percentageOf(works: readonly Work[], shares: Map<number, Share>): Exact {
  return sum(works.map((work) => contributionOf(work, shares.get(work.id))))
}

/** Percentage points that one work adds to the result. */
export function contributionOf(work: Work, share: Share | undefined): Exact {
  return share && work.percentage ? divide(multiply(share.weight, work.percentage), HUNDRED) : ZERO
}

function counts(group: Group, work: Work, view: View): boolean {
  return weighsIn(group, work) && !isLeftOut(work) && (view === 'final' || work.percentage !== null)
}

function isExcused(group: Group): boolean {
  const works = group.works.filter((work) => weighsIn(group, work))
  return works.length > 0 && works.every(isLeftOut)
}

// Work of weight 0 among weighted work is practice: it never counts, so it cannot use up a drop either.
function weighsIn(group: Group, work: Work): boolean {
  return group.aggregation !== 'weighted' || compare(work.weight, ZERO) > 0
}

function isLeftOut(work: Work): boolean {
  return work.state === 'excused' || work.state === 'exempt'
}

function weightOf(groups: readonly Group[]): Exact {
  return sum(groups.map(({ weight }) => weight))
}

function groupShares(group: Group, weight: Exact): [number, Share][] {
  const kept = keptWorks(group)
  const relative = (work: Work) => (group.aggregation === 'weighted' ? work.weight : ONE)
  const total = [...kept].reduce((subtotal, work) => add(subtotal, relative(work)), ZERO)
  return group.works.map((work) => [
    work.id,
    kept.has(work)
      ? { weight: divide(multiply(weight, relative(work)), total), dropped: false }
      : { weight: ZERO, dropped: true },
  ])
}

function keptWorks(group: Group): Set<Work> {
  if (group.aggregation === 'latest') return new Set(latestOf(group.works))
  // `current` drops among graded work only; in `final` missing work stands as 0 and can be what is dropped.
  // One work is always kept, so dropping never empties a group.
  const dropped = Math.min(group.drop_lowest, group.works.length - 1)
  return new Set(group.works.toSorted(byLowest).slice(dropped))
}

// The last graded replaces all before it, so nothing is left to drop. Missing work counts only if all is missing.
function latestOf(works: readonly Work[]): Work[] {
  const last = works.findLast(({ percentage }) => percentage !== null) ?? works.at(-1)
  return last ? [last] : []
}

// Of equal percentages the heavier goes first, to the student's favour; else the earlier, as the sort is stable.
function byLowest(a: Work, b: Work): number {
  return compare(a.percentage ?? ZERO, b.percentage ?? ZERO) || compare(b.weight, a.weight)
}
