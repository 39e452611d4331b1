import { describe, expect, it } from 'vitest'
import { letters, schemeProblems, shippedSchemes, type Band, type GradingScheme } from '#/engines/marks/index.ts'

const top: Band = { minimum: '50', letter: 'P', points: null, passing: true }
const bottom: Band = { minimum: '0', letter: 'F', points: null, passing: false }

function problemsOf(bands: Band[], rest: Partial<GradingScheme> = {}): string[] {
  return schemeProblems({ ...letters, code: 'own', pass_minimum: '50', bands, ...rest })
}

describe('problems of a grading scheme', () => {
  it.each(shippedSchemes)('are none in $code', (scheme) => expect(schemeProblems(scheme)).toEqual([]))

  it('are none in pass and fail, nor in one band that everybody passes', () => {
    expect(problemsOf([top, bottom])).toEqual([])
    expect(problemsOf([{ ...top, minimum: '0' }], { pass_minimum: '0.00' })).toEqual([])
  })

  it('are reported alone when there are no bands', () => expect(problemsOf([])).toEqual(['NO_BANDS']))

  it('name an unreadable number, wherever it stands', () => {
    expect(problemsOf([{ ...top, minimum: '5e1' }, bottom])).toEqual(['NUMBER_MALFORMED'])
    expect(problemsOf([{ ...top, points: 'four' }, bottom])).toEqual(['NUMBER_MALFORMED'])
    expect(problemsOf([top, bottom], { pass_minimum: '' })).toEqual(['NUMBER_MALFORMED'])
  })

  it('name an unknown scale', () => {
    expect(problemsOf([top, bottom], { scale_max: '15' as '20' })).toEqual(['SCALE_UNKNOWN'])
  })

  it('name a minimum outside 0 to 100', () => {
    expect(problemsOf([{ ...top, minimum: '100.01', letter: 'X' }, top, bottom])).toEqual(['MINIMUM_OUT_OF_RANGE'])
    expect(problemsOf([top, bottom, { ...bottom, minimum: '-1', letter: 'G' }])).toEqual(['MINIMUM_OUT_OF_RANGE'])
    expect(problemsOf([{ ...top, minimum: '100', letter: 'X' }, top, bottom])).toEqual([])
  })

  it('name bands that overlap or stand in the wrong order', () => {
    expect(problemsOf([{ ...top, letter: 'X' }, top, bottom])).toEqual(['BANDS_NOT_DESCENDING'])
    expect(schemeProblems({ ...letters, bands: letters.bands.toReversed() })).toContain('BANDS_NOT_DESCENDING')
  })

  it('name a gap above zero', () => {
    expect(problemsOf([top, { ...bottom, minimum: '0.01' }])).toEqual(['LOWEST_BAND_NOT_AT_ZERO'])
  })

  it('name letters that are empty or used twice', () => {
    expect(problemsOf([{ ...top, letter: ' ' }, bottom])).toEqual(['LETTER_EMPTY'])
    expect(problemsOf([top, { ...bottom, letter: 'P ' }])).toEqual(['LETTER_DUPLICATE'])
  })

  it('name a band that fails above one that passes', () => {
    const failing: Band = { minimum: '80', letter: 'X', points: null, passing: false }
    expect(problemsOf([failing, top, bottom])).toEqual(['PASSING_NOT_MONOTONE'])
  })

  it('name a pass mark that is not where passing begins', () => {
    expect(problemsOf([top, bottom], { pass_minimum: '49.99' })).toEqual(['PASS_MINIMUM_MISMATCH'])
    expect(problemsOf([{ ...top, passing: false }, bottom])).toEqual(['PASS_MINIMUM_MISMATCH'])
  })

  it('name points outside 0 to 4', () => {
    expect(problemsOf([{ ...top, points: '4.01' }, bottom])).toEqual(['POINTS_OUT_OF_RANGE'])
    expect(problemsOf([top, { ...bottom, points: '-0.01' }])).toEqual(['POINTS_OUT_OF_RANGE'])
    expect(
      problemsOf([
        { ...top, points: '4' },
        { ...bottom, points: '0' },
      ]),
    ).toEqual([])
  })

  it('name points that fall where the percentage rises, given or computed', () => {
    expect(
      problemsOf([
        { ...top, points: '1' },
        { ...bottom, points: '2' },
      ]),
    ).toEqual(['POINTS_NOT_MONOTONE'])
    expect(problemsOf([{ ...top, points: '1.99' }, bottom])).toEqual(['POINTS_NOT_MONOTONE'])
    expect(problemsOf([top, { ...bottom, points: '2.01' }])).toEqual(['POINTS_NOT_MONOTONE'])
    expect(problemsOf([{ ...top, points: '2' }, bottom])).toEqual([])
  })

  it('are listed all at once', () => {
    const bands = [top, { ...top, minimum: '60', points: '5' }]
    expect(problemsOf(bands, { pass_minimum: '1' })).toEqual([
      'BANDS_NOT_DESCENDING',
      'LOWEST_BAND_NOT_AT_ZERO',
      'LETTER_DUPLICATE',
      'PASS_MINIMUM_MISMATCH',
      'POINTS_OUT_OF_RANGE',
      'POINTS_NOT_MONOTONE',
    ])
  })
})
