import { describe, expect, it } from 'vitest'
import { divide, exact, multiply, subtract, type Exact } from '#/engines/marks/exact.ts'
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
const letterOfValue = (scheme: GradingScheme, value: string) => ofValue(scheme, exact(value)).letter

const ofValue = (scheme: GradingScheme, value: Exact) =>
  gradeFor(scheme, divide(multiply(value, exact('100')), exact(scheme.scale_max)))

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
    ['17.99', 'B'],
    ['15', 'B'],
    ['14.99', 'C'],
    ['12', 'C'],
    ['11.99', 'D'],
    ['10', 'D'],
    ['9.99', 'F'],
    ['9.5', 'F'],
    ['0', 'F'],
  ])('greek-20: %s of 20 is %s', (value, letter) => expect(letterOfValue(greek20, value)).toBe(letter))

  it.each([
    ['10', 'excellent'],
    ['8.5', 'excellent'],
    ['8.49', 'very good'],
    ['6.5', 'very good'],
    ['6.49', 'good'],
    ['5', 'good'],
    ['4.99', 'fail'],
  ])('greek-10: %s of 10 is %s', (value, letter) => expect(letterOfValue(greek10, value)).toBe(letter))

  it.each([letters, lettersFine, greek20, greek10])('$code passes from its pass mark on', (scheme) => {
    const mark = divide(multiply(exact(scheme.pass_minimum), exact(scheme.scale_max)), exact('100'))
    expect(gradeFor(scheme, exact(scheme.pass_minimum)).passing).toBe(true)
    expect(ofValue(scheme, subtract(mark, exact('0.01'))).passing).toBe(false)
  })
})

describe('a grade', () => {
  it('counts its value on the scale of the scheme and its points out of four', () => {
    expect(writtenGrade(letters, '85.5')).toEqual(written('85.50', 'A', '3.42', '85.50', true))
    expect(writtenGrade(lettersFine, '77.75')).toEqual(written('77.75', 'C+', '3.11', '77.75', true))
    expect(writtenGrade(greek20, '77.75')).toEqual(written('77.75', 'B', '3.11', '15.55', true))
    expect(writtenGrade(greek10, '77.75')).toEqual(written('77.80', 'very good', '3.11', '7.78', true))
    expect(writtenGrade(greek20, '0')).toEqual(written('0.00', 'F', '0.00', '0.00', false))
  })

  it('has letter, points and pass of the value that is printed, not of what it was rounded from', () => {
    expect(writtenGrade(letters, '84.995')).toEqual(written('85.00', 'A', '3.40', '85.00', true))
    expect(writtenGrade(letters, '84.994')).toEqual(written('84.99', 'B+', '3.40', '84.99', true))
    expect(writtenGrade(greek20, '49.975')).toEqual(written('50.00', 'D', '2.00', '10.00', true))
    expect(writtenGrade(greek20, '49.97')).toEqual(written('49.95', 'F', '2.00', '9.99', false))
  })

  it('takes the points of the band where the scheme gives them', () => {
    const bands = letters.bands.map((band) => ({ ...band, points: band.letter === 'A' ? '3.7' : band.points }))
    expect(writtenGrade({ ...letters, bands }, '86').points).toBe('3.70')
    expect(writtenGrade({ ...letters, bands }, '80').points).toBe('3.20')
  })

  it('does not exist below the lowest band', () => {
    expect(() => gradeFor(letters, exact('-0.01'))).toThrow('No grade is below zero: -0.01')
    const halfAScheme = { ...letters, bands: letters.bands.slice(0, 3) }
    expect(() => gradeFor(halfAScheme, exact('79.99'))).toThrow('Scheme letters has no band for 79.99%')
  })
})

describe('a pass mark that was moved to 9.5 of 20', () => {
  const lenient = withPassMinimum(greek20, '47.5')

  it('takes the lowest passing band with it', () => {
    expect(letterOfValue(lenient, '9.5')).toBe('D')
    expect(letterOfValue(lenient, '9.49')).toBe('F')
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
