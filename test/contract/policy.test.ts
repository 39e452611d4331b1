import { describe, expect, test } from 'vitest'
import { endpoints } from '#/wiring/endpoints.ts'
import { type Endpoint, fullPath } from '#/platform/http/endpoint.ts'
import { policy } from '#/wiring/policy.ts'
import { type Permission, reachOf } from '#/platform/policy.ts'
import { type Role, roles } from '#/platform/words.ts'
import { call, type Caller, type Method } from '../call.ts'
import { persona } from '../world.ts'
import { printedPolicy } from './printed-policy.ts'

test('the printed matrix is current', async () => {
  await expect(printedPolicy()).toMatchFileSnapshot('../../docs/policy.md')
})

test('no permission has two lines', () => {
  const areas = import.meta.glob<{ policy: object }>(
    '/src/{access,people,catalog,admission,enrolling,grading,paperwork,exchange,operations}/policy.ts',
    { eager: true },
  )
  const lines = Object.values(areas).flatMap((area) => Object.keys(area.policy))
  expect(lines.toSorted()).toEqual(Object.keys(policy).toSorted())
})

test('every permission belongs to an operation', () => {
  const used = new Set(endpoints.map(({ permission }) => permission))
  expect(Object.keys(policy).filter((permission) => !used.has(permission as Permission))).toEqual([])
})

describe.each(roles)('%s', (role) => {
  const allowed = endpoints.filter(({ permission }) => reachOf(permission, role))
  const forbidden = endpoints.filter(({ permission, secret }) => !secret && !reachOf(permission, role))
  const secret = endpoints.filter(({ secret }) => secret)

  test.each(forbidden.map((endpoint) => [endpoint.id, endpoint] as const))('may not %s', async (_, endpoint) => {
    const answer = await knock(role, endpoint)
    expect([answer.status, answer.error?.code]).toEqual(role === 'anonymous' ? [401, 'HTTP_401'] : [403, 'HTTP_403'])
  })

  test.each(secret.map((endpoint) => [endpoint.id, endpoint] as const))(
    'is nobody to %s, which asks for a secret',
    async (_, endpoint) => {
      const answer = await knock(role, endpoint)
      expect([answer.status, answer.error?.code]).toEqual([401, 'DEPLOYMENT_TOKEN_REQUIRED'])
    },
  )

  test.each(allowed.map((endpoint) => [endpoint.id, endpoint] as const))('may %s', async (_, endpoint) => {
    const { error } = await knock(role, endpoint)
    expect(['HTTP_401', 'HTTP_403', 'INTERNAL_SERVER_ERROR']).not.toContain(error?.code)
  })
})

/** A request without a body and for a row that is not there: enough to meet access control. */
async function knock(role: Role, endpoint: Endpoint) {
  return call(
    await somebody(role, endpoint),
    endpoint.method.toUpperCase() as Method,
    `~${fullPath(endpoint).replaceAll(/:\w+/g, '999999')}`,
  )
}

const known = new Map<Role, Promise<Caller>>()

/** One person of each role, but a new one where knocking may change an account or end its sessions. */
async function somebody(role: Role, { permission }: Endpoint): Promise<Caller> {
  if (role === 'anonymous') return { token: null }
  if (/^(?:account|session|second_factor)\./.test(permission)) return persona(role)
  if (!known.has(role)) known.set(role, persona(role))
  return known.get(role)!
}
