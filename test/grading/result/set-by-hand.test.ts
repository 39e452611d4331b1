import { beforeAll, describe, expect, test } from 'vitest'
import { meanwhile } from '../../platform/database/between.ts'
import { codeOf, json, serveWith } from '../../platform/http/serve.ts'
import { auditRows, type World, world } from '../../world.ts'
import { computed, execute, gradedSection, mark, rowOf } from '../graded-section.ts'

let w: World
beforeAll(async () => {
  w = await world()
})

const byHand = { percentage: 99, reason: 'An oral examination' }

/** Two drafts of 80 and 60, the first of which is 99 by hand, of work that has changed since. */
async function given() {
  const section = await gradedSection(w, { marks: [[80], [60]] })
  const [first, second] = (await computed(w, section)) as [number, number]
  const set = await section.teacher.patch(`/results/${first}`, byHand, { 'if-match': '"1"' })
  expect([set.status, set.data.set_by_hand]).toEqual([200, true])
  await mark(w, section, [[70], [65]])
  const read = async (id = first) => (await w.registrar.get(`/results/${id}`)).data
  const compute = (query: '' | '?overwrite=true' = '') =>
    section.teacher.post(`/sections/${section.id}/results/compute${query}`)
  return { ...section, first, second, read, compute }
}

describe('a percentage that was set by hand', () => {
  test('is kept when results are computed, and named', async () => {
    const of = await given()
    const { data } = await of.compute()
    expect(data).toMatchObject({ updated: 2, unchanged: 0 })
    const { student_number, student_name } = await of.read()
    expect(data.kept).toEqual({
      count: 1,
      students: [{ student_id: of.students[0], student_number, student_name, percentage: 99, computed: 70 }],
    })
    expect(await of.read()).toMatchObject({ percentage: 99, set_by_hand: true })
    expect(await of.read(of.second)).toMatchObject({ percentage: 65, set_by_hand: false })
    expect((await of.compute()).data).toMatchObject({ updated: 0, unchanged: 2, kept: { count: 1 } })
  })

  test('follows another grading scheme', async () => {
    const of = await given()
    await w.registrar.patch(`/sections/${of.id}`, { grading_scheme: 'greek-20' })
    await of.compute()
    expect(await of.read()).toMatchObject({ percentage: 99, scheme: 'greek-20', value: 19.8 })
    expect((await w.registrar.post('/results/publish', { section_id: of.id })).status).toBe(200)
  })

  test('is computed anew where that is asked for, and the audit row keeps it', async () => {
    const of = await given()
    const { data } = await of.compute('?overwrite=true')
    expect(data).toMatchObject({ updated: 2, kept: { count: 0, students: [] } })
    expect(await of.read()).toMatchObject({ percentage: 70, set_by_hand: false })
    const rows = await auditRows('section', of.id)
    const changes = rows.map((row) => JSON.parse(row.changes))
    expect(changes.find((one) => one.set_by_hand)?.set_by_hand).toEqual({
      old: [{ student_id: of.students[0], percentage: 99 }],
    })
  })

  test('is published whatever the work says by then', async () => {
    const of = await given()
    const { status, data } = await w.registrar.post('/results/publish', { result_id: of.first })
    expect([status, data.results]).toMatchObject([200, [{ percentage: 99, state: 'published' }]])
  })

  test('while results are computed is not lost', async () => {
    const of = await given()
    const setting = async () => {
      await of.teacher.patch(`/results/${of.second}`, byHand, { 'if-match': '"1"' })
    }
    const init = json('POST', {}, { authorization: `Bearer ${w.registrar.token}` })
    const path = `/api/v1/sections/${of.id}/results/compute`
    expect(await codeOf(await serveWith({ DB: meanwhile(setting) }, path, init))).toBe('409 STALE_STATE')
    expect(await of.read(of.second)).toMatchObject({ percentage: 99 })
  })
})

test('who has withdrawn since gets a W all the same', async () => {
  const of = await given()
  await execute(
    "update enrollment set status = 'withdrawn', end_reason = 'withdrawn', ended_at = enrolled_at where section_id = ? and student_id = ?",
    of.id,
    of.students[0]!,
  )
  expect((await of.compute()).data.kept.count).toBe(0)
  const row = await rowOf<{ outcome: string }>('select outcome, set_by_hand from result where id = ?', of.first)
  expect(row).toEqual({ outcome: 'withdrawn', set_by_hand: 0 })
})
