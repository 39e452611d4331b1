import { afterAll, beforeAll } from 'vitest'
import { sizes } from '#/exchange/import-plan/rules.ts'

const real = structuredClone(sizes)

/** Makes every step of an import so many times smaller while the tests of a file run: by 50, a file of 1,000 rows takes those of 50,000. */
export function smallSteps(by: number): void {
  const less = (size: number) => Math.ceil(size / by)
  beforeAll(() => {
    const { small, ...steps } = real
    for (const [name, size] of Object.entries(steps)) Object.assign(sizes, { [name]: less(size) })
    sizes.small = { bytes: less(small.bytes), rows: less(small.rows) }
  })
  afterAll(() => void Object.assign(sizes, structuredClone(real)))
}
