import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { compare, divide, exact, HUNDRED, ZERO, type Exact } from '#/engines/marks/exact.ts'
import { finalGrade, format, gradeFor, letters, shippedSchemes, writtenGrade } from '#/engines/marks/index.ts'
import { gradeOfSection, inputOf, mapWorks, sections } from '../engines/marks/random-section.ts'
import {
  modelLetter,
  modelPercentage,
  modelText,
  type ModelSection,
  type ModelWork,
} from '../engines/marks/whole-number-model.ts'

const views = ['current', 'final'] as const
const work = { group: null, weight: 10_000, due: null, state: 'graded' as const }

/** 89.9967 is printed as 90.00 and is the letter of that. */
const justBelow: ModelSection = {
  groups: [],
  works: [{ ...work, max: 30_000, score: 26_999 }],
  penalty: 0,
  absences: 0,
}
const minimums = letters.bands.map(({ minimum, letter }) => [Number(minimum) * 100, letter] as const)

// Where weights differ and the lowest percentages are dropped, a better score can push out a heavier work: the laws
// of order below hold for every other kind of section.
const orderly = sections.map((section): ModelSection => {
  const groups = section.groups.map((group) => ({ ...group, drop: group.aggregation === 'weighted' ? 0 : group.drop }))
  return { ...section, groups }
})

describe('a final grade', () => {
  it('is that of the whole-number model, to the last digit and letter', () => {
    const holds = (section: ModelSection) => {
      const grade = gradeOfSection(section)
      for (const view of views) {
        const { top, bottom } = modelPercentage(section, view)
        const { numerator, denominator } = grade.exact[view]
        expect(numerator * bottom * 100n).toBe(top * denominator)
        expect(grade[view].percentage).toBe(modelText({ top, bottom }))
        expect(grade[view].letter).toBe(modelLetter({ top, bottom }, minimums))
      }
    }
    holds(justBelow)
    check(1_000, sections, holds)
  })

  it('lies between 0 and 100, final never above current', () => {
    check(300, orderly, (section) => {
      const { current, final } = gradeOfSection(section).exact
      expect(isSorted([ZERO, final, current, HUNDRED])).toBe(true)
    })
  })

  it('never falls when a score rises', () => {
    check(500, fc.tuple(orderly, fc.nat(7), fc.nat(9_999)), ([section, place, gain]) => {
      const raise = (work: ModelWork) => ({ ...work, score: Math.min(work.max, work.score + gain) })
      const raised = mapWorks(section, (work, index) => (index === place ? raise(work) : work))
      const [before, after] = [gradeOfSection(section).exact, gradeOfSection(raised).exact]
      expect(isSorted([before.current, after.current])).toBe(true)
      expect(isSorted([before.final, after.final])).toBe(true)
    })
  })

  it('does not depend on the order of assessments, scores or categories', () => {
    check(300, fc.tuple(sections, fc.array(fc.nat(), { minLength: 8, maxLength: 8 })), ([section, keys]) => {
      const input = inputOf(section)
      const assessments = shuffle(input.assessments, keys)
      const scores = shuffle(input.scores, keys.toReversed())
      const categories = shuffle(input.categories, keys)
      expect(finalGrade({ ...input, assessments, scores })).toEqual(finalGrade(input))
      expect(finalGrade({ ...input, categories }).exact).toEqual(finalGrade(input).exact)
    })
  })

  it('is the same whether work is excused or absent from a category that holds other work', () => {
    check(500, sections, (section) => {
      const stays = section.works.filter((work) => !isLeftOut(work) && work.weight > 0)
      const isShared = ({ group }: ModelWork) => stays.some((work) => work.group === group)
      const gone = section.works.map((work) => isLeftOut(work) && isShared(work))
      fc.pre(section.groups.length > 0 && gone.includes(true))
      const input = inputOf(section)
      const assessments = input.assessments.filter((_, index) => !gone[index])
      expect(finalGrade({ ...input, assessments }).exact).toEqual(finalGrade(input).exact)
    })
  })

  it('is the same whether work is excused or its weight is spread over the rest, where there are no categories', () => {
    check(300, sections, (section) => {
      const excused = section.works.filter(isLeftOut).reduce((total, { weight }) => total + weight, 0)
      fc.pre(section.groups.length === 0 && excused > 0 && excused < 10_000)
      const input = inputOf(section)
      const assessments = input.assessments.flatMap((assessment, index) => {
        const work = section.works[index]
        return work && !isLeftOut(work) ? [{ ...assessment, weight: ratio(work.weight * 100, 10_000 - excused) }] : []
      })
      expect(finalGrade({ ...input, assessments }).exact).toEqual(finalGrade(input).exact)
    })
  })

  it('is one and the same, current and final, when everything is graded and the weights total 100', () => {
    check(300, sections, (section) => {
      const { groups, works } = section
      const weights = (groups.length > 0 ? groups : works).map(({ weight }) => weight)
      fc.pre(weights.reduce((total, weight) => total + weight, 0) === 10_000)
      fc.pre(groups.every((_, place) => works.some(({ group, weight }) => group === place && weight > 0)))
      const { current, final } = gradeOfSection(mapWorks(section, (work) => ({ ...work, state: 'graded' })))
      expect(current).toEqual(final)
    })
  })

  it('takes banked for graded, exempt for excused and no row for missing', () => {
    const twins = { graded: 'banked', banked: 'graded', excused: 'exempt', exempt: 'excused' } as const
    check(300, sections, (section) => {
      const input = inputOf(section)
      const rows = input.scores.filter(({ state }) => state !== 'missing')
      const scores = rows.map((row) => ({ ...row, state: row.state === 'missing' ? row.state : twins[row.state] }))
      expect(finalGrade({ ...input, scores }).exact).toEqual(finalGrade(input).exact)
    })
  })

  it('takes a percentage that is given for the one graded work of a category, and none for missing work', () => {
    check(300, fc.tuple(sections, fc.option(fc.nat(10_000)), fc.nat(3)), ([section, given, drop]) => {
      const input = inputOf(section)
      const other = { name: 'given', weight: '12.5', aggregation: 'mean' as const, drop_lowest: drop }
      const percentage = given === null ? null : ratio(given, 100)
      const work = { id: 99, title: '', category: 'given', weight: '7', max_score: '100', due_at: null }
      const scores = percentage === null ? [] : [{ assessment_id: 99, score: percentage, state: 'graded' as const }]
      const [plain, one] = [
        finalGrade({ ...input, categories: [...input.categories, { ...other, given: percentage }] }),
        finalGrade({
          ...input,
          categories: [...input.categories, other],
          assessments: [...input.assessments, work],
          scores: [...input.scores, ...scores],
        }),
      ]
      expect([plain.exact, plain.weight_assessed, plain.categories]).toEqual([
        one.exact,
        one.weight_assessed,
        one.categories,
      ])
    })
  })

  it('is what its breakdown adds up to, but for the rounding of the rows', () => {
    check(300, sections, (section) => {
      const { breakdown, exact: figures } = gradeOfSection({ ...section, penalty: 0 })
      const error = (written: string[], whole: Exact) =>
        Math.abs(written.reduce((total, figure) => total + Number(figure), 0) - Number(format(whole, 6)))
      const most = 0.005 * breakdown.length + 0.0001
      expect(
        error(
          breakdown.map((row) => row.contribution),
          figures.final,
        ),
      ).toBeLessThan(most)
      expect(
        error(
          breakdown.map((row) => row.current.contribution),
          figures.current,
        ),
      ).toBeLessThan(most)
      expect(
        error(
          breakdown.map((row) => row.current.weight),
          breakdown.length > 0 ? HUNDRED : ZERO,
        ),
      ).toBeLessThan(most)
    })
  })
})

describe('a letter', () => {
  it('is that of the printed percentage, however close the unrounded one comes to a band', () => {
    const offsets = fc.integer({ min: -20_000, max: 20_000 })
    check(500, fc.tuple(fc.constantFrom(...minimums), offsets), ([[edge], offset]) => {
      const millionths = Math.min(100_000_000, Math.max(0, edge * 10_000 + offset))
      const printed = Math.floor((millionths + 5000) / 10_000)
      const expected = minimums.find(([minimum]) => printed >= minimum)?.[1]
      expect(writtenGrade(letters, ratio(millionths, 1_000_000)).letter).toBe(expected)
    })
  })

  it('never gets worse, nor do points, value and passing, when the percentage rises', () => {
    const thousandths = fc.nat(100_000)
    check(300, fc.tuple(fc.constantFrom(...shippedSchemes), thousandths, thousandths), ([scheme, a, b]) => {
      const worse = gradeFor(scheme, ratio(Math.min(a, b), 1_000))
      const better = gradeFor(scheme, ratio(Math.max(a, b), 1_000))
      const ranks = [better, worse].map(({ letter }) => scheme.bands.findIndex((band) => band.letter === letter))
      expect(ranks).toEqual(ranks.toSorted((one, other) => one - other))
      expect(isSorted([worse.points, better.points]) && isSorted([worse.value, better.value])).toBe(true)
      expect(better.passing || !worse.passing).toBe(true)
    })
  })
})

function check<T>(numRuns: number, drawn: fc.Arbitrary<T>, holds: (value: T) => void): void {
  fc.assert(fc.property(drawn, holds), { numRuns })
}

function isLeftOut({ state }: ModelWork): boolean {
  return state === 'excused' || state === 'exempt'
}

function isSorted(values: readonly Exact[]): boolean {
  return values.every((value, index) => compare(values[index - 1] ?? value, value) <= 0)
}

function ratio(top: number, bottom: number): Exact {
  return divide(exact(String(top)), exact(String(bottom)))
}

function shuffle<T>(items: readonly T[], keys: readonly number[]): T[] {
  const keyed = items.map((item, index) => ({ item, key: keys[index] ?? 0 }))
  return keyed.toSorted((a, b) => a.key - b.key).map(({ item }) => item)
}
