import { json, serveWith } from '../../platform/http/serve.ts'
import { type Persona, persona, testEnv } from '../../world.ts'
import type { Env } from '#/platform/env.ts'
import { execute } from '../../grading/graded-section.ts'

const longAgo = '2020-01-01T00:00:00.000Z'

/** An administrator whose account is no longer new. */
export async function standing(): Promise<Persona> {
  const admin = await persona('admin')
  await execute('update user set created_at = ? where id = ?', longAgo, admin.userId)
  return admin
}

const TWO_PERSON_OPERATIONS = 'true'
export interface Answered {
  status: number
  code: string | undefined
  data: { approval: { id: string; status: string; expires_at: string }; status: string; decided_by: number }
}

/** One request to a deployment whose acts take two persons. */
export async function ask(
  by: Persona,
  method: string,
  path: string,
  body?: object,
  vars: Partial<Env> = {},
): Promise<Answered> {
  const headers = { authorization: `Bearer ${by.token}` }
  const init = body ? json(method, body, headers) : { method, headers }
  const response = await serveWith({ TWO_PERSON_OPERATIONS, ...vars } as object, `/api/v1${path}`, init)
  if (response.status === 204) return { status: 204, code: undefined, data: {} as Answered['data'] }
  const { data, error } = (await response.json()) as { data: Answered['data']; error: { code: string } | null }
  return { status: response.status, code: error?.code, data }
}

export const runs = async () =>
  (
    await testEnv.DB.prepare("select * from backup_run where task = 'restore' and finished_at is null").all<{
      id: string
      requested_by: number
    }>()
  ).results
export const restoring = (by: Persona, name = 'wanted') =>
  ask(by, 'POST', `/backups/${name}/restore`, { confirm: name })
export const approve = (by: Persona, id: string) => ask(by, 'POST', `/approvals/${id}/approve`)
export const reject = (by: Persona, id: string) => ask(by, 'POST', `/approvals/${id}/reject`, { note: 'Not now.' })
export const outcome = ({ status, code }: Answered) => [status, code]
