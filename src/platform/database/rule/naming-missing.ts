import type { Context } from '#/platform/context.ts'
import { ApiError, type DeclaredError, messageOf } from '#/platform/errors.ts'

/** An id that the body names, and where. */
interface Named {
  path: string
  id: number
}

/**
 * For `.catch` after a write of parts that name other rows, which the database refuses at the first that is not there: tells each of them in
 * `details.errors`. `there` reads the ids, among those given, that are.
 */
export const namingMissing =
  (
    { language }: Context,
    missing: DeclaredError,
    named: readonly Named[],
    there: (ids: number[]) => PromiseLike<{ id: number }[]>,
  ) =>
  async (error: unknown): Promise<never> => {
    if (!(error instanceof ApiError) || error.declared !== missing) throw error
    const found = new Set((await there(named.map(({ id }) => id))).map(({ id }) => id))
    const message = messageOf(missing, error.params, language)
    const errors = named
      .filter(({ id }) => !found.has(id))
      .map(({ path }) => ({ in: 'body', path, code: missing.code, message }))
    throw error.with({ errors })
  }
