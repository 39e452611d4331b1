import { isDeepStrictEqual } from 'node:util'
import * as z from 'zod'
import type { Context } from '#/platform/context.ts'
import type { Declaration, Endpoint } from '#/platform/http/endpoint.ts'
import { ApiError } from '#/platform/errors.ts'
import { sharedErrors } from '#/platform/shared-errors.ts'
import { type FieldProblem, parsed, refused } from '#/platform/validation/invalid.ts'
import type { RequestState } from '#/platform/http/request/request-state.ts'
import { furtherProblems } from './all-problems.ts'
import { readOnly } from '#/platform/validation/words.ts'

type Fields = Record<string, unknown>

/** The fields of a row that the body of its change may repeat: shown, and not to be given. */
export function readOnlyFields({ body, changes }: Declaration): ReadonlySet<string> {
  const given = (body as z.ZodObject | undefined)?.shape ?? {}
  const shown = Object.keys((changes?.row as z.ZodObject | undefined)?.shape ?? {})
  return new Set(shown.filter((name) => !(name in given)))
}

/** A body without the fields that it only repeats, and these. */
export function apart(fields: ReadonlySet<string>, body: unknown): [given: unknown, repeated?: Fields] {
  if (typeof body !== 'object' || body === null || !Object.keys(body).some((name) => fields.has(name))) return [body]
  const those = (is: boolean) =>
    Object.fromEntries(Object.entries(body).filter(([name]) => fields.has(name) === is)) as Fields
  return [those(false), those(true)]
}

/**
 * A body of which only whole fields are wrong: these as they are given, and what the schema makes of the rest. A row may have them from before
 * their rule.
 */
export function withOlder(schema: z.ZodType, body: unknown, issues: readonly z.core.$ZodIssue[]) {
  if (!(schema instanceof z.ZodObject) || schema.def.checks || typeof body !== 'object' || body === null)
    return undefined
  const names = new Set(issues.map(({ path: [name = ''] }) => String(name)))
  if (![...names].every((name) => name in schema.shape && (body as Fields)[name] !== undefined)) return undefined
  const rest = parsed(schema.extend(Object.fromEntries([...names].map((name) => [name, z.unknown()]))), body)
  return rest.success ? { fields: apart(names, body)[1]!, data: rest.data } : undefined
}

type Repeating = Pick<RequestState, 'repeated' | 'older' | 'given'>

/** Throws VALIDATION_ERROR, with all that is wrong, unless the row has what the body repeats of it; PRECONDITION_FAILED as `compared` does. */
export async function requireUnchanged(ctx: Context, endpoint: Endpoint, params: unknown, state: Repeating) {
  const problems = await compared(ctx, endpoint, params, state)
  if (problems.length > 0) throw refused([...problems, ...(await furtherProblems(ctx, endpoint, params, state.given!))])
}

/** What the body repeats otherwise than the row has it, for a body that is refused anyway: nothing of a row that the caller may not see, or that is another by now. */
export const repeatedWrongly = async (ctx: Context, endpoint: Endpoint, params: unknown, state: Repeating) =>
  (state.repeated ?? state.older)
    ? compared(ctx, endpoint, params, state).catch((error: unknown) => {
        if (error instanceof ApiError) return []
        throw error
      })
    : []

/**
 * What is wrong with the fields that the row does not have as the body repeats them. Who repeats the version means that one, as by `If-Match`:
 * throws PRECONDITION_FAILED when the row has another, also one that comes between.
 */
async function compared(
  ctx: Context,
  endpoint: Endpoint,
  params: unknown,
  { repeated = {}, older }: Repeating,
): Promise<FieldProblem[]> {
  const row = endpoint.present(await endpoint.changes!.read(ctx, params), ctx.actor.role) as Fields
  if ('version' in repeated && Number.isInteger(repeated.version) && repeated.version !== row.version)
    throw new ApiError(sharedErrors.PRECONDITION_FAILED)
  const isOther = ([name, value]: [string, unknown]) => !isDeepStrictEqual(value, row[name])
  if ('version' in repeated) ctx.ifMatch ??= [row.version as number]
  return [
    ...(older && Object.entries(older.fields).some(isOther) ? older.problems : []),
    ...Object.entries(repeated)
      .filter(isOther)
      .map(([path]): FieldProblem => ({ in: 'body', path, code: readOnly.code, message: readOnly[ctx.language] })),
  ]
}
