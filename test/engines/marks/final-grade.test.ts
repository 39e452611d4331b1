import { describe, expect, it } from 'vitest'
import { divide, exact } from '#/engines/marks/exact.ts'
import { finalGrade, fromHundredths, letters } from '#/engines/marks/index.ts'
import { gradeOf, type Line } from './section.ts'

const thirtyFortyThirty: Line[] = [
  { weight: '30', score: '80' },
  { weight: '40', score: '90' },
  { weight: '30', score: '85' },
]

function nothing(): object {
  const grade = { percentage: '0.00', letter: 'F', points: '0.00', value: '0.00', passing: false }
  return { current: grade, final: grade, breakdown: [] }
}

describe('the final grade of a section without categories', () => {
  it('weighs 80, 90 and 85 by 30, 40 and 30 to 85.50, an A', () => {
    const grade = { percentage: '85.50', letter: 'A', points: '3.42', value: '85.50', passing: true }
    expect(gradeOf(thirtyFortyThirty)).toMatchObject({ current: grade, final: grade })
  })

  it('tells work graded so far from work that is missing', () => {
    const { current, final } = gradeOf([{ weight: '50', score: '80' }, { weight: '50' }])
    expect(current).toMatchObject({ percentage: '80.00', letter: 'B+' })
    expect(final).toMatchObject({ percentage: '40.00', letter: 'F' })
  })

  it.each([
    ['89.99', 'A'],
    ['84.99', 'B+'],
    ['59.99', 'F'],
  ])('gives %s the letter %s', (score, letter) => {
    expect(gradeOf([{ weight: '100', score }]).final).toMatchObject({ percentage: score, letter })
  })

  it('is 0.00 F with an empty breakdown when nothing is graded', () => {
    expect(gradeOf([])).toMatchObject(nothing())
    expect(gradeOf([{ weight: '50' }, { weight: '50', state: 'missing' }])).toMatchObject(nothing())
    expect(gradeOf([{ weight: '100', state: 'excused' }])).toMatchObject(nothing())
    expect(gradeOf([{ weight: '0', score: '100' }, { weight: '100' }])).toMatchObject(nothing())
  })

  it('adds 33.33, 33.33 and 33.34 to a full hundred', () => {
    const lines = ['33.33', '33.33', '33.34'].map((weight) => ({ weight, score: '100' }))
    expect(gradeOf(lines)).toMatchObject({ final: { percentage: '100.00' }, exact: { final: exact('100') } })
  })

  it('counts weight that no assessment uses yet as 0 in final only', () => {
    const { current, final } = gradeOf([{ weight: '30', score: '100' }])
    expect([current.percentage, final.percentage]).toEqual(['100.00', '30.00'])
  })

  it.each(['excused', 'exempt'] as const)('takes %s work out of both', (state) => {
    const lines: Line[] = [{ weight: '50', score: '80' }, { weight: '20', state, score: '3' }, { weight: '30' }]
    const { current, final, breakdown } = gradeOf(lines)
    expect([current.percentage, final.percentage]).toEqual(['80.00', '50.00'])
    expect(breakdown[1]).toMatchObject({ score: null, percentage: null, weight: '0.00', dropped: false, state })
  })

  it('counts a banked score as a graded one', () => {
    const banked = thirtyFortyThirty.map((line): Line => ({ ...line, state: 'banked' }))
    expect(gradeOf(banked).exact).toEqual(gradeOf(thirtyFortyThirty).exact)
  })

  it('counts a score in proportion to its max_score, whichever way both are given', () => {
    const assessment = { id: 9, title: 'Quiz', category: null, weight: '100', max_score: fromHundredths(3000) }
    const score = { assessment_id: 9, score: fromHundredths(2275), state: 'graded' } as const
    const { exact: figures, final } = finalGrade({
      scheme: letters,
      categories: [],
      assessments: [{ ...assessment, due_at: null }],
      scores: [score, { ...score, assessment_id: 10 }],
      absence_penalty: '0',
      absences: 0,
    })
    expect(final.percentage).toBe('75.83')
    expect(figures.final).toEqual(divide(exact('227.5'), exact('3')))
  })

  it('rounds once: 84.995 prints as 85.00 and is the A of 85', () => {
    expect(gradeOf([{ weight: '100', score: '169.99', max: '200' }]).final).toMatchObject({
      percentage: '85.00',
      letter: 'A',
      points: '3.40',
    })
  })
})

describe('the breakdown', () => {
  it('explains each assessment in both percentages', () => {
    const [graded, missing] = gradeOf([{ weight: '50', score: '15', max: '20' }, { weight: '50' }]).breakdown
    expect(graded).toEqual({
      category: null,
      assessment_id: 1,
      title: 'Work 1',
      score: '15.00',
      max_score: '20.00',
      percentage: '75.00',
      weight: '50.00',
      contribution: '37.50',
      state: 'graded',
      dropped: false,
      current: { weight: '100.00', contribution: '75.00', dropped: false },
    })
    expect(missing).toEqual({
      category: null,
      assessment_id: 2,
      title: 'Work 2',
      score: null,
      max_score: '100.00',
      percentage: null,
      weight: '50.00',
      contribution: '0.00',
      state: 'missing',
      dropped: false,
      current: { weight: '0.00', contribution: '0.00', dropped: false },
    })
  })

  it('lists undated work first, then by due date and id', () => {
    const due = ['2026-05-01', '2026-04-01T10:00:00Z', null, '2026-04-01T09:00:00.500Z', '2026-05-01']
    const lines = due.map((date) => ({ weight: '20', score: '50', ...(date && { due: date }) }))
    expect(gradeOf(lines).breakdown.map((row) => row.assessment_id)).toEqual([3, 4, 2, 1, 5])
  })
})

describe('absences', () => {
  it('cost the penalty each, in both percentages', () => {
    const { current, final, absences, absence_deduction } = gradeOf([{ weight: '50', score: '80' }, { weight: '50' }], {
      absence_penalty: '1.5',
      absences: 3,
    })
    expect([current.percentage, final.percentage]).toEqual(['75.50', '35.50'])
    expect({ absences, absence_deduction }).toEqual({ absences: 3, absence_deduction: '4.50' })
  })

  it('never take the percentage below zero', () => {
    const grade = gradeOf(thirtyFortyThirty, { absence_penalty: '50', absences: 2 })
    expect(grade.final).toMatchObject({ percentage: '0.00', letter: 'F' })
    expect(grade.absence_deduction).toBe('100.00')
  })
})

describe('figures that cannot be graded', () => {
  it.each([
    ['a malformed score', { weight: '100', score: '8O' }, 'Not a decimal number: 8O'],
    ['a max_score of zero', { weight: '100', score: '0', max: '0' }, 'Division by zero'],
    ['a graded row without a score', { weight: '100', state: 'graded' }, 'Assessment 1 is graded without a score'],
    ['an unknown category', { category: 'labs' }, 'Assessment 1 is in unknown category labs'],
    ['an unreadable due date', { due: 'soon' }, 'Assessment 1 is due at no readable time: soon'],
  ] as const)('are refused: %s', (_, line, message) => {
    expect(() => gradeOf([line])).toThrow(new RangeError(message))
  })
})
