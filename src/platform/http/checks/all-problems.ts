import type { Context } from '#/platform/context.ts'
import { brokenRules } from '#/platform/database/rule/broken-rules.ts'
import { ApiError } from '#/platform/errors.ts'
import type { Endpoint } from '#/platform/http/endpoint.ts'
import { sharedErrors } from '#/platform/shared-errors.ts'
import type { FieldProblem } from '#/platform/validation/invalid.ts'
import { allSound, type Sound } from '#/platform/validation/sound-fields.ts'

/** Whether more is to be said of a body than its schema does. */
export const hasRules = (endpoint: Endpoint): boolean => rulesOf(endpoint).length > 0

/** What only the database, or what else of the body, knows of the fields that are well-formed, and that would be refused next. */
export async function furtherProblems(
  ctx: Context,
  endpoint: Endpoint,
  params: unknown,
  given: Sound,
): Promise<FieldProblem[]> {
  return brokenRules(ctx, {
    rules: rulesOf(endpoint),
    changed: endpoint.method === 'post' ? undefined : endpoint.rowOf,
    id: (params as { id?: number } | undefined)?.id,
    given,
  })
}

const rulesOf = ({ rowOf, rules = [] }: Pick<Endpoint, 'rowOf' | 'rules'>) => [...(rowOf?.rules ?? []), ...rules]

/** Of what was given; any other is about the caller or the moment. */
const refusals = new Set([400, 404, 409, 422])

/**
 * Whether that is about the body: not about a row that the path names, or that somebody else changed. What tells all its reasons has looked at
 * everything that the body names: a full section, which many ask for at once, costs no query more.
 */
function isOfBody({ declared, status, details }: ApiError, endpoint: Endpoint): boolean {
  if (!refusals.has(status) || declared === sharedErrors.STALE_STATE) return false
  if (details !== null && typeof details === 'object' && 'reasons' in details) return false
  return status !== 404 || rulesOf(endpoint).some((rule) => rule.error === declared)
}

/** A refusal of what was given, with everything else that is wrong with it in `details.errors`; any other error as it is. */
export async function withFurtherProblems(
  error: unknown,
  endpoint: Endpoint,
  { ctx, params, body }: { ctx: Context; params: unknown; body: unknown },
): Promise<unknown> {
  if (!(error instanceof ApiError) || !isOfBody(error, endpoint)) return error
  const further = await furtherProblems(ctx, endpoint, params, allSound(body as Sound['fields']))
  if (further.length === 0) return error
  const details = (error.details ?? {}) as { errors?: FieldProblem[] }
  const own = details.errors ?? []
  const known = new Set(own.map(({ path, code }) => `${path} ${code}`))
  const errors = [...own, ...further.filter(({ path, code }) => !known.has(`${path} ${code}`))]
  return error.with({ ...details, errors })
}
