import { beforeAll, expect, test } from 'vitest'
import { endpoints } from '#/wiring/endpoints.ts'
import { call, type Method, placeOf } from '../call.ts'
import { type Persona, type World, world } from '../world.ts'
import { fieldsOf } from './body-schema.ts'
import { samples } from './samples.ts'

let w: World
let admin: Persona
beforeAll(async () => {
  w = await world()
  admin = await w.admin()
})

/** What is asked of a new password is told rule by rule. */
const allRules = ['body.password', 'body.new_password']

const writing = endpoints.filter(
  (endpoint) => (endpoint.bodyType ?? 'json') === 'json' && fieldsOf(endpoint).length > 0,
)

test('there are many that take fields', () => expect(writing.length).toBeGreaterThan(60))

test.each(writing.map((endpoint) => [endpoint.id, endpoint] as const))(
  '%s tells once of a field that is empty',
  async (id, endpoint) => {
    const { as = admin, path, headers } = await samples[id]!(w)
    for (const blank of ['', '  ']) {
      const body = Object.fromEntries(fieldsOf(endpoint).map((name) => [name, blank]))
      const { error } = await call(as, endpoint.method.toUpperCase() as Method, path, body, headers)
      const told = (error?.details?.errors ?? []).map(placeOf).filter((one) => !allRules.includes(one))
      expect(told.filter((one, i) => told.indexOf(one) !== i)).toEqual([])
    }
  },
)
