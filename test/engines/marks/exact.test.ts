import { describe, expect, it } from 'vitest'
import {
  add,
  compare,
  divide,
  exact,
  format,
  formatShort,
  fromHundredths,
  isDecimal,
  max,
  multiply,
  subtract,
  toHundredths,
} from '#/engines/marks/exact.ts'

const third = divide(exact('1'), exact('3'))

describe('exact numbers', () => {
  it('hold a decimal string and its hundredths as the same fraction in lowest terms', () => {
    expect(exact('85.50')).toEqual({ numerator: 171n, denominator: 2n })
    expect(exact('-0.5')).toEqual({ numerator: -1n, denominator: 2n })
    expect(exact('85.5')).toEqual(fromHundredths(8550))
    expect(exact('0.00')).toEqual({ numerator: 0n, denominator: 1n })
    expect(exact(third)).toBe(third)
  })

  it('compute without loss where floating point has some', () => {
    expect(add(exact('0.1'), exact('0.2'))).toEqual(exact('0.3'))
    expect(subtract(exact('0.3'), exact('0.1'))).toEqual(exact('0.2'))
    expect(multiply(third, exact('3'))).toEqual(exact('1'))
    expect(divide(exact('1'), exact('-4'))).toEqual(exact('-0.25'))
    expect(divide(exact('-1'), exact('-4'))).toEqual(exact('0.25'))
  })

  it('compare by value', () => {
    expect(compare(third, exact('0.33'))).toBe(1)
    expect(compare(third, exact('0.34'))).toBe(-1)
    expect(compare(exact('1.0'), exact('1'))).toBe(0)
    expect(max(third, exact('0'))).toEqual(third)
    expect(max(exact('-1'), exact('0'))).toEqual(exact('0'))
  })

  it.each(['', '.5', '5.', '1e2', '+1', ' 1', '1 ', '1,5', '--1', 'NaN', '٣', '1\n'])(
    'refuse the text "%s"',
    (text) => {
      expect(isDecimal(text)).toBe(false)
      expect(() => exact(text)).toThrow(RangeError)
    },
  )

  it('refuse to divide by zero and to take half a hundredth', () => {
    expect(() => divide(third, exact('0'))).toThrow('Division by zero')
    expect(() => fromHundredths(0.5)).toThrow(RangeError)
    expect(() => fromHundredths(Number.NaN)).toThrow(RangeError)
    expect(() => toHundredths(exact('9'.repeat(20)))).toThrow(RangeError)
  })
})

describe('writing an exact number', () => {
  it.each([
    ['85.5', 2, '85.50'],
    ['0.005', 2, '0.01'],
    ['0.0049', 2, '0.00'],
    ['84.995', 2, '85.00'],
    ['84.994999', 2, '84.99'],
    ['12.5', 0, '13'],
    ['0', 0, '0'],
    ['1234567890123456789.125', 2, '1234567890123456789.13'],
  ])('rounds %s half up to %i decimals: %s', (text, decimals, written) => {
    expect(format(exact(text), decimals)).toBe(written)
  })

  it('rounds a negative half away from zero and never writes minus zero', () => {
    expect(format(exact('-0.005'), 2)).toBe('-0.01')
    expect(format(exact('-1.125'), 2)).toBe('-1.13')
    expect(format(exact('-0.0049'), 2)).toBe('0.00')
    expect(format(exact('-12.34'), 2)).toBe('-12.34')
  })

  it('gives hundredths to store by the same rounding', () => {
    expect(toHundredths(exact('84.995'))).toBe(8500)
    expect(toHundredths(exact('-0.005'))).toBe(-1)
    expect(toHundredths(third)).toBe(33)
  })

  it.each([
    ['110.00', '110'],
    ['100', '100'],
    ['99.50', '99.5'],
    ['99.99', '99.99'],
    ['0', '0'],
    ['10', '10'],
    ['0.05', '0.05'],
  ])('drops the trailing zeros of %s: %s', (text, written) => {
    expect(formatShort(exact(text))).toBe(written)
  })
})
