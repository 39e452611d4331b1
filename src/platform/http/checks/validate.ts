import { zValidator } from '@hono/zod-validator'
import type { MiddlewareHandler } from 'hono'
import * as z from 'zod'
import { type FieldProblem, parsed, placed, refused } from '#/platform/validation/invalid.ts'
import { allSound, type Sound, soundFields } from '#/platform/validation/sound-fields.ts'
import { furtherProblems } from './all-problems.ts'
import { requireShallow } from '#/platform/http/request/body.ts'
import { apart, readOnlyFields, repeatedWrongly, withOlder } from './repeated.ts'
import { withoutBlanks } from '#/platform/validation/without-blanks.ts'
import type { Endpoint } from '#/platform/http/endpoint.ts'
import type { Schema } from '#/platform/http/schema.ts'
import type { App, AppContext } from '#/platform/http/request/request-state.ts'

/** The validators of an operation: path parameters, query, body. What is wrong with any of them is answered at once. */
export function validators(endpoint: Endpoint): MiddlewareHandler<App>[] {
  const { method, params, query, body, bodyType = 'json', changes } = endpoint
  const shown = readOnlyFields(endpoint)
  return [
    ...(params ? [pathParameters(params)] : []),
    query ? validator('query', query) : noQuery,
    ...(body ? [bodyType === 'pdf' ? wholeBody : validator(bodyType, body, method === 'patch', shown, !!changes)] : []),
    refuseProblems(endpoint),
  ]
}

const refuseProblems =
  (endpoint: Endpoint): MiddlewareHandler<App> =>
  async (c, next) => {
    const state = c.get('state')
    const { problems, given = allSound({}) } = state
    if (!problems) return next()
    if (problems.some(({ in: place }) => place === 'path')) throw refused(problems)
    const [ctx, params] = [state.ctx!, c.req.valid('param' as never) as unknown]
    const more = await Promise.all([
      repeatedWrongly(ctx, endpoint, params, state),
      furtherProblems(ctx, endpoint, params, given),
    ])
    throw refused([...problems, ...more.flat()])
  }

function note(c: AppContext, place: FieldProblem['in'], issues: readonly z.core.$ZodIssue[]) {
  const state = c.get('state')
  state.problems = [...(state.problems ?? []), ...placed(place, issues, state.language)]
}

/** Most requests have them and nothing else to look at, so they go the short way. */
const pathParameters =
  (schema: Schema): MiddlewareHandler<App> =>
  (c, next) => {
    const result = parsed(schema as z.ZodType, c.req.param())
    if (result.success) c.req.addValidatedData('param', result.data as object)
    else note(c, places.param, result.error.issues)
    return next()
  }

/** A file is its bytes. */
const wholeBody: MiddlewareHandler<App> = async (c, next) => {
  c.req.addValidatedData('pdf' as never, new Uint8Array(await c.req.arrayBuffer()))
  await next()
}

/** Most requests to an operation without parameters have no query to look at. */
const noQuery: MiddlewareHandler<App> = (c, next) => (c.req.url.includes('?') ? refuseQuery(c, next) : next())
const refuseQuery = validator('query', z.strictObject({}))

function validator(
  target: 'query' | 'json' | 'form',
  schema: Schema,
  isPatch = false,
  shown: ReadonlySet<string> = new Set(),
  isChange = false,
): MiddlewareHandler<App> {
  return (c, next) =>
    zValidator(target, schema, undefined, {
      validationFunction: (shape, value) => {
        if (target === 'json') requireShallow(value)
        const [given, repeated] = apart(shown, value)
        if (repeated) c.get('state').repeated = repeated
        const whole = withoutBlanks(shape as z.ZodType, given, isPatch)
        const result = parsed(shape as z.ZodType, whole)
        if (target === 'json')
          c.get('state').given = result.success
            ? allSound(result.data as Sound['fields'])
            : soundFields(shape as z.ZodType, whole)
        if (result.success) return result
        const { issues } = result.error
        const older = isChange ? withOlder(shape as z.ZodType, whole, issues) : undefined
        if (older) {
          const state = c.get('state')
          state.older = { fields: older.fields, problems: placed(places[target], issues, state.language) }
          return { success: true, data: older.data }
        }
        note(c, places[target], issues)
        return { success: true, data: undefined }
      },
    })(c as never, next)
}

const places = { param: 'path', query: 'query', json: 'body', form: 'body' } as const
