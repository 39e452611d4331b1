import { describe, expect, it } from 'vitest'
import { greek20, lettersFine } from '#/engines/marks/index.ts'
import { category, gradeOf, type Line } from './section.ts'

const categories = [category('homework', '30'), category('midterm', '30'), category('final', '40')]
const exams: Line[] = [
  { category: 'midterm', score: '70' },
  { category: 'final', score: '85' },
]
const oneAbsence = { categories, absence_penalty: '2', absences: 1 }

function homework(...scores: (string | undefined)[]): Line[] {
  return scores.map((score) => ({ category: 'homework', ...(score && { score }) }))
}

/** `current` and `final` of a section whose only category is homework. */
function percentages(lines: Line[], rest: Parameters<typeof category>[2]): [string, string] {
  const { current, final } = gradeOf(lines, { categories: [category('homework', '100', rest)] })
  return [current.percentage, final.percentage]
}

describe('the final grade of a section with categories', () => {
  it('is 80.50 - 2 = 78.50 for homework 80 and 90, midterm 70, final 85 and one absence', () => {
    const grade = gradeOf([...homework('80', '90'), ...exams], oneAbsence)
    expect(grade).toMatchObject({ final: { percentage: '78.50' }, absences: 1, absence_deduction: '2.00' })
    expect(grade.breakdown.map(({ weight }) => weight)).toEqual(['15.00', '15.00', '30.00', '40.00'])
    expect(grade.breakdown.map(({ contribution }) => contribution)).toEqual(['12.00', '13.50', '21.00', '34.00'])
  })

  it('is 79.75 - 2 = 77.75 with a homework mean of 82.50: C+, GPA 3.11, 15.55 on 20', () => {
    const lines = [...homework('75', '90'), ...exams]
    const grade = { percentage: '77.75', letter: 'C+', points: '3.11' }
    expect(gradeOf(lines, { ...oneAbsence, scheme: lettersFine }).final).toMatchObject(grade)
    expect(gradeOf(lines, { ...oneAbsence, scheme: greek20 }).final).toMatchObject({ value: '15.55', letter: 'B' })
  })

  it('leaves a category without graded work out of current and counts it 0 in final', () => {
    const { current, final } = gradeOf([...homework('80'), ...exams.slice(0, 1), { category: 'final' }], { categories })
    expect([current.percentage, final.percentage]).toEqual(['75.00', '45.00'])
  })

  it('takes a category out of both when all its work is excused or exempt', () => {
    const left: Line[] = [
      { category: 'homework', state: 'excused' },
      { category: 'homework', state: 'exempt' },
    ]
    const { current, final } = gradeOf([...left, ...exams], { categories })
    expect([current.percentage, final.percentage]).toEqual(['78.57', '78.57'])
  })

  it('counts a category that has no work yet as 0 in final', () => {
    const { current, final } = gradeOf(exams, { categories })
    expect([current.percentage, final.percentage]).toEqual(['78.57', '55.00'])
  })

  it('gives no weight to work outside the categories', () => {
    const { final, breakdown } = gradeOf([...homework('80', '90'), ...exams, { score: '0', weight: '50' }], {
      categories,
    })
    expect(final.percentage).toBe('80.50')
    expect(breakdown.at(-1)).toMatchObject({ category: null, weight: '0.00', contribution: '0.00' })
  })
})

describe('inside a category', () => {
  it('weights are relative when it is weighted and ignored when it is a mean', () => {
    const lines = [
      { ...homework('60')[0], weight: '1' },
      { ...homework('90')[0], weight: '2' },
    ]
    expect(percentages(lines, { aggregation: 'weighted' })).toEqual(['80.00', '80.00'])
    expect(percentages(lines, { aggregation: 'mean' })).toEqual(['75.00', '75.00'])
  })

  it('work of weight 0 never counts when it is weighted, and uses up no drop', () => {
    const practice = { ...homework('0')[0], weight: '0' }
    const lines = [...homework('50', '100'), practice]
    expect(percentages(lines, { aggregation: 'weighted' })).toEqual(['75.00', '75.00'])
    expect(percentages(lines, { aggregation: 'weighted', drop_lowest: 1 })).toEqual(['100.00', '100.00'])
    expect(percentages([practice], { aggregation: 'weighted' })).toEqual(['0.00', '0.00'])
  })

  it('work of weight 0 does not keep a category in the whole whose other work is excused', () => {
    const practice: Line[] = [{ category: 'homework', score: '10', weight: '0' }]
    const weighted = [category('homework', '60', { aggregation: 'weighted' }), category('final', '40')]
    const lines: Line[] = [...practice, { category: 'homework', state: 'excused' }, { category: 'final', score: '90' }]
    const { current, final } = gradeOf(lines, { categories: weighted })
    expect([current.percentage, final.percentage]).toEqual(['90.00', '90.00'])
  })

  it('the lowest percentages are dropped, not the lowest scores', () => {
    const lines = [...homework('40', '90'), { category: 'homework', score: '5', max: '5' }]
    expect(percentages(lines, { drop_lowest: 1 })).toEqual(['95.00', '95.00'])
    expect(percentages(lines, { drop_lowest: 2 })).toEqual(['100.00', '100.00'])
  })

  it('current drops among graded work and final drops missing work first', () => {
    const lines = homework('50', '100', undefined)
    expect(percentages(lines, { drop_lowest: 1 })).toEqual(['100.00', '75.00'])
    const { breakdown } = gradeOf(lines, { categories: [category('homework', '100', { drop_lowest: 1 })] })
    expect(breakdown.map(({ dropped, current }) => [dropped, current.dropped])).toEqual([
      [false, true],
      [false, false],
      [true, false],
    ])
  })

  it('dropping always keeps one work', () => {
    expect(percentages(homework('50'), { drop_lowest: 3 })).toEqual(['50.00', '50.00'])
    expect(percentages(homework('50', '70'), { drop_lowest: 2 })).toEqual(['70.00', '70.00'])
  })

  it('the heavier of two equal percentages is dropped', () => {
    const lines = [
      { ...homework('50')[0], weight: '1' },
      { ...homework('50')[0], weight: '3' },
      { ...homework('100')[0], weight: '1' },
    ]
    expect(percentages(lines, { aggregation: 'weighted', drop_lowest: 1 })).toEqual(['75.00', '75.00'])
  })

  it('an excused work is neither counted nor dropped', () => {
    const lines: Line[] = [...homework('50', '100'), { category: 'homework', state: 'excused' }]
    expect(percentages(lines, { drop_lowest: 1 })).toEqual(['100.00', '100.00'])
  })
})

describe('a category that counts the latest work', () => {
  const resit: Line[] = [
    { category: 'homework', score: '80', due: '2026-06-20' },
    { category: 'homework', score: '60', due: '2026-09-10' },
    { category: 'homework', score: '90', due: '2026-02-01' },
  ]

  it('takes the last graded by due date, better or not, and sets the others aside', () => {
    expect(percentages(resit, { aggregation: 'latest' })).toEqual(['60.00', '60.00'])
    const { breakdown } = gradeOf(resit, { categories: [category('homework', '100', { aggregation: 'latest' })] })
    expect(breakdown.map(({ assessment_id, dropped }) => [assessment_id, dropped])).toEqual([
      [3, true],
      [1, true],
      [2, false],
    ])
  })

  it('takes the higher id on the same day and a dated work before an undated one', () => {
    const sameDay = resit.map((line): Line => ({ ...line, due: '2026-06-20' }))
    expect(percentages(sameDay, { aggregation: 'latest' })).toEqual(['90.00', '90.00'])
    const undated: Line[] = [...resit, { category: 'homework', score: '10' }]
    expect(percentages(undated, { aggregation: 'latest' })).toEqual(['60.00', '60.00'])
  })

  it('does not wait for a later one that is missing, nor drop anything', () => {
    const upcoming: Line[] = [...resit, { category: 'homework', due: '2026-12-01' }]
    expect(percentages(upcoming, { aggregation: 'latest', drop_lowest: 2 })).toEqual(['60.00', '60.00'])
  })

  it('counts 0 in final while all its work is missing', () => {
    const both = [category('homework', '40', { aggregation: 'latest' }), category('final', '60')]
    const { current, final } = gradeOf([...homework(undefined, undefined), { category: 'final', score: '90' }], {
      categories: both,
    })
    expect([current.percentage, final.percentage]).toEqual(['90.00', '54.00'])
  })
})
