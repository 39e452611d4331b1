import { describe, expect, it } from 'vitest'
import {
  countingAttempts,
  format,
  standing,
  termStandings,
  type Attempt,
  type RepeatPolicy,
  type Standing,
} from '#/engines/marks/index.ts'

const policies: RepeatPolicy[] = ['best', 'last', 'average', 'first']
const terms = ['2024-10-01', '2025-02-10', '2025-10-01', '2026-02-10']

/** An attempt in the given term (1..4); it passes from 60 on and gives points by percentage / 25. */
function attempt(
  id: number,
  course_id: number,
  term_id: number,
  percentage: string,
  rest: Partial<Attempt> = {},
): Attempt {
  const points = String(Number(percentage) / 25)
  const result = { credits: '5', percentage, points, counted: true, passing: Number(percentage) >= 60 }
  return { id, course_id, term_id, term_start: terms[term_id - 1] ?? '', ...result, ...rest }
}

function written({ percentage, gpa, creditsEarned }: Standing): (string | null)[] {
  return [percentage && format(percentage, 2), gpa && format(gpa, 2), format(creditsEarned, 1)]
}

const repeated = [attempt(1, 7, 1, '50'), attempt(2, 7, 2, '90'), attempt(3, 7, 3, '70'), attempt(4, 8, 1, '80')]

describe('a repeated course', () => {
  it.each([
    ['best', ['85.00', '3.40', '10.0'], [4, 2]],
    ['last', ['75.00', '3.00', '10.0'], [4, 3]],
    ['average', ['75.00', '3.00', '10.0'], [1, 4, 2, 3]],
    ['first', ['65.00', '2.60', '10.0'], [1, 4]],
  ] as const)('counts by the policy %s and earns its credits once', (policy, figures, ids) => {
    expect(written(standing(repeated, policy))).toEqual(figures)
    expect(countingAttempts(repeated, policy).map(({ id }) => id)).toEqual(ids)
  })

  it('does not depend on the order in which the attempts come', () => {
    for (const policy of policies) {
      expect(standing(repeated.toReversed(), policy)).toEqual(standing(repeated, policy))
    }
  })

  it('weighs in once under average, with the credits of the last attempt', () => {
    const dearer = [attempt(1, 7, 1, '60'), attempt(2, 7, 2, '80', { credits: '10' }), attempt(3, 8, 1, '100')]
    expect(written(standing(dearer, 'average'))).toEqual(['80.00', '3.20', '10.0'])
  })

  it('keeps the credits it earned when a later attempt fails, and earns them by the first that passes', () => {
    const relapse = [attempt(1, 7, 1, '80'), attempt(2, 7, 2, '40', { credits: '6' })]
    expect(written(standing(relapse, 'last'))).toEqual(['40.00', '1.60', '5.0'])
    const recovery = [attempt(1, 7, 1, '40'), attempt(2, 7, 2, '80', { credits: '6' })]
    expect(written(standing(recovery, 'first'))).toEqual(['40.00', '1.60', '6.0'])
  })

  it('keeps the first of two equal bests', () => {
    const equal = [attempt(2, 7, 2, '80'), attempt(1, 7, 1, '80')]
    expect(countingAttempts(equal, 'best').map(({ id }) => id)).toEqual([1])
  })

  it('is ordered by term, then by id', () => {
    const mixed = [attempt(1, 7, 2, '70'), attempt(9, 7, 1, '80'), attempt(2, 7, 2, '60')]
    expect(countingAttempts(mixed, 'average').map(({ id }) => id)).toEqual([9, 1, 2])
  })
})

describe('an attempt without figures', () => {
  const withdrawn = attempt(2, 7, 2, '0', { percentage: null, points: null, passing: false })

  it.each(policies)('never displaces a grade under %s', (policy) => {
    expect(written(standing([attempt(1, 7, 1, '80'), withdrawn], policy))).toEqual(['80.00', '3.20', '5.0'])
  })

  it('earns credits without an average when it was passed', () => {
    const passed = { ...withdrawn, counted: false, passing: true }
    expect(written(standing([passed], 'best'))).toEqual([null, null, '5.0'])
  })

  it('gives nothing at all when there is no other', () => {
    expect(written(standing([withdrawn], 'best'))).toEqual([null, null, '0.0'])
    expect(written(standing([], 'best'))).toEqual([null, null, '0.0'])
  })
})

describe('term and cumulative standing', () => {
  it('runs oldest first, the term by what was taken in it and the cumulative one by the policy', () => {
    const rows = termStandings(repeated.toReversed(), 'best')
    expect(rows.map(({ termId, term, cumulative }) => [termId, written(term), written(cumulative)])).toEqual([
      [1, ['65.00', '2.60', '5.0'], ['65.00', '2.60', '5.0']],
      [2, ['90.00', '3.60', '5.0'], ['85.00', '3.40', '10.0']],
      [3, ['70.00', '2.80', '0.0'], ['85.00', '3.40', '10.0']],
    ])
  })

  it('ends at the standing over everything', () => {
    for (const policy of policies) {
      expect(termStandings(repeated, policy).at(-1)?.cumulative).toEqual(standing(repeated, policy))
    }
  })

  it('keeps two terms apart that begin on the same day', () => {
    const sameDay = [attempt(1, 8, 2, '60', { term_start: terms[0] ?? '' }), attempt(2, 7, 1, '80')]
    expect(termStandings(sameDay, 'best').map(({ termId }) => termId)).toEqual([1, 2])
  })

  it('is empty without attempts', () => expect(termStandings([], 'last')).toEqual([]))
})
