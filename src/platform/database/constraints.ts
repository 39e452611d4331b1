import { ApiError, type Constraints, type DeclaredError, type Params } from '#/platform/errors.ts'
import { sharedErrors } from '#/platform/shared-errors.ts'
import { refused } from '#/platform/validation/invalid.ts'
import { otherForm } from '#/platform/validation/words.ts'
import type { Language } from '#/platform/words.ts'

const patterns = [
  /(?:CHECK|UNIQUE) constraint failed: (?:index ')?(.+?)'?(?:: SQLITE_CONSTRAINT|$)/,
  /^(?:D1_ERROR: )?([a-z0-9_]+)(?:: SQLITE_CONSTRAINT|$)/,
]

let known: Constraints = {}

/** Hands over what each constraint of the database means, once, at start. */
export function nameConstraints(constraints: Constraints): void {
  known = constraints
}

/**
 * The name of the broken constraint: a CHECK's name, a trigger's message, or a unique index as "table.column, ...".
 * Drizzle wraps D1's error and D1 wraps SQLite's, so it stands somewhere along the chain of causes.
 */
export function brokenConstraint(error: unknown): string | undefined {
  for (let e = error; e instanceof Error; e = e.cause) {
    for (const pattern of patterns) {
      const name = pattern.exec(e.message)?.[1]
      if (name) return name.trim()
    }
  }
  return undefined
}

/** The error that a module declares for the constraint that broke. */
export const errorOf = (constraint: string | undefined): DeclaredError | undefined => known[constraint ?? '']

/** What to throw instead of `error`: the declared error of a broken constraint, else the error itself. `params` are the values it is about. */
export function asApiError(error: unknown, params: Params, { language }: { language: Language }): unknown {
  const constraint = brokenConstraint(error)
  const declared = errorOf(constraint)
  if (declared !== sharedErrors.VALIDATION_ERROR)
    return declared ? new ApiError(declared, { ...params, ...missingIn(constraint!, params) }) : error
  const path = fieldIn(constraint!, Object.keys(params))
  return refused([{ in: 'body', path, code: 'invalid', message: otherForm[language] }])
}

/** What a constraint such as `attendance_section_missing` misses, by its id: not the row that names it. */
function missingIn(constraint: string, params: Params): Params {
  const [, named = ''] = /_([a-z]+)_missing$/.exec(constraint) ?? []
  const id = params[`${named}_id`]
  return id === undefined ? {} : { id }
}

/** The field that a constraint is named after, such as `program_credits_required_range`; empty where it is about several. */
export const fieldIn = (constraint: string, fields: readonly string[]): string =>
  fields
    .filter((field) => `${constraint.replace(/^.*\./, '_')}_`.includes(`_${field}_`))
    .toSorted((a, b) => b.length - a.length)[0] ?? ''
