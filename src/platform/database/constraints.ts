import { ApiError, constraintErrors, type Params } from '#/platform/errors.ts'

const patterns = [
  /(?:CHECK|UNIQUE) constraint failed: (?:index ')?(.+?)'?(?:: SQLITE_CONSTRAINT|$)/,
  /^(?:D1_ERROR: )?([a-z0-9_]+)(?:: SQLITE_CONSTRAINT|$)/,
]

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

/** What to throw instead of `error`: the named error of a broken constraint, else the error itself. */
export function asApiError(error: unknown, params: Params): unknown {
  const code = constraintErrors[brokenConstraint(error) ?? '']
  return code ? new ApiError(code, params) : error
}
