import { beforeAll, describe, expect, test } from 'vitest'
import { endpoints } from '#/wiring/endpoints.ts'
import { call, refusal } from '../call.ts'
import { countRows, type Persona, type World, world } from '../world.ts'
import { samples } from './samples.ts'

let w: World
let admin: Persona
beforeAll(async () => {
  w = await world()
  admin = await w.admin()
})

const gets = new Set(endpoints.filter(({ method }) => method === 'get').map(({ path }) => path))
const pairs = endpoints.filter(({ method, path }) => method === 'put' && gets.has(path))
const changesMade = () => countRows("audit_log where method <> 'BACKGROUND'")

test('there are many that are read and replaced at one address', () => {
  expect(pairs.length).toBeGreaterThan(18)
})

type Way = readonly (string | number)[]
/** Where a value says what people read: a text that names something, at any depth. */
function namesIn(value: unknown, way: Way = []): Way[] {
  if (Array.isArray(value)) return value.flatMap((one, i) => namesIn(one, [...way, i]))
  if (typeof value !== 'object' || value === null) return []
  return Object.entries(value).flatMap(([name, inner]) =>
    typeof inner === 'string' && /_(?:code|number|name)$/.test(name) && !/^(?:first|last|latin|father)_/.test(name)
      ? [[...way, name]]
      : namesIn(inner, [...way, name]),
  )
}
const otherAt = (value: unknown, [first, ...rest]: Way): unknown => {
  if (first === undefined) return 'another'
  const copy = Array.isArray(value) ? [...(value as unknown[])] : { ...(value as object) }
  Object.assign(copy, { [first]: otherAt((value as Record<string, unknown>)[first], rest) })
  return copy
}

describe.each(pairs.map((endpoint) => [endpoint.id, endpoint] as const))('%s', (id, endpoint) => {
  test('takes what GET gives and changes nothing by it; a name that is another is refused', async () => {
    const { as = admin, path, body, headers } = await samples[id]!(w)
    const made = await call(as, 'PUT', path, body, headers)
    expect(refusal(made)).toEqual([200, undefined])
    const { data } = await call(as, 'GET', path)
    const before = await changesMade()
    expect(refusal(await call(as, 'PUT', path, data))).toEqual([200, undefined])
    expect(await changesMade()).toBe(before)
    const given = Object.keys((endpoint.body as unknown as { shape?: object }).shape ?? {})
    for (const way of namesIn(data).filter(([first, ...rest]) => rest.length > 0 || !given.includes(String(first)))) {
      const { status, error } = await call(as, 'PUT', path, otherAt(data, way))
      expect([way.join('.'), status, error?.details.errors?.map((one) => one.code)]).toEqual([
        way.join('.'),
        422,
        ['read_only'],
      ])
    }
  })
})
