import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { add, compare, divide, exact, max, multiply, subtract } from '#/engines/marks/exact.ts'
import {
  countingAttempts,
  creditAverage,
  format,
  fromHundredths,
  median,
  plainAverage,
  standing,
  termStandings,
  toHundredths,
  weightTotal,
  type Attempt,
  type Exact,
} from '#/engines/marks/index.ts'

const hundredths = fc.integer({ min: -1_000_000, max: 1_000_000 })
const fractions = fc
  .tuple(hundredths, fc.integer({ min: 1, max: 9_999 }))
  .map(([top, bottom]) => divide(fromHundredths(top), fromHundredths(bottom)))
const grades = fc.nat(10_000)
const gradeLists = fc.array(grades, { minLength: 1, maxLength: 12 })

// Every attempt at a course carries the same credits, 0.5 to 2.5 by its id; the figures rise with the percentage.
const attempts: fc.Arbitrary<Attempt[]> = fc
  .array(fc.record({ course_id: fc.nat(4), term_id: fc.nat(3), grade: fc.option(grades) }), { maxLength: 12 })
  .map((drawn) =>
    drawn.map(({ course_id, term_id, grade }, id) => ({
      id,
      course_id,
      term_id,
      term_start: `2025-0${term_id + 1}-01`,
      credits: `${(course_id + 1) / 2}`,
      percentage: grade === null ? null : fromHundredths(grade),
      points: grade === null ? null : divide(fromHundredths(grade), exact('25')),
      counted: true,
      passing: grade !== null && grade >= 6_000,
    })),
  )

describe('exact numbers', () => {
  it('undo what they do', () => {
    check(fc.tuple(fractions, fractions), ([a, b]) => {
      expect(subtract(add(a, b), b)).toEqual(a)
      fc.pre(b.numerator !== 0n)
      expect(divide(multiply(a, b), b)).toEqual(a)
    })
  })

  it('distribute, and order as their difference does', () => {
    check(fc.tuple(fractions, fractions, fractions), ([a, b, c]) => {
      expect(multiply(a, add(b, c))).toEqual(add(multiply(a, b), multiply(a, c)))
      expect(compare(a, b)).toBe(compare(subtract(a, b), exact('0')))
      expect(max(a, b)).toEqual(compare(a, b) > 0 ? a : b)
    })
  })

  it('write hundredths as they came and read them back', () => {
    check(hundredths, (value) => {
      expect(exact(format(fromHundredths(value), 2))).toEqual(fromHundredths(value))
      expect(toHundredths(fromHundredths(value))).toBe(value)
    })
  })

  it('are never written more than half a unit away, and halves away from zero', () => {
    check(fc.tuple(fractions, fc.nat(4)), ([value, decimals]) => {
      const unit = exact(`1${'0'.repeat(decimals)}`)
      const error = multiply(subtract(exact(format(value, decimals)), value), unit)
      expect(isBetween(exact('-0.5'), error, exact('0.5'))).toBe(true)
      const half = divide(add(exact(format(value, 0)), exact('0.5')), unit)
      expect(compare(exact(format(half, decimals)), half)).toBe(half.numerator < 0n ? -1 : 1)
    })
  })
})

describe('averages', () => {
  it('of credits are the whole-number quotient of both sums', () => {
    check(fc.array(fc.tuple(fc.nat(600), grades), { maxLength: 10 }), (courses) => {
      const credits = courses.reduce((total, [credit]) => total + credit, 0)
      const weighted = courses.reduce((total, [credit, grade]) => total + credit * grade, 0)
      fc.pre(credits > 0)
      const { percentage, gpa } = creditAverage(courses.map(courseOf))
      const expected = divide(fromHundredths(weighted), exact(String(credits)))
      expect([percentage, gpa]).toEqual([expected, divide(expected, exact('25'))])
    })
  })

  it('of equal credits are plain averages, and lie between the least and the greatest', () => {
    check(fc.tuple(gradeLists, fc.integer({ min: 1, max: 600 })), ([list, credit]) => {
      const average = plainAverage(list.map(fromHundredths)) ?? exact('-1')
      expect(creditAverage(list.map((grade) => courseOf([credit, grade]))).percentage).toEqual(average)
      expect(isBetween(fromHundredths(Math.min(...list)), average, fromHundredths(Math.max(...list)))).toBe(true)
    })
  })

  it('have a median with as many values on either side', () => {
    check(gradeLists, (list) => {
      const values = list.map(fromHundredths)
      const middle = median(values) ?? exact('-1')
      const below = values.filter((value) => compare(value, middle) < 0).length
      const above = values.filter((value) => compare(value, middle) > 0).length
      expect(Math.max(below, above)).toBeLessThanOrEqual(list.length / 2)
      expect(median(values.toReversed())).toEqual(middle)
      const mirrored = values.map((value) => subtract(exact('0'), value))
      expect(median(mirrored)).toEqual(subtract(exact('0'), middle))
    })
  })
})

describe('the repeat policy', () => {
  it('best is never below the others, and all earn the same credits', () => {
    check(attempts, (list) => {
      const best = standing(list, 'best')
      for (const policy of ['last', 'average', 'first'] as const) {
        const other = standing(list, policy)
        expect([other.creditsEarned, other.credits]).toEqual([best.creditsEarned, best.credits])
        if (best.percentage && other.percentage) expect(compare(best.percentage, other.percentage) >= 0).toBe(true)
      }
    })
  })

  it('counts one attempt for every graded course, or all of them under average', () => {
    check(attempts, (list) => {
      const graded = list.filter(({ percentage }) => percentage !== null)
      const courses = new Set(graded.map(({ course_id }) => course_id))
      for (const policy of ['best', 'last', 'first'] as const) {
        const counting = countingAttempts(list, policy)
        expect(new Set(counting.map(({ course_id }) => course_id))).toEqual(courses)
        expect(counting).toHaveLength(courses.size)
      }
      expect(countingAttempts(list, 'average')).toHaveLength(graded.length)
    })
  })

  it('lets the terms earn together what the record earned, none of them less than nothing', () => {
    check(attempts, (list) => {
      const terms = termStandings(list, 'last').map(({ term }) => term.creditsEarned)
      expect(terms.every(({ numerator }) => numerator >= 0n)).toBe(true)
      expect(terms.reduce(add, exact('0'))).toEqual(standing(list, 'last').creditsEarned)
    })
  })
})

describe('the total of weights', () => {
  it('decides as whole numbers do', () => {
    check(fc.array(fc.nat(5_000), { maxLength: 6 }), (weights) => {
      const total = weights.reduce((subtotal, weight) => subtotal + weight, 0)
      const { text, isWritable, isPublishable } = weightTotal(weights.map(fromHundredths))
      expect([Number(text), isWritable, isPublishable]).toEqual([total / 100, total <= 10_000, total === 10_000])
    })
  })
})

function check<T>(drawn: fc.Arbitrary<T>, holds: (value: T) => void): void {
  fc.assert(fc.property(drawn, holds), { numRuns: 200 })
}

function isBetween(least: Exact, value: Exact, most: Exact): boolean {
  return compare(least, value) <= 0 && compare(value, most) <= 0
}

function courseOf([credit, grade]: [number, number]) {
  const percentage = fromHundredths(grade)
  return { credits: String(credit), percentage, points: divide(percentage, exact('25')), counted: true }
}
