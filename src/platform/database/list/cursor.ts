import { fromBase64url, toBase64url } from '#/platform/encoding/base64url.ts'
import type { Language } from '#/platform/words.ts'
import { ApiError } from '#/platform/errors.ts'
import { sharedErrors } from '#/platform/shared-errors.ts'

/** The ordering values of a row as opaque text, good for the ordering it was made under. */
export const encodeCursor = (ordering: string, values: unknown[]): string =>
  toBase64url(new TextEncoder().encode(JSON.stringify([ordering, ...values])))

/** The `length` values a cursor stands for. Throws VALIDATION_ERROR for anything that `encodeCursor` did not make for this ordering. */
export function decodeCursor(
  cursor: string,
  ordering: string,
  length: number,
  language: Language,
): (string | number)[] {
  try {
    const text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(fromBase64url(cursor))
    const [made, ...values] = JSON.parse(text) as unknown[]
    if (made === ordering && values.length === length && values.every(isScalar)) return values
  } catch (error) {
    if (!(error instanceof SyntaxError || error instanceof TypeError)) throw error
  }
  throw new ApiError(
    sharedErrors.VALIDATION_ERROR,
    {},
    { details: { errors: [{ ...problem, message: message[language] }] } },
  )
}

const problem = { path: 'query.cursor', code: 'invalid_cursor' }
const message = {
  en: 'Not a cursor of this list and ordering. Begin again without one.',
  el: 'Δεν είναι δείκτης αυτής της λίστας και σειράς. Ξεκινήστε πάλι χωρίς δείκτη.',
}

const isScalar = (value: unknown): value is string | number => typeof value === 'string' || typeof value === 'number'
