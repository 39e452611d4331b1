import type { Actor, Context } from '#/platform/context.ts'
import type { SomeEntity } from '#/platform/database/write/entity-types.ts'
import type { Rule } from '#/platform/database/rule/rule.ts'
import type { DeclaredError } from '#/platform/errors.ts'
import { type Permission, reachOf } from '#/platform/policy.ts'
import { type LimitClass } from '#/platform/words.ts'
import { declaredFields } from './declared-fields.ts'
import { type Format, isFormat } from './format.ts'
import type { DeviceCookie } from '#/platform/http/request/device-cookie.ts'
import type { RefreshCookie } from '#/platform/http/request/refresh-cookie.ts'
import type { Schema } from './schema.ts'

/** One operation of the API: everything the router, the validators, the policy, the tests and the reference need to know. */
export interface Declaration<Params = unknown, Query = unknown, Body = unknown, Result = unknown> {
  /** Operation id in the OpenAPI document. */
  id: string
  method: 'get' | 'post' | 'put' | 'patch' | 'delete'
  /** Below /api/v1, or from the root when `root` is set. */
  path: `/${string}`
  root?: boolean
  summary: string
  description?: string
  permission: Permission
  /** Asks for this secret of the deployment as bearer token, whoever it is that has it, in place of an account. */
  secret?: 'METRICS_TOKEN'
  /** Rate limit class; by default `read` for GET and `write` for the rest. */
  limit?: LimitClass
  params?: Schema<Params>
  query?: Schema<Query>
  body?: Schema<Body>
  /** How the body travels; JSON by default. A `pdf` arrives as its bytes, which nothing validates. */
  bodyType?: 'json' | 'form' | 'pdf'
  /** Media types of a body that the handler reads itself, as a stream. Such requests are told apart by their length for replays. */
  upload?: readonly string[]
  /** What an upload may be written in beside UTF-8, where its media type says so. */
  charsets?: readonly string[]
  /** Of a PUT or PATCH: the row as GET shows it. Its body may repeat what cannot be given, as long as that is so. */
  changes?: { row: Schema; read: (ctx: Context, params: Params) => Promise<unknown> }
  /** The kind of row that the body makes, or changes where the path has its id: what its rules say of the body is told at once. */
  rowOf?: SomeEntity
  /** What else the body is refused for beyond its form, beside the rules of such rows: told at once, too. */
  rules?: readonly Rule[]
  /** A body may be left out: the schema then sees `{}`. */
  bodyOptional?: boolean
  /** Largest body in bytes; 64 KiB by default. */
  bodyLimit?: number
  /** `required`: a write without `If-Match` answers 428. */
  precondition?: 'required'
  status?: 200 | 201 | 202
  /** Answers 202 instead for a result that is still being worked on. */
  isAccepted?: (result: Result) => boolean
  /** Answers 200 instead for a result that was only looked at beforehand. */
  isRehearsed?: (result: Result) => boolean
  /** The schema of `data` in the envelope, or a format of its own (a file, a page, nothing). */
  returns: Schema<Result> | Format<Result>
  /** Headers that say more about the answer, such as where what was created is. */
  headers?: (result: Result) => Record<string, string>
  /** The answer must not rest anywhere. A replayed Idempotency-Key is answered by `reread`; without that it takes none. */
  confidential?: true
  /** Asks for a code given within the last five minutes, or for the password within ten where the account has no second factor. */
  stepUp?: true
  /** Open to accounts whose role demands a second factor before they have one. */
  withoutSecondFactor?: true
  /** Students pass a turnstile here, with what they send as `X-Turnstile`. */
  turnstile?: true
  /** The errors a caller has to expect beyond those of every endpoint. */
  errors?: readonly DeclaredError[]
  /** Answers a replayed Idempotency-Key whose first answer was lost: reads again what was written. */
  reread?: (ctx: Context, entityId: number) => Promise<Result>
}

export interface Call<Params, Query, Body> {
  ctx: Context
  params: Params
  query: Query
  body: Body
  /** The body of an operation that declares `upload`. */
  upload: Upload | undefined
  cookie: RefreshCookie
  device: DeviceCookie
}

interface Upload {
  mediaType: string
  /** In lower case. */
  charset: string
  bytes: ReadableStream<Uint8Array>
}

export interface Endpoint extends Declaration {
  /** Leaves out of a result what `returns` does not declare, or what is not for this role. */
  present: (result: unknown, role: Actor['role']) => unknown
  handle(call: Call<unknown, unknown, unknown>): Promise<unknown>
}

/** Operations under the chapter of the reference that they stand in. */
export type Chapters = Readonly<Record<string, readonly Endpoint[]>>

/** Declares an operation, then attaches its handler. Two steps, so that TypeScript knows the result type before it reads the handler. */
export const endpoint = <Result, Params = undefined, Query = undefined, Body = undefined>(
  declaration: Declaration<Params, Query, Body, Result>,
) => ({
  handle: (handle: (call: Call<Params, Query, Body>) => Promise<Result>) =>
    ({
      ...declaration,
      handle,
      present: presenterOf(declaration.returns),
    }) as Endpoint,
})

/** Sign-in answers hold tokens, which must not rest anywhere: what is open to everybody takes no key either. */
export const takesIdempotencyKey = ({ method, permission, confidential, reread }: Declaration): boolean =>
  method === 'post' && (!confidential || reread !== undefined) && reachOf(permission, 'anonymous') === undefined

/** A format of its own presents itself. */
export function presenterOf(returns: object): Endpoint['present'] {
  if (isFormat(returns)) return (result) => result
  const pick = new Map<Actor['role'], ReturnType<typeof declaredFields>>()
  return (result, role) => {
    if (!pick.has(role)) pick.set(role, declaredFields(returns as Schema, role))
    return pick.get(role)!(result)
  }
}

const basePath = '/api/v1'
export const fullPath = ({ root, path }: Pick<Declaration, 'root' | 'path'>) => (root ? path : `${basePath}${path}`)
/** How a route is written in the reference, in figures and in logs: `/api/v1/students/{id}`. */
export const templateOf = (endpoint: Pick<Declaration, 'root' | 'path'>) =>
  fullPath(endpoint).replaceAll(/:(\w+)/g, '{$1}')
export const statusOf = ({ status, returns }: Declaration) =>
  (isFormat(returns) ? returns.status : undefined) ?? status ?? 200
