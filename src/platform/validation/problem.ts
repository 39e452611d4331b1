import type * as z from 'zod'
import type { Language } from '#/platform/words.ts'
import { unknown, type Wrong, wrongWith } from './words.ts'

/** What is wrong with one field of a value. */
export interface Problem {
  path: PropertyKey[]
  code: string
  /** Read after the name of the field: "is missing". */
  message: string
}

/** Unknown fields that one answer names. A request of many short ones would otherwise be answered with fifty times its size. */
const mostUnknown = 20
const mostLetters = 64

/** One entry for each field: an unknown one is named itself, and of a value that may be one of several what it comes closest to. */
export function problemsOf(issue: z.core.$ZodIssue, language: Language): Problem[] {
  const here = (path: PropertyKey[], wrong: Wrong): Problem => ({ path, code: wrong.code, message: wrong[language] })
  switch (issue.code) {
    case 'unrecognized_keys':
      return issue.keys.slice(0, mostUnknown).map((key) => here([...issue.path, key.slice(0, mostLetters)], unknown))
    case 'invalid_union':
      return within(issue, closest(issue.errors), language)
    case 'invalid_key':
    case 'invalid_element':
      return within(issue, issue.issues, language)
    default:
      return [here(issue.path, wrongWith(issue))]
  }
}

const within = ({ path }: z.core.$ZodIssue, inner: readonly z.core.$ZodIssue[], language: Language) =>
  inner.flatMap((one) => problemsOf(one, language)).map((one) => ({ ...one, path: [...path, ...one.path] }))

/** The issues of the alternative that the value was most likely meant as: of one whose type is right, else of the first. */
function closest(alternatives: readonly (readonly z.core.$ZodIssue[])[]): readonly z.core.$ZodIssue[] {
  const isOfType = (issues: readonly z.core.$ZodIssue[]) =>
    !issues.some(({ code, path }) => code === 'invalid_type' && path.length === 0)
  return alternatives.find(isOfType) ?? alternatives[0] ?? []
}
