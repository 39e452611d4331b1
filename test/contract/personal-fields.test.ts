import { expect, test } from 'vitest'
import type * as z from 'zod'
import { endpoints } from '#/wiring/endpoints.ts'
import { shows } from '#/platform/fields.ts'
import type { Endpoint } from '#/platform/http/endpoint.ts'
import { isFormat } from '#/platform/http/format.ts'
import { reachOf } from '#/platform/policy.ts'

const personal = ['father_name', 'date_of_birth', 'phone', 'address', 'national_id', 'nationality', 'gender']

/** Every field of a schema with its path, at any depth. */
function fieldsOf(schema: unknown, path = ''): { path: string; name: string; field: object }[] {
  const { def } = schema as { def: { shape?: object; element?: object; innerType?: object; options?: object[] } }
  const inner = [def.element, def.innerType, ...(def.options ?? [])].filter((one) => typeof one === 'object')
  return [
    ...Object.entries(def.shape ?? {}).flatMap(([name, field]) => [
      { path: `${path}.${name}`, name, field: field as object },
      ...fieldsOf(field, `${path}.${name}`),
    ]),
    ...inner.flatMap((one) => fieldsOf(one, path)),
  ]
}

const returned = ({ returns }: Endpoint) =>
  isFormat(returns)
    ? Object.values(returns.content).flatMap((content) => (typeof content === 'object' ? fieldsOf(content) : []))
    : fieldsOf(returns)

test('no operation shows faculty what concerns only the person', () => {
  const forFaculty = endpoints.filter(({ permission }) => reachOf(permission, 'faculty'))
  const leaks = forFaculty.flatMap((endpoint) =>
    returned(endpoint)
      .filter(({ name, field }) => personal.includes(name) && shows(field, 'faculty'))
      .map(({ path }) => `${endpoint.id}${path}`),
  )
  expect(leaks).toEqual([])
  expect(forFaculty.flatMap(returned).filter(({ field }) => !shows(field, 'faculty')).length).toBeGreaterThan(0)
})

test('no list can be filtered or ordered by a field that some of its readers do not get', () => {
  for (const { id, query, ...endpoint } of endpoints) {
    const hidden = returned(endpoint as Endpoint).filter(({ field }) => !shows(field, 'faculty'))
    if (!query || hidden.length === 0) continue
    const parameters = Object.keys((query as z.ZodObject).shape).map((name) => name.split('__')[0])
    for (const { name } of hidden) {
      expect([id, parameters]).not.toEqual([id, expect.arrayContaining([name])])
      expect((query as z.ZodObject).safeParse({ ordering: name }).success).toBe(false)
    }
  }
})
