import fc from 'fast-check'
import { expect, test } from 'vitest'
import { figuresOf, tallyOf } from '#/grading/attendance/index.ts'
import { attendanceStates, excusedCounts } from '#/platform/words.ts'

const count = fc.nat(40)
const tallies = fc.record({ present: count, absent: count, late: count, excused: count, outside: count })
const hundredths = fc.nat(10_000)
const rules = fc.record({ late: hundredths, excused: fc.constantFrom(...excusedCounts), minimum: hundredths })

/** What the rule says, as a fraction of whole numbers: hundredths of a percent of a presence above, records below. */
function modelOf(tally: Record<string, number>, { late, excused }: { late: number; excused: string }) {
  const { present = 0, absent = 0, late: lates = 0, excused: excuses = 0 } = tally
  const each = [
    [present, 10_000],
    [absent, 0],
    [lates, late],
    [excuses, excused === 'present' ? 10_000 : 0],
  ] as const
  const counted = each.filter((_, kind) => kind !== 3 || excused !== 'left_out')
  const below = counted.reduce((sum, [records]) => sum + BigInt(records), 0n)
  const above = counted.reduce((sum, [records, worth]) => sum + BigInt(records) * BigInt(worth), 0n)
  if (below === 0n) return { above: excuses > 0 ? 10_000n : 0n, below: 1n }
  return { above, below }
}

test('percentage and eligibility are those of exact fractions, whatever the rule, and days outside count for nothing', () => {
  const property = fc.property(tallies, rules, ({ outside, ...inside }, { late, excused, minimum }) => {
    const tally = { ...inside, outside }
    const figures = figuresOf(tally, { late_counts: late / 100, excused, minimum: minimum / 100 })
    const { above, below } = modelOf(inside, { late, excused })
    const records = Object.values(inside).reduce((sum, one) => sum + one, 0)
    expect(BigInt(Math.round(figures.percentage * 100))).toBe((2n * above + below) / (2n * below))
    expect(figures).toMatchObject({ ...tally, records })
    expect(figures.eligible).toBe(records > 0 && above >= BigInt(minimum) * below)
  })
  fc.assert(property, { numRuns: 3_000 })
})

test('records are counted by status inside, and together outside', () => {
  const counted = fc.record({ status: fc.constantFrom(...attendanceStates), inside: fc.nat(1), records: count })
  const property = fc.property(fc.array(counted, { maxLength: 12 }), (counts) => {
    const tally = tallyOf(counts)
    const sum = (of: typeof counts) => of.reduce((total, { records }) => total + records, 0)
    for (const status of attendanceStates)
      expect(tally[status]).toBe(sum(counts.filter((one) => one.inside === 1 && one.status === status)))
    expect(tally.outside).toBe(sum(counts.filter(({ inside }) => inside === 0)))
  })
  fc.assert(property, { numRuns: 500 })
})
