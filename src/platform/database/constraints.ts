import { ApiError, type Constraints, type DeclaredError, type Params } from '#/platform/errors.ts'

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

/** What to throw instead of `error`: the declared error of a broken constraint, else the error itself. */
export function asApiError(error: unknown, params: Params): unknown {
  const declared = errorOf(brokenConstraint(error))
  return declared ? new ApiError(declared, params) : error
}
