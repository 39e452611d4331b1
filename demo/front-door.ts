import { app } from '#/app.ts'
import type { Env } from '#/platform/env.ts'

export type FrontDoor = (method: 'GET' | 'POST' | 'PUT' | 'PATCH', path: string, body?: unknown) => Promise<Row>
export type Row = { id: number } & Record<string, unknown>

/** Calls the API as a client would, without a socket. Throws when an answer is not a success. */
export const frontDoor =
  (env: Env, execution: ExecutionContext, token?: string): FrontDoor =>
  async (method, path, body) => {
    const request = new Request(`${env.PUBLIC_URL}/api/v1${path}`, {
      method,
      headers: {
        'user-agent': 'lyceum-demo',
        'content-type': 'application/json',
        ...(token && { authorization: `Bearer ${token}` }),
      },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    })
    const response = await app.fetch(request, env, execution)
    const answer = (await response.json()) as { data: Row; error: { code: string } | null }
    if (!response.ok) throw new Error(`${method} ${path} answered ${response.status} ${answer.error?.code}`)
    return answer.data
  }
