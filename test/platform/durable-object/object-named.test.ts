import { expect, test } from 'vitest'
import type { Env } from '#/platform/env.ts'
import { world } from '../../world.ts'
import { json, serveWith } from '../http/serve.ts'
import { testEnv } from '../../world.ts'

const sources = import.meta.glob<string>('/src/**/*.ts', { query: '?raw', import: 'default', eager: true })

/** Namespaces that know only one way in: by the jurisdiction, and the places that were asked for. */
function within() {
  const places: string[] = []
  const restricted = (name: string, namespace: object) => ({
    jurisdiction: (place: string) => {
      places.push(`${name} ${place}`)
      return namespace
    },
    getByName: () => {
      throw new Error(`${name} was entered past its jurisdiction`)
    },
  })
  const { GATE, METRICS, AUDIT_HEAD, TURNSTILE } = testEnv
  const bindings = {
    GATE: restricted('GATE', GATE),
    METRICS: restricted('METRICS', METRICS),
    AUDIT_HEAD: restricted('AUDIT_HEAD', AUDIT_HEAD),
    TURNSTILE: restricted('TURNSTILE', TURNSTILE),
  }
  return { places, bindings: bindings as unknown as Partial<Env> }
}

test('every kind of object lives where JURISDICTION says', async () => {
  const w = await world()
  const [admin, term] = [await w.admin(), await w.term({ turnstile_pace: 1 })]
  const headers = { authorization: `Bearer ${admin.token}` }
  const { places, bindings } = within()
  const vars = { ...bindings, JURISDICTION: 'eu', METRICS_FLUSH_MS: '1' } as Partial<Env>
  const program = { code: 'EUROPE', title: 'Informatics' }
  expect((await serveWith(vars, '/api/v1/programs', json('POST', program, headers))).status).toBe(201)
  expect((await serveWith(vars, '/health/details', { headers })).status).toBe(200)
  expect((await serveWith(vars, `/api/v1/terms/${term.id}/turnstile`, { headers })).status).toBe(200)
  expect([...new Set(places)].toSorted()).toEqual(['AUDIT_HEAD eu', 'GATE eu', 'METRICS eu', 'TURNSTILE eu'])
})

test('a jurisdiction that there is not serves nothing', async () => {
  expect((await serveWith({ JURISDICTION: 'mars' } as Partial<Env>, '/health/live')).status).toBe(503)
})

test('one place makes stubs', () => {
  const makers = Object.entries(sources).filter(([, text]) =>
    /\.(?:getByName|idFromName|idFromString|newUniqueId)\(/.test(text),
  )
  expect(makers.map(([path]) => path)).toEqual(['/src/platform/durable-object/object-named.ts'])
})
