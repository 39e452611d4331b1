import { exports } from 'cloudflare:workers'
import type { AnswerAt } from './answer-at.ts'
import { isJson, remember } from './answered.ts'
import { chapters } from '#/wiring/endpoints.ts'
import type * as z from 'zod'
import { type Endpoint, fullPath } from '#/platform/http/endpoint.ts'
import { isFormat } from '#/platform/http/format.ts'
import { refusalsOf } from '#/platform/http/openapi.ts'
import { policy } from '#/wiring/policy.ts'
import type { Permission } from '#/platform/policy.ts'
import type { FieldProblem } from '#/platform/validation/invalid.ts'

export type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'

export interface Answer<Data = unknown> {
  status: number
  headers: Headers
  /** `data` of the envelope, as the operation declares it; null in the answer of an error, whatever its type says. */
  data: Data
  error: { code: string; message: string; details: Details; path: string } | null
  response: Response
}

interface Details {
  reasons?: { code: string; message: string }[]
  errors?: FieldProblem[]
  missing?: unknown[]
}

/** Status and code of a refusal, for one comparison. */
export const refusal = ({ status, error }: Pick<Answer, 'status' | 'error'>) => [status, error?.code]

/** Where a problem of a request is: `body.title`, or `body` for the whole of it. */
export const placeOf = (problem: Pick<FieldProblem, 'in' | 'path'>) =>
  [problem.in, problem.path].filter(Boolean).join('.')
export const badFields = ({ error }: Pick<Answer, 'error'>): string[] => (error?.details.errors ?? []).map(placeOf)

export interface Caller {
  token: string | null
}

const origin = 'http://lyceum.test'

/**
 * One request through the front door. The path is below /api/v1 unless it starts with `~`. Fails the test when an answer is no
 * envelope, carries an error code that the operation does not declare, or a message with a placeholder or a raw instant.
 */
export async function call<const M extends Method, const P extends string>(
  caller: Caller,
  method: M,
  path: P,
  body?: unknown,
  headers: Record<string, string> = {},
): Promise<Answer<AnswerAt<M, P>>> {
  const url = path.startsWith('~') ? `${origin}${path.slice(1)}` : `${origin}/api/v1${path}`
  const response = await exports.default.fetch(url, {
    method,
    headers: {
      ...(caller.token && { authorization: `Bearer ${caller.token}` }),
      ...(body !== undefined && { 'content-type': 'application/json' }),
      ...headers,
    },
    ...(body !== undefined && {
      body: typeof body === 'string' || body instanceof Uint8Array ? body : JSON.stringify(body),
    }),
  })
  return read(method, new URL(url).pathname, response) as Promise<Answer<AnswerAt<M, P>>>
}

async function read(method: Method, path: string, response: Response): Promise<Answer> {
  const { status, headers } = response
  if (status < 400 && !isJson(response)) return { status, headers, data: null, error: null, response }
  const text = await response.clone().text()
  const body = JSON.parse(text) as { success?: boolean; data: unknown; error: Answer['error'] }
  remember(body)
  requireReadable(method, path, body)
  if (status >= 400) requireDeclared(method, path, status, body.error)
  else if (body.success) requireShape(method, path, body.data)
  return { status, headers, data: body.success === undefined ? body : body.data, error: body.error ?? null, response }
}

const table = Object.values(chapters)
  .flat()
  .map((endpoint) => ({ endpoint, pattern: new RegExp(`^${fullPath(endpoint).replaceAll(/:\w+/g, '[^/]+')}/?$`) }))

export const endpointAt = (method: string, path: string): Endpoint | undefined =>
  table.find(({ endpoint, pattern }) => endpoint.method === method.toLowerCase() && pattern.test(path))?.endpoint

/** Data must be what the operation says it returns, to the letter. */
function requireShape(method: Method, path: string, data: unknown) {
  const returns = endpointAt(method, path)?.returns
  if (!returns || isFormat(returns)) return
  const [undeclared] = fieldsLost(data, (returns as z.ZodType).parse(data))
  if (undeclared !== undefined) throw new Error(`${method} ${path} answered the undeclared field ${undeclared}`)
}

/** Where an answer has fields that its schema knows nothing of: parsing leaves them out. */
function fieldsLost(data: unknown, parsed: unknown, at = 'data'): string[] {
  if (typeof data !== 'object' || data === null) return []
  return Object.entries(data).flatMap(([name, value]) =>
    name in (parsed as object)
      ? fieldsLost(value, (parsed as Record<string, unknown>)[name], `${at}.${name}`)
      : [`${at}.${name}`],
  )
}

/** How an instant is typed, as the words about a field say it. */
const asTyped = '2026-03-25T09:00:00Z'
const rawInstant = /\d{4}-\d\d-\d\dT\d\d:\d\d/

/** Whatever is said to people tells of a moment as people do. */
function requireReadable(method: Method, path: string, value: unknown): void {
  if (typeof value !== 'object' || value === null) return
  for (const [key, inner] of Object.entries(value)) {
    const isSaid = typeof inner === 'string' && /^(?:message|explanation|text)$/.test(key)
    if (isSaid && rawInstant.test(inner.replace(asTyped, '')))
      throw new Error(`${method} ${path} tells of a moment as machines do: ${inner}`)
    requireReadable(method, path, inner)
  }
}

const placeholder = /\{\w*\}/

function requireDeclared(method: Method, path: string, status: number, error: Answer['error']) {
  if (!error) throw new Error(`${method} ${path} answered ${status} without an error envelope`)
  for (const { message } of [error, ...(error.details?.reasons ?? []), ...(error.details?.errors ?? [])])
    if (placeholder.test(message))
      throw new Error(`${method} ${path} answered what is still to be filled in: ${message}`)
  const endpoint = endpointAt(method, path)
  if (!endpoint) return
  const isPublic = 'anonymous' in policy[endpoint.permission as Permission]
  if (!refusalsOf(endpoint, isPublic).some(({ code }) => code === error.code)) {
    throw new Error(`${endpoint.id} answered the undeclared error ${error.code}: ${error.message}`)
  }
}
