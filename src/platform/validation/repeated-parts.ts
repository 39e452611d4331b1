import { isDeepStrictEqual } from 'node:util'
import type { Language } from '#/platform/words.ts'
import type { FieldProblem } from './invalid.ts'
import { readOnly } from './words.ts'

type Fields = Readonly<Record<string, unknown>>

/**
 * What a part of a body repeats of what GET shows there, and says otherwise. `path` is where the part is, `shown` what GET says of the same row; none
 * where it says nothing.
 */
export const saidOtherwise = (
  path: string,
  names: readonly string[],
  { given, shown }: { given: object; shown: object | undefined },
  { language }: { language: Language },
): FieldProblem[] =>
  names
    .filter((name) => (given as Fields)[name] !== undefined)
    .filter((name) => !isDeepStrictEqual((given as Fields)[name], (shown as Fields | undefined)?.[name]))
    .map((name) => ({ in: 'body', path: `${path}.${name}`, code: readOnly.code, message: readOnly[language] }))
