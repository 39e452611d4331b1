import { json, serveWith } from '../../platform/http/serve.ts'
import { unique } from '../../world.ts'

/** Production's limits and demands. */
export const production = { RATE_LIMIT_SCALE: '1', SECOND_FACTOR_ROLES: 'admin,registrar' }
export const freshIp = () => `2001:db8:7:${unique().toString(16)}::1`

export interface Sent {
  status: number
  code: string | undefined
  data: Record<string, string>
  headers: Headers
}

/** A request at production's scale. */
export async function post(
  path: string,
  body: object,
  { ip = freshIp(), token, device, vars = {} }: { ip?: string; token?: string; device?: string; vars?: object } = {},
): Promise<Sent> {
  const headers = {
    'cf-connecting-ip': ip,
    ...(token && { authorization: `Bearer ${token}` }),
    ...(device && { cookie: device }),
  }
  const response = await serveWith({ ...production, ...vars }, `/api/v1${path}`, json('POST', body, headers))
  const text = await response.text()
  const { data = null, error = null } = text ? JSON.parse(text) : {}
  return { status: response.status, code: error?.code, data: data ?? {}, headers: response.headers }
}

/** What a browser keeps of a sign-in that worked, as it sends it back. */
export const deviceIn = ({ headers }: Sent): string | undefined =>
  headers
    .getSetCookie()
    .find((line) => line.startsWith('__Host-lyceum_device='))
    ?.split(';')[0]
