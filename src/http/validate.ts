import { zValidator } from '@hono/zod-validator'
import type { MiddlewareHandler } from 'hono'
import * as z from 'zod'
import { ApiError } from '../errors.ts'
import { localeErrors, problemsOf } from '../validation.ts'
import type { Declaration, Schema } from './endpoint.ts'
import type { App, RequestState } from './request-state.ts'

/** The validators of an operation: path parameters, then the query, then the body. */
export function validators({ params, query, body, bodyType = 'json' }: Declaration): MiddlewareHandler<App>[] {
  return [
    ...(params ? [validator('param', params)] : []),
    query ? validator('query', query) : noQuery,
    ...(body ? [validator(bodyType, body)] : []),
  ]
}

/** Most requests to an operation without parameters have no query to look at. */
const noQuery: MiddlewareHandler<App> = (c, next) => (c.req.url.includes('?') ? refuseQuery(c, next) : next())
const refuseQuery = validator('query', z.strictObject({}))

function validator(target: 'param' | 'query' | 'json' | 'form', schema: Schema): MiddlewareHandler<App> {
  return async (c, next) => {
    const state = c.get('state')
    return zValidator(
      target,
      schema,
      (result) => {
        if (!result.success) throw invalid(target, (result.error as z.core.$ZodError).issues)
      },
      { validationFunction: (shape, value) => parse(shape as z.ZodType, value, state) },
    )(c as never, next)
  }
}

/** Messages in the caller's language, and never the rejected values. */
const parse = (schema: z.ZodType, value: unknown, { language }: RequestState) =>
  schema.safeParseAsync(value, { error: localeErrors[language], reportInput: false })

const places = { param: 'path', query: 'query', json: 'body', form: 'body' } as const

function invalid(target: keyof typeof places, issues: readonly z.core.$ZodIssue[]): ApiError {
  const errors = issues
    .flatMap(problemsOf)
    .map(({ path, code, message }) => ({ path: [places[target], ...path].join('.'), code, message }))
  return new ApiError('VALIDATION_ERROR', {}, { details: { errors } })
}
