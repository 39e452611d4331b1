import { type Exact, exact, divide, HUNDRED, multiply, ZERO } from './exact.ts'

/** How many percent of `whole` the `part` is; of nothing it is 0. Both are counts. */
export const percent = (part: number, whole: number): Exact =>
  whole === 0 ? ZERO : multiply(divide(exact(String(part)), exact(String(whole))), HUNDRED)
