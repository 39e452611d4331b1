import type { MiddlewareHandler } from 'hono'
import { ApiError } from '#/platform/errors.ts'
import type { Declaration } from '#/platform/http/endpoint.ts'
import type { App } from './request-state.ts'
import { sharedErrors } from '#/platform/shared-errors.ts'

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
  upload,
  charsets = [],
}: Declaration): MiddlewareHandler<App>[] {
  if (!body && !upload) return []
  const expected = upload ?? [mediaTypes[bodyType]]
  const mediaType: MiddlewareHandler<App> = async (c, next) => {
    const given = mediaTypeOf(c.req.raw)
    const empty = given === undefined && isEmpty(c.req.raw)
    if (!expected.some((type) => type === given) && !(bodyOptional && empty))
      throw new ApiError(sharedErrors.HTTP_415, { expected: expected.join(', ') })
    const known = ['utf-8', ...charsets]
    if (!known.includes(charsetOf(c.req.raw)))
      throw new ApiError(sharedErrors.HTTP_415, { expected: `${given}; charset=${known.join(' | ')}` })
    await next()
  }
  return [mediaType, upload ? announcedSizeGuard(limit) : sizeGuard(limit)]
}

/** Browsers send a body of no bytes where there is none. */
const isEmpty = ({ body, headers }: Request) => !body || headers.get('content-length') === '0'

/** How many lists and objects may lie within each other in a JSON body. */
const levelLimit = 32

/** Throws BODY_TOO_DEEP for a parsed body that is nested deeper than any schema asks for. Goes no deeper itself. */
export function requireShallow(body: unknown): void {
  if (isDeeper(body, levelLimit)) throw new ApiError(sharedErrors.BODY_TOO_DEEP, { limit: levelLimit })
}

const isDeeper = (value: unknown, levels: number): boolean =>
  typeof value === 'object' &&
  value !== null &&
  (levels === 0 || Object.values(value).some((inner) => isDeeper(inner, levels - 1)))

/** The media type of a request, without its parameters. */
export const mediaTypeOf = ({ headers }: Request) => headers.get('content-type')?.split(';')[0]?.trim().toLowerCase()

/** What the text of a request is written in, in lower case. What is read as something else would be read wrongly. */
export function charsetOf({ headers }: Request): string {
  const charset = /;\s*charset\s*=\s*"?([^";\s]*)/i.exec(headers.get('content-type') ?? '')?.[1]?.toLowerCase()
  return charset === undefined || /^(?:utf-?8|us-ascii)$/.test(charset) ? 'utf-8' : charset
}

/** The handler of an upload counts what it reads; what says that it is too large is not read at all. */
const announcedSizeGuard =
  (limit: number): MiddlewareHandler<App> =>
  async (c, next) => {
    if (Number(c.req.header('content-length') ?? 0) > limit) throw new ApiError(sharedErrors.HTTP_413, { limit })
    await next()
  }

/** How much of a body that is too large is still read: an unread rest breaks the connection on which the next request comes. */
const drained = 16 * 1024 * 1024

const sizeGuard =
  (limit: number): MiddlewareHandler<App> =>
  async (c, next) => {
    const { raw } = c.req
    if (!raw.body) return next()
    const announced = raw.headers.has('transfer-encoding') ? null : raw.headers.get('content-length')
    if (announced !== null && Number(announced) > limit) throw new ApiError(sharedErrors.HTTP_413, { limit })
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
  if (size > limit) throw new ApiError(sharedErrors.HTTP_413, { limit })
  return new Blob(chunks)
}
