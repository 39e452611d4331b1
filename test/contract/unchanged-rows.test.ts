import { beforeAll, describe, expect, test } from 'vitest'
import type { Endpoint } from '#/platform/http/endpoint.ts'
import { BulkReport } from '#/platform/bulk.ts'
import { endpoints } from '#/wiring/endpoints.ts'
import { call, type Method, refusal } from '../call.ts'
import { countRows, type Persona, type World, world } from '../world.ts'
import type { Sample } from './sample-rows.ts'
import { lateSeat, resulted, scored } from './sample-rows.ts'
import { samples } from './samples.ts'

let w: World
let admin: Persona
beforeAll(async () => {
  w = await world()
  admin = await w.admin()
})

const changing = endpoints.filter(({ changes, returns }) => changes && returns !== BulkReport)
const isDone = ({ status }: { status: number }) => status < 300

/** The address of the row that an operation is about, where there is one. */
const rowOf = ({ path }: Pick<Endpoint, 'path'>) => /^\/[\w-]+\/:id/.exec(path)?.[0]

/** Rows that have come through each of the acts on their kind: released, decided, ended, archived. */
const acts = (row: string) =>
  endpoints.filter((one) => one.method === 'post' && rowOf(one) === row && one.path !== row && samples[one.id])

/** Rows that no act at their address brings to where they are. */
const further: Record<string, Record<string, () => Promise<string>>> = {
  '/results/:id': {
    published: async () => `/results/${(await resulted(w, 'publish')).result.id}`,
    frozen: async () => {
      const { result } = await resulted(w, 'publish')
      await w.registrar.post('/results/freeze', { result_id: result.id })
      return `/results/${result.id}`
    },
    'a withdrawal': async () => {
      const seat = await lateSeat(w)
      expect((await w.registrar.post(`/enrollments/${seat.id}/withdraw`)).status).toBe(200)
      await w.registrar.post(`/sections/${seat.section_id}/results/compute`)
      const { data } = await admin.get(`/results?student_id=${seat.student_id}`)
      return `/results/${data.items[0]!.id}`
    },
  },
  '/assessment-scores/:id': {
    official: async () => `/assessment-scores/${(await official()).score.id}`,
    carried,
  },
  '/assessments/:id': { official: async () => `/assessments/${(await official()).assessment.id}` },
}

async function official() {
  const made = await scored(w)
  const { section_id } = made.assessment
  await w.registrar.post(`/sections/${section_id}/results/compute`)
  const { error } = await w.registrar.post('/results/publish', { section_id })
  expect(error).toBeNull()
  return made
}

/** A score that went with its student to another section. */
async function carried() {
  const { section, student, score, assessment } = await scored(w)
  const { course_id, term_id } = section
  const other = await w.section({ course_id, term_id, number: '2' })
  await w.assessment(other.id, { weight: 100, max_score: 100, type: assessment.type, title: assessment.title })
  const { data } = await w.registrar.get(`/enrollments?section_id=${section.id}&student_id=${student.id}`)
  const moved = await w.registrar.post(`/enrollments/${data.items[0]!.id}/transfer`, { section_id: other.id })
  expect(moved.data.carried.scores).toBe(1)
  return `/assessment-scores/${score.id}`
}

const changesMade = () => countRows("audit_log where method <> 'BACKGROUND'")

/** The row as GET gives it, sent back, and nothing of it. */
async function sendBack({ id, method }: Endpoint, { as = admin, path }: Sample) {
  const { data, headers } = await call(as, 'GET', path)
  const row = data as Record<string, unknown>
  const ifMatch = { 'if-match': headers.get('etag')! }
  const before = await changesMade()
  const bodies = method === 'patch' ? [row, {}] : [row]
  for (const body of bodies) {
    const answer = await call(as, method.toUpperCase() as Method, path, body, ifMatch)
    expect([id, ...refusal(answer)]).toEqual([id, 200, undefined])
    expect(answer.data).toMatchObject(row)
  }
  expect(await changesMade()).toBe(before)
}

describe.each(changing.map((endpoint) => [endpoint.id, endpoint] as const))('%s', (id, endpoint) => {
  const row = rowOf(endpoint)
  const ways = row ? acts(row) : []
  test('changes nothing where nothing is to change', async () => {
    const { as, path } = await samples[id]!(w)
    await sendBack(endpoint, { ...(as && { as }), path })
  })
  test.each(ways.map((way) => [way.id, way] as const))('nor after %s', async (_, way) => {
    const sample = await samples[way.id]!(w)
    const done = await call(sample.as ?? admin, 'POST', sample.path, sample.body, sample.headers)
    expect(isDone(done)).toBe(true)
    const path = /^\/[\w-]+\/\d+/.exec(sample.path)![0]
    // Who did the act may have no business with the row but that.
    const isOwn = (await samples[id]!(w)).as !== undefined
    await sendBack(endpoint, { ...(sample.as && isOwn && { as: sample.as }), path })
  })
  test.each(Object.entries(further[row ?? ''] ?? {}))('nor of one that is %s', async (_, made) => {
    await sendBack(endpoint, { path: await made() })
  })
})
