import el from 'zod/v4/locales/el.js'
import en from 'zod/v4/locales/en.js'
import type * as z from 'zod'

/** What is wrong with a value, in words, in the languages people read. */
export const localeErrors = { en: en().localeError, el: el().localeError }

/** One entry for each unknown field, so that every problem has its own path. */
export function problemsOf(issue: z.core.$ZodIssue): { path: PropertyKey[]; code: string; message: string }[] {
  if (issue.code !== 'unrecognized_keys')
    return [{ path: issue.path, code: issue.code ?? 'custom', message: issue.message }]
  return issue.keys.map((key) => ({
    path: [...issue.path, key.slice(0, 64)],
    code: issue.code,
    message: issue.message.slice(0, 200),
  }))
}
