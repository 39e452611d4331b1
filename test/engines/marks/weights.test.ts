import { describe, expect, it } from 'vitest'
import { exact, fromHundredths, weightTotal } from '#/engines/marks/index.ts'

describe('the total of weights', () => {
  it('is exactly 100 for 33.33, 33.33 and 33.34', () => {
    const total = weightTotal(['33.33', '33.33', '33.34'])
    expect(total).toEqual({ total: exact('100'), text: '100', isWritable: true, isPublishable: true })
  })

  it('can be written below 100, but not published', () => {
    expect(weightTotal(['33.33', '33.33', '33.33'])).toMatchObject({
      text: '99.99',
      isWritable: true,
      isPublishable: false,
    })
    expect(weightTotal([])).toMatchObject({ text: '0', isWritable: true, isPublishable: false })
  })

  it('cannot be written above 100, and is named without trailing zeros', () => {
    const over = { isWritable: false, isPublishable: false }
    expect(weightTotal(['60', '50.00'])).toMatchObject({ text: '110', ...over })
    expect(weightTotal(['60', '40.01'])).toMatchObject({ text: '100.01', ...over })
    expect(weightTotal(['60', '50.5'])).toMatchObject({ text: '110.5', ...over })
  })

  it('takes hundredths as they are stored', () => {
    expect(weightTotal([fromHundredths(6000), fromHundredths(4000)]).isPublishable).toBe(true)
  })

  it('refuses what is no decimal', () => expect(() => weightTotal(['ten'])).toThrow(RangeError))
})
