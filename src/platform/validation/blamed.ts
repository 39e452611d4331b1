import type * as z from 'zod'
import { ApiError, type DeclaredError, messageOf, type Params } from '#/platform/errors.ts'
import type { Language } from '#/platform/words.ts'
import type { FieldProblem, Place } from './invalid.ts'

/** A refusal with `details.errors` for the fields of the body that its code blames, unless it says more itself. */
export function blamed(error: unknown, body: unknown, answer: { language: Language }): unknown {
  if (!(error instanceof ApiError) || error.details !== null) return error
  const fields = (error.declared.fields ?? []).filter(
    (field) => field in ((body as z.ZodObject | undefined)?.shape ?? {}),
  )
  if (fields.length === 0) return error
  const places = fields.map((path) => ['body', path] as const)
  return error.with(detailsOf(error, answer, places))
}

/** A refusal of what is at these places of the request. */
export function blaming(
  declared: DeclaredError,
  params: Params,
  answer: { language: Language },
  places: Places,
): ApiError {
  return new ApiError(declared, params, { details: detailsOf({ declared, params }, answer, places) })
}

type Places = readonly (readonly [place: Place, path: string])[]

function detailsOf(
  { declared, params }: Pick<ApiError, 'declared' | 'params'>,
  { language }: { language: Language },
  places: Places,
) {
  const message = messageOf(declared, params, language)
  return { errors: places.map(([place, path]): FieldProblem => ({ in: place, path, code: declared.code, message })) }
}
