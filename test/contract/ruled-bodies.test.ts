import * as z from 'zod'
import { beforeAll, describe, expect, test } from 'vitest'
import { endpoints } from '#/wiring/endpoints.ts'
import type { Endpoint } from '#/platform/http/endpoint.ts'
import { readOnlyFields } from '#/platform/http/checks/repeated.ts'
import { badFields, call, type Method, refusal } from '../call.ts'
import { type Persona, type World, world } from '../world.ts'
import { crossedBodies, ruledBodies } from './body-faults.ts'
import { areApart, type Fault } from './fault.ts'
import type { Sample } from './sample-rows.ts'
import { samples } from './samples.ts'

let w: World
let admin: Persona
beforeAll(async () => {
  w = await world()
  admin = await w.admin()
})

type Answer = Awaited<ReturnType<typeof call>>
const told = ({ error }: Answer) => (error?.details.errors ?? []).map(({ path, code }) => `${path}: ${code}`)
const asTold = ({ at, code }: Fault) => `${at}: ${code}`

/** What no field of a body can be, and what no body has. */
const malformed = { made: { up: {} } }
const unknown = { made_up: 1 }

/** A sample of the operation with these faults in it. */
async function sent({ id, method }: Endpoint, { path, body, as = admin, headers }: Sample, ...faults: object[]) {
  const given = Object.assign({}, body, ...faults) as object
  const answer = await call(as, method.toUpperCase() as Method, path, given, headers)
  return { answer, said: told(answer as Answer), what: [id, ...faults, answer.status] }
}

/** Each fault of an operation that is not told, alone and beside a field in a form that it cannot have. */
async function untold(endpoint: Endpoint, sample: Sample, faults: readonly Fault[]) {
  const missed: unknown[] = []
  for (const fault of faults) {
    const alone = await sent(endpoint, sample, fault.given)
    if (!alone.said.includes(asTold(fault))) missed.push([asTold(fault), alone.what, alone.said])
    for (const wrong of others(endpoint, fault)) {
      const { answer, said, what } = await sent(endpoint, sample, fault.given, wrong)
      expect([endpoint.id, ...refusal(answer)]).toEqual([endpoint.id, 422, 'VALIDATION_ERROR'])
      const isWhole = Object.keys(wrong).every((field) =>
        badFields(answer).some((one) => one.startsWith(`body.${field}`)),
      )
      if (!isWhole || !said.includes(asTold(fault))) missed.push([asTold(fault), what, said])
    }
  }
  return missed
}

/** Bodies that are not well-formed: with a field that no body has, and with each that a fault neither gives nor depends on. */
function others({ body }: Endpoint, { given, on = [] }: Fault): object[] {
  const fields = Object.keys((body as z.ZodObject).shape).filter((field) => !(field in given) && !on.includes(field))
  return [unknown, ...fields.map((field) => ({ ...unknown, [field]: malformed }))]
}

const ruled = endpoints.filter(({ rules, rowOf }) => rules && !rowOf?.rules)

describe.each(ruled.map((endpoint) => [endpoint.id, endpoint] as const))('%s', (id, endpoint) => {
  let [sample, faults] = [{ path: '' } as Sample, [] as Fault[]]
  beforeAll(async () => {
    sample = await samples[id]!(w)
    faults = await ruledBodies[id]!(w, sample.body as never, sample.path)
  })

  test('has a fault for each of its rules', () => {
    const untried = endpoint.rules!.filter(
      ({ error, fields: [field], says }) =>
        !faults.some(
          ({ at, code }) =>
            at.startsWith(field) && [says?.code ?? error.code, 'password_length', 'invalid'].includes(code),
        ),
    )
    expect(untried.map(({ error, fields }) => [error.code, fields])).toEqual([])
  })

  test('tells each fault, and what else is not well-formed', async () => {
    expect(await untold(endpoint, sample, faults)).toEqual([])
  })

  test('tells two faults at once', async () => {
    const pairs = faults.flatMap((one, i) =>
      faults
        .slice(i + 1)
        .filter((other) => areApart(one, other))
        .map((other) => [one, other]),
    )
    const halves: unknown[] = []
    for (const pair of pairs) {
      const { said, what } = await sent(endpoint, sample, ...pair.map(({ given }) => given))
      if (!pair.every((fault) => said.includes(asTold(fault)))) halves.push([what, said])
    }
    expect(halves).toEqual([])
  })
})

test('every operation with rules of its own is tried', () => {
  expect(Object.keys(ruledBodies).toSorted()).toEqual(ruled.map(({ id }) => id).toSorted())
})

interface Check {
  check: string
  when?: unknown
}

interface Definition extends Check {
  checks?: object[]
  innerType?: object
  in?: object
}
/** What zod keeps of a schema, or of a check. */
const definitionOf = (part: object) => (Reflect.get(part, '_zod') as { def: Definition }).def

/** The checks of a schema that look at several fields or entries at once, wherever they are in it. */
function crossing(schema: object): Check[] {
  const { innerType, in: inner = innerType, checks = [] } = definitionOf(schema)
  if (inner) return crossing(inner)
  const own = checks.map(definitionOf).filter(({ check }) => check === 'custom')
  if (schema instanceof z.ZodArray) return [...own, ...crossing(schema.element)]
  if (!(schema instanceof z.ZodObject)) return []
  return [...own, ...Object.values(schema.shape).flatMap((field) => crossing(field as object))]
}

const crossed = endpoints.flatMap((endpoint) => {
  const checks = endpoint.body && endpoint.bodyType !== 'pdf' ? crossing(endpoint.body) : []
  return checks.length > 0 ? [{ id: endpoint.id, endpoint, checks }] : []
})

describe('a check over several fields', () => {
  test('says when it is asked, although other fields are wrong', () => {
    expect(crossed.filter(({ checks }) => checks.some(({ when }) => !when)).map(({ id }) => id)).toEqual([])
  })

  test('is tried wherever there is one', () => {
    expect(Object.keys(crossedBodies).toSorted()).toEqual(crossed.map(({ id }) => id).toSorted())
  })

  test.each(crossed)('of $id is told beside what is not well-formed', async ({ id, endpoint }) => {
    const sample = await samples[id]!(w)
    const faults = await crossedBodies[id]!(w, sample.body as never, sample.path)
    expect(await untold(endpoint, sample, faults)).toEqual([])
    expect((await sent(endpoint, sample, ...faults.map(({ given }) => given), unknown)).said).toEqual(
      expect.arrayContaining([...faults.map(asTold), 'made_up: unknown']),
    )
  })
})

describe('what a body only repeats of its row', () => {
  const changing = endpoints.filter(({ changes }) => changes)
  test.each(changing.map((endpoint) => [endpoint.id, endpoint] as const))(
    'is compared by %s beside what is not well-formed',
    async (id, endpoint) => {
      const [one] = readOnlyFields(endpoint)
      const sample = await samples[id]!(w)
      const { said } = await sent(endpoint, sample, unknown, { [one!]: malformed })
      expect(said.toSorted()).toEqual(['made_up: unknown', `${one}: read_only`].toSorted())
    },
  )

  test('is compared although instructors are unknown', async () => {
    const teacher = await w.teacher()
    const { id } = await w.section()
    await admin.put(`/sections/${id}/instructors`, { user_ids: [teacher.userId] })
    const [shown] = (await admin.get(`/sections/${id}/instructors`)).data.instructors
    const [mine, nobody] = [{ ...shown!, email: 'other@lyceum.test' }, { user_id: 999_999 }]
    const answer = await admin.put(`/sections/${id}/instructors`, { instructors: [mine, nobody, { user_id: 'x' }] })
    expect(told(answer as Answer).toSorted()).toEqual([
      'instructors.0.email: read_only',
      'instructors.1.user_id: INSTRUCTOR_NOT_FOUND',
      'instructors.2.user_id: wrong_type',
    ])
  })
})
