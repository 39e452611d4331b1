import { expect, test } from 'vitest'
import { collect, observe } from '#/platform/metrics/metrics.ts'

test('a duration on the bound of a bucket belongs to it: `le` means less or equal', () => {
  collect()
  for (const seconds of [0.1, 0.1000001, 0.25, 900, 900.1]) observe('job_duration_seconds', ['backup'], seconds)
  const [[key, figures]] = [...collect()!.series] as [[string, number[]]]
  expect(key).toContain('backup')
  // 0.1, 0.5, 1, 5, 15, 60, 300, 900, beyond; then the sum.
  expect(figures.slice(0, -1)).toEqual([1, 2, 0, 0, 0, 0, 0, 1, 1])
})
