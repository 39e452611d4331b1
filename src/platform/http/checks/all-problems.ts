import type { Context } from '#/platform/context.ts'
import { brokenRules } from '#/platform/database/rule/broken-rules.ts'
import { ApiError } from '#/platform/errors.ts'
import type { Endpoint } from '#/platform/http/endpoint.ts'
import { sharedErrors } from '#/platform/shared-errors.ts'
import type { FieldProblem } from '#/platform/validation/invalid.ts'

type Fields = Record<string, unknown>

/** What only the database knows of the fields of a body that makes or changes a row, and that would be refused next. */
export async function furtherProblems(
  ctx: Context,
  { rowOf, method }: Pick<Endpoint, 'rowOf' | 'method'>,
  params: unknown,
  given: unknown,
): Promise<FieldProblem[]> {
  if (!rowOf || typeof given !== 'object' || given === null) return []
  return brokenRules(ctx, rowOf, given as Fields, method === 'post' ? undefined : (params as { id: number }).id)
}

/** Of what was given; any other is about the caller or the moment. */
const refusals = new Set([400, 404, 409, 422])

/** A refusal of what was given, with everything else that is wrong with it in `details.errors`; any other error as it is. */
export async function withFurtherProblems(
  error: unknown,
  endpoint: Endpoint,
  { ctx, params, body }: { ctx: Context; params: unknown; body: unknown },
): Promise<unknown> {
  const isRefusal = error instanceof ApiError && refusals.has(error.status)
  if (!isRefusal || error.declared === sharedErrors.STALE_STATE || error.declared === endpoint.rowOf?.notFound)
    return error
  const further = await furtherProblems(ctx, endpoint, params, body)
  if (further.length === 0) return error
  const details = (error.details ?? {}) as { errors?: FieldProblem[] }
  const own = details.errors ?? []
  const known = new Set(own.map(({ path, code }) => `${path} ${code}`))
  const errors = [...own, ...further.filter(({ path, code }) => !known.has(`${path} ${code}`))]
  return error.with({ ...details, errors })
}
