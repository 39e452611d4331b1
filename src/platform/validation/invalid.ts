import type * as z from 'zod'
import { ApiError } from '#/platform/errors.ts'
import { sharedErrors } from '#/platform/shared-errors.ts'
import type { Language } from '#/platform/words.ts'
import { problemsOf } from './problem.ts'

/** The part of a request that a problem is in. */
export type Place = 'body' | 'query' | 'path' | 'header'

/** One entry of `details.errors`: where it is, as a form names its fields, a stable code, and words that are read after the field. */
export interface FieldProblem {
  in: Place
  path: string
  code: string
  message: string
}

/** Looks at a part of the body with a schema that depends on another part; `path` is where that part is. Throws VALIDATION_ERROR. */
export function requireValid(path: string, schema: z.ZodType, value: unknown, { language }: { language: Language }) {
  const problems = invalidIn(path, schema, value, language)
  if (problems.length > 0) throw refused(problems)
}

/** What is wrong with that part. */
export function invalidIn(path: string, schema: z.ZodType, value: unknown, language: Language): FieldProblem[] {
  const result = parsed(schema, value)
  return result.success ? [] : placed('body', result.error.issues, language, [path])
}

/** What a schema makes of a value. Its issues hold the values that they refuse: what is said of them is `problemsOf`. */
export const parsed = <Schema extends z.ZodType>(
  schema: Schema,
  value: unknown,
): z.ZodSafeParseResult<z.output<Schema>> => schema.safeParse(value, { reportInput: true })

/** Problems that one answer names: of a thousand wrong rows or made-up parameters the first ones are enough to act on. */
const mostProblems = 100

/** What is wrong with that part of a request. */
export const placed = (
  place: Place,
  issues: readonly z.core.$ZodIssue[],
  language: Language,
  within: readonly string[] = [],
): FieldProblem[] =>
  issues
    .flatMap((issue) => problemsOf(issue, language))
    .map(({ path, code, message }) => ({ in: place, path: [...within, ...path].join('.'), code, message }))

/** The answer to a request with these problems. */
export function refused(problems: readonly FieldProblem[]): ApiError {
  const once = [...new Map(problems.map((one) => [JSON.stringify(one), one])).values()]
  return new ApiError(sharedErrors.VALIDATION_ERROR, {}, { details: { errors: once.slice(0, mostProblems) } })
}
