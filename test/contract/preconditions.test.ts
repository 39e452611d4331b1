import { beforeAll, expect, test } from 'vitest'
import { endpoints } from '#/wiring/endpoints.ts'
import type { Endpoint } from '#/platform/http/endpoint.ts'
import { call, type Method, refusal } from '../call.ts'
import { countRows, type Persona, type World, world } from '../world.ts'
import { samples } from './samples.ts'

let w: World
let admin: Persona
beforeAll(async () => {
  w = await world()
  admin = await w.admin()
})

const mindsVersion = ({ errors }: Endpoint) => errors?.some(({ code }) => code === 'PRECONDITION_FAILED')

/** What callers did and what was refused to nobody. */
const written = () => countRows("audit_log where success = 1 and method <> 'BACKGROUND'")

test.each(endpoints.filter(mindsVersion).map((endpoint) => [endpoint.id, endpoint] as const))(
  '%s of another version than that of If-Match answers 412 and writes nothing',
  async (id, { method }) => {
    const { as = admin, path, body, headers } = await samples[id]!(w)
    const before = await written()
    const stale = { ...headers, 'if-match': '"987654"' }
    const answer = await call(as, method.toUpperCase() as Method, path, body, stale)
    expect(refusal(answer)).toEqual([412, 'PRECONDITION_FAILED'])
    expect(await written()).toBe(before)
  },
)
