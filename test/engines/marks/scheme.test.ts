import { describe, expect, it } from 'vitest'
import { divide, exact, multiply } from '#/engines/marks/exact.ts'
import {
  gradeFor,
  greek10,
  greek20,
  letters,
  lettersFine,
  schemeProblems,
  withPassMinimum,
  writtenGrade,
  type GradingScheme,
} from '#/engines/marks/index.ts'

function letterOf(scheme: GradingScheme, percentage: string): string {
  return gradeFor(scheme, exact(percentage)).letter
}

/** The letter of a value on the scheme's own scale, 9.99 of 20 for example. */
function letterOfValue(scheme: GradingScheme, value: string): string {
  const percentage = divide(multiply(exact(value), exact('100')), exact(scheme.scale_max))
  return gradeFor(scheme, percentage).letter
}

describe('the shipped schemes', () => {
  it.each([
    ['100', 'A+'],
    ['90', 'A+'],
    ['89.99', 'A'],
    ['85', 'A'],
    ['84.99', 'B+'],
    ['80', 'B+'],
    ['79.99', 'B'],
    ['75', 'B'],
    ['74.99', 'C+'],
    ['70', 'C+'],
    ['69.99', 'C'],
    ['65', 'C'],
    ['64.99', 'D'],
    ['60', 'D'],
    ['59.99', 'F'],
    ['0', 'F'],
  ])('letters: %s is %s', (percentage, letter) => expect(letterOf(letters, percentage)).toBe(letter))

  it.each([
    ['97', 'A+'],
    ['96.99', 'A'],
    ['93', 'A'],
    ['92.99', 'A-'],
    ['90', 'A-'],
    ['89.99', 'B+'],
    ['87', 'B+'],
    ['86.99', 'B'],
    ['83', 'B'],
    ['82.99', 'B-'],
    ['80', 'B-'],
    ['79.99', 'C+'],
    ['77', 'C+'],
    ['76.99', 'C'],
    ['70', 'C'],
    ['69.99', 'D'],
    ['60', 'D'],
    ['59.99', 'F'],
  ])('letters-fine: %s is %s', (percentage, letter) => expect(letterOf(lettersFine, percentage)).toBe(letter))

  it.each([
    ['20', 'A'],
    ['18', 'A'],
    ['17.999', 'B'],
    ['15', 'B'],
    ['14.999', 'C'],
    ['12', 'C'],
    ['11.999', 'D'],
    ['10', 'D'],
    ['9.999999', 'F'],
    ['9.5', 'F'],
    ['0', 'F'],
  ])('greek-20: %s of 20 is %s', (value, letter) => expect(letterOfValue(greek20, value)).toBe(letter))

  it.each([
    ['10', 'excellent'],
    ['8.5', 'excellent'],
    ['8.499', 'very good'],
    ['6.5', 'very good'],
    ['6.499', 'good'],
    ['5', 'good'],
    ['4.999', 'fail'],
  ])('greek-10: %s of 10 is %s', (value, letter) => expect(letterOfValue(greek10, value)).toBe(letter))

  it.each([letters, lettersFine, greek20, greek10])('$code passes from its pass mark on', (scheme) => {
    const justBelow = exact(`${Number(scheme.pass_minimum) - 1}.999999`)
    expect(gradeFor(scheme, exact(scheme.pass_minimum)).passing).toBe(true)
    expect(gradeFor(scheme, justBelow).passing).toBe(false)
  })
})

describe('a grade', () => {
  it('counts its value on the scale of the scheme and its points out of four', () => {
    expect(writtenGrade(letters, '85.5')).toEqual(written('85.50', 'A', '3.42', '85.50', true))
    expect(writtenGrade(lettersFine, '77.75')).toEqual(written('77.75', 'C+', '3.11', '77.75', true))
    expect(writtenGrade(greek20, '77.75')).toEqual(written('77.75', 'B', '3.11', '15.55', true))
    expect(writtenGrade(greek10, '77.75')).toEqual(written('77.75', 'very good', '3.11', '7.78', true))
    expect(writtenGrade(greek20, '0')).toEqual(written('0.00', 'F', '0.00', '0.00', false))
  })

  it('keeps the letter of the unrounded percentage when the printed one reaches the next band', () => {
    expect(writtenGrade(letters, '84.995')).toMatchObject({ percentage: '85.00', letter: 'B+' })
    expect(writtenGrade(greek20, '49.999')).toMatchObject({ value: '10.00', letter: 'F', passing: false })
  })

  it('takes the points of the band where the scheme gives them', () => {
    const bands = letters.bands.map((band) => ({ ...band, points: band.letter === 'A' ? '3.7' : band.points }))
    expect(writtenGrade({ ...letters, bands }, '86').points).toBe('3.70')
    expect(writtenGrade({ ...letters, bands }, '80').points).toBe('3.20')
  })

  it('does not exist below the lowest band', () => {
    expect(() => gradeFor(letters, exact('-0.01'))).toThrow('Scheme letters has no band for -0.01%')
  })
})

describe('a pass mark that was moved to 9.5 of 20', () => {
  const lenient = withPassMinimum(greek20, '47.5')

  it('takes the lowest passing band with it', () => {
    expect(letterOfValue(lenient, '9.5')).toBe('D')
    expect(letterOfValue(lenient, '9.499999')).toBe('F')
    expect(gradeFor(lenient, exact('47.5')).passing).toBe(true)
    expect(lenient.pass_minimum).toBe('47.5')
    expect(schemeProblems(lenient)).toEqual([])
  })

  it('leaves the shipped scheme as it was', () => expect(letterOfValue(greek20, '9.5')).toBe('F'))

  it('is a problem when it reaches the next band', () => {
    expect(schemeProblems(withPassMinimum(greek20, '60'))).toEqual(['BANDS_NOT_DESCENDING'])
  })
})

function written(percentage: string, letter: string, points: string, value: string, passing: boolean): object {
  return { percentage, letter, points, value, passing }
}
