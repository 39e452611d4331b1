import type { Context } from '#/platform/context.ts'
import type { Settings } from '#/platform/env.ts'
import { ApiError } from '#/platform/errors.ts'
import { sharedErrors } from '#/platform/shared-errors.ts'
import { sealedCursor } from './sealed-cursor.ts'

/**
 * The ordering values of a row, sealed: they may be names, and addresses rest in histories and logs. Good for the ordering it was made under.
 * The same values give the same cursor, so that equal pages have equal bodies.
 */
export const encodeCursor = (settings: Settings, ordering: string, values: unknown[]): Promise<string> =>
  sealedCursor.close(settings, JSON.stringify([ordering, ...values]))

/** The `length` values a cursor stands for. Throws VALIDATION_ERROR for anything that `encodeCursor` did not make for this ordering. */
export async function decodeCursor(
  { settings, language }: Pick<Context, 'settings' | 'language'>,
  cursor: string,
  ordering: string,
  length: number,
): Promise<(string | number)[]> {
  const text = await sealedCursor.open(settings, cursor)
  const [made, ...values] = text === undefined ? [] : (JSON.parse(text) as unknown[])
  if (made === ordering && values.length === length && values.every(isScalar)) return values
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
