import { zValidator } from '@hono/zod-validator'
import type { MiddlewareHandler } from 'hono'
import * as z from 'zod'
import { invalid, parsed } from '#/platform/validation.ts'
import { requireShallow } from './body.ts'
import type { Declaration } from '#/platform/http/endpoint.ts'
import type { Schema } from '#/platform/http/schema.ts'
import type { App } from './request-state.ts'

/** The validators of an operation: path parameters, then the query, then the body. */
export function validators({ params, query, body, bodyType = 'json' }: Declaration): MiddlewareHandler<App>[] {
  return [
    ...(params ? [pathParameters(params)] : []),
    query ? validator('query', query) : noQuery,
    ...(body ? [bodyType === 'pdf' ? wholeBody : validator(bodyType, body)] : []),
  ]
}

/** Most requests have them and nothing else to look at, so they go the short way. */
const pathParameters =
  (schema: Schema): MiddlewareHandler<App> =>
  (c, next) => {
    const result = parsed(schema as z.ZodType, c.req.param(), c.get('state').language)
    if (!result.success) throw invalid(places.param, result.error.issues)
    c.req.addValidatedData('param', result.data as object)
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

function validator(target: 'query' | 'json' | 'form', schema: Schema): MiddlewareHandler<App> {
  return async (c, next) => {
    const { language } = c.get('state')
    return zValidator(
      target,
      schema,
      (result) => {
        if (!result.success) throw invalid(places[target], (result.error as z.core.$ZodError).issues)
      },
      {
        validationFunction: (shape, value) => {
          if (target === 'json') requireShallow(value)
          return parsed(shape as z.ZodType, value, language)
        },
      },
    )(c as never, next)
  }
}

const places = { param: 'path', query: 'query', json: 'body', form: 'body' } as const
