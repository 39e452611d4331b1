import { eq, sql } from 'drizzle-orm'
import type { Context } from '#/platform/context.ts'
import { ApiError, type DeclaredError } from '#/platform/errors.ts'
import { identifierKey } from '#/platform/text/identifier.ts'
import { scheme } from './table.ts'

interface Naming {
  grading_scheme?: string | null | undefined
}

/**
 * Writes a row that names a grading scheme. Where there is none of this code, but one whose code differs in case, width or alphabet only, the row is
 * written once more with that. Throws `missing` where there is neither.
 */
export const meaningScheme = async <Given extends Naming, Written>(
  ctx: Context,
  missing: DeclaredError,
  given: Given,
  write: (given: Given) => Promise<Written>,
): Promise<Written> =>
  write(given).catch(async (error: unknown) => {
    if (!(error instanceof ApiError) || error.declared !== missing || !given.grading_scheme) throw error
    const [meant] = await ctx.db
      .select({ code: scheme.code })
      .from(scheme)
      .where(eq(scheme.code_key, identifierKey(given.grading_scheme)))
      .orderBy(scheme.id)
      .limit(1)
    if (!meant || meant.code === given.grading_scheme) throw error
    return write({ ...given, grading_scheme: meant.code })
  })

/** For rules: whether a code means no scheme. */
export const meansNoScheme = (code: unknown) =>
  typeof code === 'string' &&
  sql`not exists (select 1 from ${scheme} where ${scheme.code} = ${code} or ${scheme.code_key} = ${identifierKey(code)})`
