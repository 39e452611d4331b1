import { compare, exact, format, formatShort, HUNDRED, subtract, sum, ZERO, type Amount, type Exact } from './exact.ts'

/** `text` is the total for a message, without trailing zeros ("110"); it goes before a percent sign. */
export type WeightTotal = { total: Exact; text: string; isWritable: boolean; isPublishable: boolean }

/**
 * The total of weights in percentage points. Throws RangeError for a malformed decimal.
 * Domain rule: at most 100 on every write, exactly 100 at publish; 33.33 + 33.33 + 33.34 is exactly 100.
 */
export function weightTotal(weights: readonly Amount[]): WeightTotal {
  const total = sum(weights.map(exact))
  const difference = compare(total, HUNDRED)
  return { total, text: formatShort(total), isWritable: difference <= 0, isPublishable: difference === 0 }
}

/** What is left to 100 percentage points; nothing when they are used up. */
export function weightLeft(weights: readonly Amount[]): string {
  const left = subtract(HUNDRED, sum(weights.map(exact)))
  return format(compare(left, ZERO) > 0 ? left : ZERO, 2)
}
