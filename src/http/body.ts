import type { MiddlewareHandler } from 'hono'
import { ApiError } from '../errors.ts'
import type { Declaration } from './endpoint.ts'
import type { App } from './request-state.ts'

const defaultLimit = 64 * 1024
export const mediaTypes = {
  json: 'application/json',
  form: 'application/x-www-form-urlencoded',
  pdf: 'application/pdf',
} as const

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
  return [mediaType, sizeGuard(limit)]
}

/** How much of a body that is too large is still read: an unread rest breaks the connection on which the next request comes. */
const drained = 16 * 1024 * 1024

const sizeGuard =
  (limit: number): MiddlewareHandler<App> =>
  async (c, next) => {
    const { raw } = c.req
    if (!raw.body) return next()
    const announced = raw.headers.has('transfer-encoding') ? null : raw.headers.get('content-length')
    if (announced !== null && Number(announced) > limit) throw new ApiError('HTTP_413', { limit })
    if (announced === null) c.req.raw = new Request(raw, { method: raw.method, body: await readUpTo(limit, raw.body) })
    await next()
  }

async function readUpTo(limit: number, body: ReadableStream<Uint8Array>): Promise<Blob> {
  const chunks: Uint8Array<ArrayBuffer>[] = []
  let size = 0
  for await (const chunk of body) {
    size += chunk.length
    if (size <= limit) chunks.push(chunk as Uint8Array<ArrayBuffer>)
    if (size > drained) break
  }
  if (size > limit) throw new ApiError('HTTP_413', { limit })
  return new Blob(chunks)
}
