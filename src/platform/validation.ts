import el from 'zod/v4/locales/el.js'
import en from 'zod/v4/locales/en.js'
import type * as z from 'zod'
import { ApiError } from './errors.ts'
import { refusalsOfPatterns } from './fields.ts'
import { sharedErrors } from './shared-errors.ts'
import type { Language } from './words.ts'

/** Looks at a part of a body with a schema that depends on another part; `place` is where that part is. Throws VALIDATION_ERROR. */
export function requireValid(place: string, schema: z.ZodType, value: unknown, { language }: { language: Language }) {
  const result = parsed(schema, value, language)
  if (!result.success) throw invalid(place, result.error.issues)
}

/** What a schema makes of a value, with messages in the caller's language and never the rejected values. */
export const parsed = (schema: z.ZodType, value: unknown, language: Language) =>
  schema.safeParse(value, { error: localeErrors[language], reportInput: false })

/** What is wrong with a value, in words, in the languages people read. */
export const localeErrors = { en: inWords('en', en().localeError), el: inWords('el', el().localeError) }

/** In words of our own for a pattern that has some. */
function inWords(language: Language, otherwise: z.core.$ZodErrorMap): z.core.$ZodErrorMap {
  return (issue) => refusalsOfPatterns[String((issue as { pattern?: unknown }).pattern)]?.[language] ?? otherwise(issue)
}

/** Problems that one answer names: of a thousand wrong rows or made-up parameters the first ones are enough to act on. */
const mostProblems = 100
/** Unknown fields among them. A request of many short ones would otherwise be answered with fifty times its size. */
const mostUnknown = 20

/** The answer to a value that has these issues; `place` is the part of the request that it came in. */
export function invalid(place: string, issues: readonly z.core.$ZodIssue[]): ApiError {
  const errors = issues
    .flatMap(problemsOf)
    .slice(0, mostProblems)
    .map(({ path, code, message }) => ({ path: [place, ...path].join('.'), code, message }))
  return new ApiError(sharedErrors.VALIDATION_ERROR, {}, { details: { errors } })
}

/** One entry for each unknown field (the first 20), so that every problem has its own path. */
export function problemsOf(issue: z.core.$ZodIssue): { path: PropertyKey[]; code: string; message: string }[] {
  if (issue.code !== 'unrecognized_keys')
    return [{ path: issue.path, code: issue.code ?? 'custom', message: issue.message }]
  return issue.keys.slice(0, mostUnknown).map((key) => ({
    path: [...issue.path, key.slice(0, 64)],
    code: issue.code,
    message: issue.message.slice(0, 200),
  }))
}
