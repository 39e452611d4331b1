import type { Aggregation, ScoreState } from '#/engines/marks/index.ts'

/** A section in hundredths and whole numbers only. `group` is the place of the category, null for work beside them. */
export type ModelSection = {
  groups: readonly { weight: number; aggregation: Aggregation; drop: number }[]
  works: readonly ModelWork[]
  penalty: number
  absences: number
}

export type ModelWork = {
  group: number | null
  weight: number
  max: number
  due: number | null
  state: ScoreState
  score: number
}

/** A percentage in hundredths over one common denominator. */
export type Ratio = { top: bigint; bottom: bigint }

type Standing = { id: number; due: number; weight: bigint; part: bigint; hasScore: boolean }

/**
 * The grading rules a second time, without fractions: every score is brought to the product of all max_scores, every
 * group to the product of all group totals, and the only division is the reader's.
 */
export function modelPercentage(section: ModelSection, view: 'current' | 'final'): Ratio {
  const unit = product(section.works.map(({ max }) => BigInt(max)))
  const groups = section.groups.length > 0 ? section.groups.map(membersOf(section)) : section.works.map(aloneIn)
  let unused = 10_000n
  const used: { weight: bigint; part: bigint; total: bigint }[] = []
  for (const { group, members } of groups) {
    const weighty = members.filter(([{ weight }]) => weight > 0 || group.aggregation !== 'weighted')
    const eligible = weighty.filter(([{ state }]) => state !== 'excused' && state !== 'exempt')
    if (weighty.length > 0 && eligible.length === 0) unused -= BigInt(group.weight)
    const standings = eligible.map(([work, id]) => standingOf(work, id, group.aggregation, unit))
    const counting = standings.filter(({ hasScore }) => hasScore || view === 'final')
    if (counting.length > 0) used.push({ weight: BigInt(group.weight), ...aggregate(counting, group) })
  }
  const whole = view === 'final' ? unused : used.reduce((total, { weight }) => total + weight, 0n)
  if (whole <= 0n) return { top: 0n, bottom: 1n }
  const totals = product(used.map(({ total }) => total))
  const earned = used.reduce((subtotal, { weight, part, total }) => subtotal + weight * part * (totals / total), 0n)
  const bottom = unit * totals * whole
  const top = 10_000n * earned - BigInt(section.penalty * section.absences) * bottom
  return { top: top < 0n ? 0n : top, bottom }
}

/** Rounded half up to two decimals, as text. */
export function modelText(percentage: Ratio): string {
  const hundredths = printed(percentage)
  return `${hundredths / 100n}.${String(hundredths % 100n).padStart(2, '0')}`
}

/** The letter of the printed percentage, by minimums in hundredths, best first. */
export function modelLetter(percentage: Ratio, minimums: readonly (readonly [number, string])[]): string {
  return minimums.find(([minimum]) => printed(percentage) >= BigInt(minimum))?.[1] ?? ''
}

function printed({ top, bottom }: Ratio): bigint {
  return (top + top + bottom) / (bottom + bottom)
}

function membersOf(section: ModelSection) {
  return (group: ModelSection['groups'][number], place: number) => {
    const all = section.works.map((work, index): [ModelWork, number] => [work, index + 1])
    return { group, members: all.filter(([work]) => work.group === place) }
  }
}

function aloneIn(work: ModelWork, index: number) {
  const group: ModelSection['groups'][number] = { weight: work.weight, aggregation: 'mean', drop: 0 }
  return { group, members: [[work, index + 1]] as [ModelWork, number][] }
}

function standingOf(work: ModelWork, id: number, aggregation: Aggregation, unit: bigint): Standing {
  const hasScore = work.state === 'graded' || work.state === 'banked'
  const part = hasScore ? (BigInt(work.score) * unit) / BigInt(work.max) : 0n
  const weight = aggregation === 'weighted' ? BigInt(work.weight) : 1n
  return { id, due: work.due ?? -1, weight, part, hasScore }
}

function aggregate(standings: Standing[], group: ModelSection['groups'][number]): { part: bigint; total: bigint } {
  let kept = standings
  if (group.aggregation === 'latest') {
    const graded = standings.filter(({ hasScore }) => hasScore)
    while (graded.length > 1) graded.splice(isLater(graded[0], graded[1]) ? 1 : 0, 1)
    kept = graded.length > 0 ? graded : standings
  } else {
    for (let drops = group.drop; drops > 0 && kept.length > 1; drops--) kept = withoutWorst(kept)
  }
  const part = kept.reduce((subtotal, standing) => subtotal + standing.weight * standing.part, 0n)
  return { part, total: kept.reduce((subtotal, { weight }) => subtotal + weight, 0n) }
}

function isLater(a: Standing | undefined, b: Standing | undefined): boolean {
  return !!a && !!b && (a.due > b.due || (a.due === b.due && a.id > b.id))
}

function withoutWorst(standings: Standing[]): Standing[] {
  const worst = standings.reduce((a, b) => (b.part < a.part || (b.part === a.part && b.weight > a.weight) ? b : a))
  return standings.filter((standing) => standing !== worst)
}

function product(factors: readonly bigint[]): bigint {
  return factors.reduce((total, factor) => total * factor, 1n)
}
