import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { compare, exact } from '#/engines/marks/exact.ts'
import {
  gradeFor,
  greek10,
  greek20,
  letters,
  withPassMinimum,
  writtenGrade,
  type GradingScheme,
} from '#/engines/marks/index.ts'
import figures from '../../exact-figures.json'

const passOrFail = (scale_max: '10' | '20', step: string, rounding: 'half_up' | 'down'): GradingScheme => ({
  code: 'own',
  scale_max,
  step,
  rounding,
  pass_minimum: '50',
  bands: [
    { minimum: '50', letter: 'pass', points: null, passing: true },
    { minimum: '0', letter: 'fail', points: null, passing: false },
  ],
})
const schemes = {
  letters,
  'greek-10': greek10,
  'greek-10 half steps': { ...greek10, step: '0.5' },
  'greek-20': greek20,
  'greek-20 pass 9.5': withPassMinimum(greek20, '47.5'),
  '0-20 whole': passOrFail('20', '1', 'half_up'),
  '0-10 cut': passOrFail('10', '0.1', 'down'),
}

describe('a percentage that was computed', () => {
  it.each(figures.grade_values)(
    '$scheme: $percentage_unrounded is $value, printed as $percentage_published percent',
    (row) => {
      const grade = writtenGrade(schemes[row.scheme as keyof typeof schemes], row.percentage_unrounded)
      expect([Number(grade.value), Number(grade.percentage), grade.passing]).toEqual([
        row.value,
        row.percentage_published,
        row.passing,
      ])
    },
  )

  const anything = fc.record({
    scheme: fc.constantFrom(...Object.values(schemes)),
    computed: fc.bigInt({ min: 0n, max: 100_000_000n }).map((numerator) => ({ numerator, denominator: 1_000_000n })),
  })

  it('is graded as the percentage that is printed would be', () => {
    fc.assert(
      fc.property(anything, ({ scheme, computed }) => {
        const printed = writtenGrade(scheme, computed)
        expect(writtenGrade(scheme, printed.percentage)).toEqual(printed)
      }),
    )
  })

  it('comes to the nearest step, or the one below where the scheme cuts', () => {
    fc.assert(
      fc.property(anything, ({ scheme, computed }) => {
        const { value } = gradeFor(scheme, computed)
        const steps = (amount: typeof value) =>
          Number(amount.numerator) / Number(amount.denominator) / Number(scheme.step)
        const wanted = (steps(computed) * Number(scheme.scale_max)) / 100
        expect(steps(value)).toBeCloseTo(Math.round(steps(value)), 6)
        const off = steps(value) - wanted
        if (scheme.rounding === 'down') expect(off <= 1e-6 && off > -1 - 1e-6).toBe(true)
        else expect(Math.abs(off)).toBeLessThanOrEqual(0.5 + 1e-6)
      }),
    )
  })

  it('never loses by being better', () => {
    fc.assert(
      fc.property(anything, anything, ({ scheme, computed }, { computed: other }) => {
        const [worse, better] = [computed, other].toSorted(compare).map((one) => gradeFor(scheme, one))
        expect(compare(worse!.value, better!.value)).toBeLessThanOrEqual(0)
        expect(Number(worse!.passing)).toBeLessThanOrEqual(Number(better!.passing))
      }),
    )
  })

  it('is nothing below zero', () => {
    expect(() => gradeFor(greek10, exact('-1'))).toThrow('No grade is below zero')
  })
})
