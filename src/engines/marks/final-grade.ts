import { exact, format, HUNDRED, max, multiply, subtract, sum, ZERO, type Amount, type Exact } from './exact.ts'
import { writtenGrade, type GradingScheme, type WrittenGrade } from './scheme.ts'
import { groupsOf, type Assessment, type Category, type Entry, type Score } from './section-work.ts'
import { contributionOf, percentageOf, sharesOf, type Group, type ScoreState, type Share } from './shares.ts'

/** One student in one section; the penalty is percentage points each. Scores of other assessments are ignored. */
export type FinalGradeInput = {
  scheme: GradingScheme
  categories: readonly Category[]
  assessments: readonly Assessment[]
  scores: readonly Score[]
  absence_penalty: Amount
  absences: number
}

/** How one assessment, or a category that has none, enters `final`: `weight` is its effective share of 100, `contribution` what it adds. */
export type BreakdownRow = {
  category: string | null
  assessment_id: number | null
  title: string
  score: string | null
  max_score: string
  percentage: string | null
  weight: string
  contribution: string
  state: ScoreState
  dropped: boolean
  /** The same for `current`, where shares and drops differ as long as work is missing. */
  current: { weight: string; contribution: string; dropped: boolean }
}

/** What the graded work of a category comes to by its own rules, out of 100; null while nothing of it is graded. */
export type CategoryAverage = { name: string; weight: string; average: string | null }

/** Figures for people have two decimals. `weight_assessed` is the part of `final`, out of 100, that graded work decides. `exact` holds the unrounded percentages to compute with; it never travels. */
export type FinalGrade = {
  current: WrittenGrade
  final: WrittenGrade
  weight_assessed: string
  categories: CategoryAverage[]
  breakdown: BreakdownRow[]
  absences: number
  absence_deduction: string
  exact: { current: Exact; final: Exact }
}

/**
 * Both percentages of a student in a section. Throws RangeError for a malformed decimal or date, a max_score of 0, a
 * graded score without a figure, or an unknown category. Domain rule: max(0, percentage - absence_penalty x absences),
 * one rounding at the very end; nothing graded is 0.00 with an empty breakdown.
 */
export function finalGrade(input: FinalGradeInput): FinalGrade {
  const { scheme, absences } = input
  const groups = groupsOf(input.categories, input.assessments, input.scores)
  const entries = groups.flatMap(({ works }) => works)
  const currentShares = sharesOf(groups, 'current')
  const finalShares = sharesOf(groups, 'final')
  const isNothingGraded = currentShares.size === 0
  const deduction = multiply(exact(input.absence_penalty), exact(String(absences)))
  const current = max(ZERO, subtract(percentageOf(entries, currentShares), deduction))
  const final = max(ZERO, subtract(percentageOf(entries, finalShares), deduction))
  return {
    current: writtenGrade(scheme, current),
    final: writtenGrade(scheme, final),
    weight_assessed: format(assessedOf(entries, finalShares), 2),
    categories: input.categories.map(({ name }, place) => ({ name, ...averageOf(groups[place]!) })),
    breakdown: isNothingGraded ? [] : entries.map((entry) => explain(entry, currentShares, finalShares)),
    absences,
    absence_deduction: format(deduction, 2),
    exact: { current, final },
  }
}

const assessedOf = (entries: readonly Entry[], shares: Map<number, Share>) =>
  sum(entries.map(({ id, percentage }) => (percentage ? shares.get(id)?.weight : undefined) ?? ZERO))

/** The groups of the categories come first, in their order. */
function averageOf(group: Group<Entry>) {
  const shares = sharesOf([{ ...group, weight: HUNDRED }], 'current')
  const average = shares.size > 0 ? format(percentageOf(group.works, shares), 2) : null
  return { weight: format(group.weight, 2), average }
}

function explain(entry: Entry, currentShares: Map<number, Share>, finalShares: Map<number, Share>): BreakdownRow {
  return {
    category: entry.category,
    assessment_id: entry.assessment_id,
    title: entry.title,
    score: entry.score && format(entry.score, 2),
    max_score: format(entry.max_score, 2),
    percentage: entry.percentage && format(entry.percentage, 2),
    state: entry.state,
    ...written(entry, finalShares.get(entry.id)),
    current: written(entry, currentShares.get(entry.id)),
  }
}

function written(entry: Entry, share: Share | undefined): BreakdownRow['current'] {
  return {
    weight: format(share?.weight ?? ZERO, 2),
    contribution: format(contributionOf(entry, share), 2),
    dropped: share?.dropped ?? false,
  }
}
