import type { MiddlewareHandler } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import { ApiError } from '../errors.ts'
import type { Declaration } from './endpoint.ts'
import type { App } from './request-state.ts'

const defaultLimit = 64 * 1024
const mediaTypes = { json: 'application/json', form: 'application/x-www-form-urlencoded' } as const

/** Refuses a body of the wrong kind (415) or size (413) before anything reads it. */
export function bodyGuards({
  body,
  bodyType = 'json',
  bodyOptional = false,
  bodyLimit: limit = defaultLimit,
}: Declaration): MiddlewareHandler<App>[] {
  if (!body) return []
  const expected = mediaTypes[bodyType]
  const mediaType: MiddlewareHandler<App> = async (c, next) => {
    const given = c.req.header('content-type')?.split(';')[0]?.trim().toLowerCase()
    const empty = given === undefined && !c.req.raw.body
    if (given !== expected && !(bodyOptional && empty)) throw new ApiError('HTTP_415', { expected })
    await next()
  }
  const tooLarge = () => {
    throw new ApiError('HTTP_413', { limit })
  }
  return [mediaType, bodyLimit({ maxSize: limit, onError: tooLarge })]
}
