/** A fraction in lowest terms, denominator above zero: 33.33, 84.995 and thirds are all held without loss. */
export type Exact = { readonly numerator: bigint; readonly denominator: bigint }

/** A decimal as it is written ("85.5") or an exact number. No plain number: it could mean 80 or 80 hundredths. */
export type Amount = string | Exact

export const ZERO: Exact = { numerator: 0n, denominator: 1n }
export const ONE: Exact = { numerator: 1n, denominator: 1n }
export const HUNDRED: Exact = { numerator: 100n, denominator: 1n }

const DECIMAL = /^(-?)(\d+)(?:\.(\d+))?$/

/** The amount as a fraction. Throws RangeError when a string is no plain decimal (see `isDecimal`). */
export function exact(amount: Amount): Exact {
  if (typeof amount !== 'string') return amount
  const [, sign, whole, decimals = ''] = DECIMAL.exec(amount) ?? []
  if (whole === undefined) throw new RangeError(`Not a decimal number: ${amount}`)
  const digits = BigInt(whole + decimals)
  return fraction(sign === '-' ? -digits : digits, 10n ** BigInt(decimals.length))
}

/** Whether the text is digits with at most a leading minus and one point: no exponent, no blanks, no bare point. */
export function isDecimal(text: string): boolean {
  return DECIMAL.test(text)
}

/** Hundredths as they are stored: 8550 is 85.50. Throws RangeError unless it is a safe integer. */
export function fromHundredths(hundredths: number): Exact {
  if (!Number.isSafeInteger(hundredths)) throw new RangeError(`Not a whole number of hundredths: ${hundredths}`)
  return fraction(BigInt(hundredths), 100n)
}

/** Hundredths to store, rounded half up. Throws RangeError when a number cannot carry them safely. */
export function toHundredths(value: Exact): number {
  const hundredths = Number(roundHalfUp(value, 2))
  if (!Number.isSafeInteger(hundredths)) throw new RangeError('Too large to be stored as hundredths')
  return hundredths
}

export function add(a: Exact, b: Exact): Exact {
  return fraction(a.numerator * b.denominator + b.numerator * a.denominator, a.denominator * b.denominator)
}

export function subtract(a: Exact, b: Exact): Exact {
  return add(a, { numerator: -b.numerator, denominator: b.denominator })
}

export function multiply(a: Exact, b: Exact): Exact {
  return fraction(a.numerator * b.numerator, a.denominator * b.denominator)
}

/** Throws RangeError when `b` is zero. */
export function divide(a: Exact, b: Exact): Exact {
  return fraction(a.numerator * b.denominator, a.denominator * b.numerator)
}

export function sum(values: readonly Exact[]): Exact {
  return values.reduce(add, ZERO)
}

/** Below zero when a < b, zero when they are equal, above zero when a > b: fit for `sort`. */
export function compare(a: Exact, b: Exact): number {
  const difference = a.numerator * b.denominator - b.numerator * a.denominator
  return difference < 0n ? -1 : difference > 0n ? 1 : 0
}

export function max(a: Exact, b: Exact): Exact {
  return compare(a, b) < 0 ? b : a
}

/** How a figure that is no whole number of steps becomes one: to the nearer, a half up, or cut off. */
export type Rounding = 'half_up' | 'down'

/** The amount in whole steps. Throws RangeError when it is below zero, or the step is zero. */
export function toStep(value: Exact, step: Exact, rounding: Rounding): Exact {
  const { numerator, denominator } = divide(value, step)
  if (numerator < 0n) throw new RangeError(`No grade is below zero: ${format(value, 2)}`)
  const half = rounding === 'half_up' ? denominator : 0n
  return multiply({ numerator: (2n * numerator + half) / (2n * denominator), denominator: 1n }, step)
}

/** Written with that many decimals, rounded half up: "85.50". Output only, never to compute with. */
export function format(value: Exact, decimals: number): string {
  const rounded = roundHalfUp(value, decimals)
  const digits = String(rounded < 0n ? -rounded : rounded).padStart(decimals + 1, '0')
  const point = digits.length - decimals
  const text = decimals === 0 ? digits : `${digits.slice(0, point)}.${digits.slice(point)}`
  return rounded < 0n ? `-${text}` : text
}

/** Written with at most two decimals and no trailing zeros: "110", "99.5". */
export function formatShort(value: Exact): string {
  return format(value, 2).replace(/\.?0+$/, '')
}

// A half goes away from zero on both sides, so a loss rounds like the gain it mirrors: -0.005 is -0.01.
function roundHalfUp(value: Exact, decimals: number): bigint {
  const size = value.numerator < 0n ? -value.numerator : value.numerator
  const rounded = (2n * size * 10n ** BigInt(decimals) + value.denominator) / (2n * value.denominator)
  return value.numerator < 0n ? -rounded : rounded
}

function fraction(numerator: bigint, denominator: bigint): Exact {
  if (denominator === 0n) throw new RangeError('Division by zero')
  const divisor = commonDivisor(numerator, denominator)
  return { numerator: numerator / divisor, denominator: denominator / divisor }
}

// Takes the sign of the denominator, so that what is left of it is always above zero.
function commonDivisor(numerator: bigint, denominator: bigint): bigint {
  let [a, b] = [numerator < 0n ? -numerator : numerator, denominator < 0n ? -denominator : denominator]
  while (b !== 0n) [a, b] = [b, a % b]
  return denominator < 0n ? -a : a
}
