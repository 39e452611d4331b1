import { exports } from 'cloudflare:workers'
import { beforeAll, describe, expect, inject, test } from 'vitest'
import { endpoints } from '#/wiring/endpoints.ts'
import { type Caller } from '../call.ts'
import { samples } from '../contract/samples.ts'
import { persona, testEnv, type World, world } from '../world.ts'
import { endpointsBy, faultsOf } from './answers.ts'
import { type Operation, operations } from './document.ts'
import { randomFrom } from './random.ts'
import { fuzzed, type FuzzedRequest } from './requests.ts'
import { judge } from './standing.ts'
import { traceOf, watchTables } from './watch.ts'

const { seed, only } = inject('fuzz')
const rounds = 5
const requestsInARound = 17

let sent = 0
let succeeded = 0
const endpointAt = endpointsBy(endpoints)

/** Tests one half of the operations; the two halves are files, which run side by side. */
export function testHostileRequests(half: 0 | 1): void {
  beforeAll(async () => {
    console.log(`FUZZ_SEED=${seed}`)
    await watchTables()
  })
  const inHalf = cheapestWhenEmpty(operations).filter((_, n) => n % 2 === half)
  const chosen = inHalf.filter(({ id }) => !only || only.split(',').includes(id))
  if (chosen.length > 0) hostileRequests(chosen)
  afterAllOfThis()
}

/** What reads every row comes first: the requests of the others leave thousands behind. */
const cheapestWhenEmpty = (all: readonly Operation[]): Operation[] => {
  const { whole = [], others = [] } = Object.groupBy(all, ({ id }) =>
    /^export|Backup|Restore|^verifyAudit|^approve$/.test(id) ? 'whole' : 'others',
  )
  return [...whole, ...others]
}

const hostileRequests = (chosen: readonly Operation[]) =>
  describe('hostile requests', () => {
    test.each(chosen.map((operation) => [operation.id, operation] as const))('%s', async (id, operation) => {
      const random = randomFrom(`${seed} ${id}`)
      const w = await world()
      const crowd = await everybody(w)
      const cursors: string[] = []
      const faults: string[] = []
      for (let round = 0; round < rounds; round += 1) {
        const sample = await samples[id]!(w)
        await traceOf('')
        for (let n = 0; n < requestsInARound; n += 1) {
          const request = fuzzed(operation, sample, random, cursors)
          const token = random.chance(50) ? (sample.as ?? crowd[0]!).token : random.pick(crowd).token
          faults.push(...(await attempt(operation, request, token, cursors)))
        }
      }
      expect(faults.length, faults.slice(0, 20).join('\n\n')).toBe(0)
    })

    test('were enough, and a part of them got through to the work behind', () => {
      console.log(`${sent} requests, ${succeeded} succeeded`)
      expect(sent).toBeGreaterThanOrEqual(only ? 1 : 10_000)
      expect(succeeded / sent).toBeGreaterThan(only ? 0 : 0.1)
    })
  })

const afterAllOfThis = () =>
  describe('after all of this', () => {
    test('every row satisfies its table', async () => {
      const { results } = await testEnv.DB.prepare('pragma quick_check').all()
      expect(results).toEqual([{ quick_check: 'ok' }])
    })

    test('every reference leads to a row', async () => {
      const { results } = await testEnv.DB.prepare('pragma foreign_key_check').all()
      expect(results).toEqual([])
    })

    test('no object has what was sent for the prototype of all', () => {
      expect(Object.keys(Object.prototype)).toEqual([])
      expect(({} as { polluted?: unknown; role?: unknown }).polluted).toBeUndefined()
    })
  })

/** Somebody of every kind: an administrator first, and at the end nobody and somebody with a token that is none. */
async function everybody(w: World): Promise<Caller[]> {
  return [
    await w.admin(),
    w.registrar,
    await w.teacher(),
    await w.studentPersona(),
    await persona('student'),
    w.anonymous,
    { token: "e30.e30.' or 1=1 --" },
  ]
}

/** Sends a request and says what is wrong with its answer and with what it left behind. */
async function attempt(operation: Operation, request: FuzzedRequest, token: string | null, cursors: string[]) {
  sent += 1
  const { method, headers, body } = request
  const url = new URL(request.path, 'http://lyceum.test')
  const response = await exports.default.fetch(url, {
    method,
    headers: { ...(token !== null && { authorization: `Bearer ${token}` }), ...headers },
    ...(body !== undefined && method !== 'GET' && { body }),
    redirect: 'manual',
  })
  if (response.ok) succeeded += 1
  const text = new TextDecoder().decode(await response.arrayBuffer())
  const endpoint = endpointAt(method, url.pathname)
  const trace = await traceOf(response.headers.get('x-request-id') ?? '')
  const cursor = /"next_cursor":"([^"]+)"/.exec(text)?.[1]
  if (cursor && endpoint?.id === operation.id) cursors.push(cursor)
  const faults = [
    ...faultsOf(response, text, endpoint),
    ...judge(response.status, endpoint, headers['authorization']?.slice(7) ?? token, trace),
  ]
  return faults.map((fault) =>
    `${fault}\n  ${told(request)}\n  ${response.status} ${text.slice(0, 300)}`.toWellFormed(),
  )
}

const told = ({ method, path, headers, body }: FuzzedRequest) =>
  `${method} ${path.slice(0, 300)} ${JSON.stringify(headers).slice(0, 300)} ${String(body).slice(0, 500)}`
