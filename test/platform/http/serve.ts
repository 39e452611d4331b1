import { createExecutionContext, waitOnExecutionContext } from 'cloudflare:test'
import type { Env } from '#/platform/env.ts'
import worker from '#/worker.ts'
import { isJson, remember } from '../../answered.ts'
import { testEnv } from '../../world.ts'

const origin = 'http://lyceum.test'

/** One request to a deployment whose vars differ from those of the test run; waits for the work that outlives the answer. */
export async function serveWith(vars: Partial<Env>, path: string, init: RequestInit = {}): Promise<Response> {
  const execution = createExecutionContext()
  const request = new Request(`${origin}${path}`, init) as Parameters<typeof worker.fetch>[0]
  const response = await worker.fetch(request, { ...testEnv, ...vars }, execution)
  await waitOnExecutionContext(execution)
  if (isJson(response) && init.method !== 'HEAD') remember(await response.clone().json())
  return response
}

/** One request exactly as written: no token, no media type, nothing is added. */
export const serve = (path: string, init: RequestInit = {}) => serveWith({}, path, init)

/** A request that carries JSON. */
export const json = (method: string, body: unknown, headers: Record<string, string> = {}): RequestInit => ({
  method,
  headers: { 'content-type': 'application/json', ...headers },
  body: JSON.stringify(body),
})

/** Status and code in one word, for one comparison of many answers. */
export async function codeOf(response: Response): Promise<string> {
  const { error } = (await response.json()) as { error: { code: string } | null }
  return error ? `${response.status} ${error.code}` : String(response.status)
}

/** Bytes without a length: workerd sends them in chunks. */
export const chunked = (bytes: Uint8Array): ReadableStream =>
  new ReadableStream({
    start(controller) {
      for (let at = 0; at < bytes.length; at += 16_384) controller.enqueue(bytes.slice(at, at + 16_384))
      controller.close()
    },
  })

/** `Server-Timing` as numbers. */
export function timingOf({ headers }: { headers: Headers }): { queries: number; roundTrips: number } {
  const [, queries, roundTrips] = /desc="(\d+) queries in (\d+) round trips"/.exec(headers.get('server-timing')!)!
  return { queries: Number(queries), roundTrips: Number(roundTrips) }
}
