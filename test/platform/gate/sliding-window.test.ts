import { describe, expect, test } from 'vitest'
import { SlidingWindow } from '#/platform/gate/sliding-window.ts'

const window = (requests: number, windowSeconds = 60) => new SlidingWindow({ requests, windowSeconds })

describe('a sliding window', () => {
  test('has room for as many requests as its limit says', () => {
    const w = window(3)
    expect(w.remaining(0)).toBe(3)
    w.count(0)
    w.count(10)
    expect(w.remaining(20)).toBe(1)
    w.count(20)
    expect(w.remaining(20)).toBe(0)
  })

  test('gets room back one request at a time, as each becomes older than the window', () => {
    const w = window(2)
    w.count(1000)
    w.count(31_000)
    expect([w.remaining(60_999), w.remaining(61_000)]).toEqual([0, 1])
    w.count(61_000)
    expect([w.remaining(90_999), w.remaining(91_000)]).toEqual([0, 1])
  })

  test('never holds more than its limit in any stretch of its length', () => {
    const w = window(5, 10)
    const counted: number[] = []
    for (let now = 0; now < 60_000; now += 137) {
      if (w.remaining(now) === 0) continue
      w.count(now)
      counted.push(now)
    }
    for (const start of counted) {
      expect(counted.filter((time) => time >= start && time < start + 10_000).length).toBeLessThanOrEqual(5)
    }
    expect(counted.length).toBeGreaterThanOrEqual(25)
  })

  test('says how long until the oldest request is forgotten', () => {
    const w = window(1)
    expect(w.resetMs(0)).toBe(0)
    w.count(5000)
    expect(w.resetMs(5000)).toBe(60_000)
    expect(w.resetMs(64_999)).toBe(1)
    expect(w.remaining(65_000)).toBe(1)
    expect(w.resetMs(65_000)).toBe(0)
  })
})
