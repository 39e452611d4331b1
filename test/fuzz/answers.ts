import type * as z from 'zod'
import { catalogue } from '#/wiring/catalogue.ts'
import { type Endpoint, fullPath } from '#/platform/http/endpoint.ts'
import { isFormat } from '#/platform/http/format.ts'
import { operations } from './document.ts'

const described = new Map(operations.map((operation) => [operation.id, operation]))

/** What no answer may hold, whatever was sent: traces of the program, of its database, and of objects that became text. */
const traces = [
  /\[object \w+\]/,
  /D1_ERROR|SQLITE_|SqliteError|near \\?"[^"]*\\?": syntax error|no such (?:column|table)|constraint failed/,
  /\bat (?:async )?[\w.<>]+ \((?:file|\/)|\.[jt]s:\d+:\d+|node_modules/,
  /\b(?:TypeError|RangeError|SyntaxError|ReferenceError|ZodError|DrizzleError|DrizzleQueryError)\b/,
]

interface Envelope {
  success: unknown
  data: unknown
  error: { code: string; message: string; details: unknown; path: string } | null
  meta: unknown
}

/** One of the two cookies that there are, whole. */
const ownCookie = /^__Host-lyceum_(?:refresh|device)=[\w.-]*; Max-Age=\d+; Path=\/; HttpOnly; Secure; SameSite=Strict$/

/** What is wrong with an answer; nothing, when nothing is. `endpoint` is the one at the address, if there is one. */
export function faultsOf(response: Response, text: string, endpoint: Endpoint | undefined): string[] {
  const { status, headers } = response
  const isJson = headers.get('content-type')?.startsWith('application/json') ?? false
  return [
    ...(status >= 500 ? [`answered ${status}`] : []),
    ...(traces.some((trace) => trace.test(text)) ? ['tells of its inside'] : []),
    ...(headers.has('x-injected') || !headers.getSetCookie().every((cookie) => ownCookie.test(cookie))
      ? ['let a header in']
      : []),
    ...(headers.get('x-content-type-options') === 'nosniff' && headers.has('x-request-id') ? [] : ['lacks headers']),
    ...(status >= 400 ? refusalFaults(status, text, endpoint) : []),
    ...(status < 300 && isJson && endpoint ? shapeFaults(text, endpoint) : []),
  ]
}

function refusalFaults(status: number, text: string, endpoint: Endpoint | undefined): string[] {
  const { success, data, error, meta } = parsed(text)
  if (success !== false || data !== null || !error || !meta) return ['refused without the envelope']
  const keys = Object.keys(error).toSorted().join(' ')
  if (keys !== 'code details message path' || error.message.length < 10) return [`has an error of ${keys}`]
  if (/\{[a-z_]+\}/.test(error.message)) return [`says ${error.message}`]
  if (catalogue[error.code as keyof typeof catalogue]?.status !== status) return [`answered ${status} ${error.code}`]
  const declared = endpoint ? described.get(endpoint.id)!.refusals : new Set(['404 HTTP_404', '405 HTTP_405'])
  return declared.has(`${status} ${error.code}`) ? [] : [`answered the undeclared ${error.code}`]
}

function shapeFaults(text: string, { id, returns }: Endpoint): string[] {
  if (isFormat(returns)) return []
  const { success, data } = parsed(text)
  const result = (returns as z.ZodType).safeParse(data)
  return success === true && result.success
    ? []
    : [`${id} answered another form: ${result.error?.message.slice(0, 300)}`]
}

function parsed(text: string): Partial<Envelope> {
  try {
    return JSON.parse(text) as Partial<Envelope>
  } catch {
    return {}
  }
}

/** The endpoint that an address reaches with a method. */
export function endpointsBy(endpoints: readonly Endpoint[]) {
  const all = endpoints.map((endpoint) => ({
    endpoint,
    method: endpoint.method.toUpperCase(),
    pattern: new RegExp(`^${fullPath(endpoint).replaceAll('.', '\\.').replaceAll(/:\w+/g, '[^/]+')}/?$`),
  }))
  return (method: string, path: string) => all.find((one) => one.method === method && one.pattern.test(path))?.endpoint
}
