import type { Context } from '#/platform/context.ts'
import type { Settings } from '#/platform/env.ts'
import { refused } from '#/platform/validation/invalid.ts'
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
  throw refused([{ in: 'query', path: 'cursor', code: 'invalid_cursor', message: message[language] }])
}

const message = {
  en: 'is no cursor of this list and ordering: begin again without one',
  el: 'δεν είναι δείκτης αυτής της λίστας και σειράς: ξεκινήστε πάλι χωρίς δείκτη',
}

const isScalar = (value: unknown): value is string | number => typeof value === 'string' || typeof value === 'number'
