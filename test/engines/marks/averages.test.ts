import { describe, expect, it } from 'vitest'
import {
  creditAverage,
  format,
  fromHundredths,
  median,
  plainAverage,
  type CourseGrade,
  type Exact,
} from '#/engines/marks/index.ts'

function course(credits: string, percentage: string, points: string): CourseGrade {
  return { credits, percentage, points, counted: true }
}

function written(value: Exact | null): string | null {
  return value && format(value, 2)
}

describe('the credit-weighted average', () => {
  it('is GPA 3.56 for 3 credits at 85.0 and 2 credits at 95.0', () => {
    const { percentage, gpa, credits } = creditAverage([course('3', '85.0', '3.4'), course('2', '95.0', '3.8')])
    expect([written(percentage), written(gpa), written(credits)]).toEqual(['89.00', '3.56', '5.00'])
  })

  it('takes credits with a decimal', () => {
    const { percentage } = creditAverage([course('7.5', '80', '3.2'), course('2.5', '60', '2.4')])
    expect(written(percentage)).toBe('75.00')
  })

  it('leaves out what is not counted, has no figures or has no credits', () => {
    const counted = course('3', '85', '3.4')
    const others: CourseGrade[] = [
      { ...course('6', '10', '0.4'), counted: false },
      { credits: '6', percentage: null, points: '4', counted: true },
      { credits: '6', percentage: '10', points: null, counted: true },
      course('0', '10', '0.4'),
    ]
    expect(creditAverage([counted, ...others])).toEqual(creditAverage([counted]))
  })

  it('is null, not a division by zero, when no credits count', () => {
    const none = { percentage: null, gpa: null, credits: fromHundredths(0) }
    expect(creditAverage([])).toEqual(none)
    expect(creditAverage([course('0', '90', '3.6')])).toEqual(none)
  })
})

describe('plain figures', () => {
  const ofTwenty = ['18', '15', '12', '10', '8'].flatMap((value) => [value, value, value])

  it('of 18, 15, 12, 10 and 8 three times each are average 12.60 and median 12.00', () => {
    expect([written(plainAverage(ofTwenty)), written(median(ofTwenty))]).toEqual(['12.60', '12.00'])
  })

  it('take the exact mean of the two values in the middle', () => {
    expect(written(median(['10', '9', '100', '9.5']))).toBe('9.75')
    expect(written(median(['1', '2']))).toBe('1.50')
  })

  it('sort by value, not as text', () => expect(written(median(['100', '9', '10']))).toBe('10.00'))

  it('of one value are that value', () => {
    expect([written(plainAverage(['7.25'])), written(median(['7.25']))]).toEqual(['7.25', '7.25'])
  })

  it('of none are null', () => expect([plainAverage([]), median([])]).toEqual([null, null]))

  it('leave the list as it was', () => {
    const values = ['3', '1', '2']
    median(values)
    expect(values).toEqual(['3', '1', '2'])
  })
})
