import { beforeAll, describe, expect, test } from 'vitest'
import { refusal } from '../../call.ts'
import { auditRows, countRows, type World, world } from '../../world.ts'
import { computed, execute, gradedSection, published, rowOf } from '../graded-section.ts'

let w: World
beforeAll(async () => {
  w = await world()
})

async function resultIn(state: 'draft' | 'published' | 'frozen') {
  const section = await gradedSection(w, { marks: [[80]] })
  const [id] = await (state === 'draft' ? computed : published)(w, section)
  if (state === 'frozen') await w.registrar.post('/results/freeze', { result_id: id })
  return { section, id: id! }
}

const official = ['published', 'frozen'] as const

describe.each(official)('a %s result', (state) => {
  let one: number
  beforeAll(async () => {
    one = (await resultIn(state)).id
  })

  test.each(['registrar', 'admin', 'teacher'] as const)('is not edited by the %s', async (role) => {
    const { section, id } = await resultIn(state)
    const caller = { registrar: w.registrar, admin: await w.admin(), teacher: section.teacher }[role]
    const before = [
      await rowOf('select * from result where id = ?', id),
      await countRows('audit_log where success = 1'),
    ]
    const { headers } = await caller.get(`/results/${id}`)
    const change = { percentage: 100, reason: 'Because I can' }
    const answer = await caller.patch(`/results/${id}`, change, { 'if-match': headers.get('etag')! })
    expect([...refusal(answer), answer.error?.message]).toEqual([
      403,
      'RESULT_LOCKED',
      `This result is ${state} and cannot be edited. Ask for a change with POST /api/v1/results/change-request.`,
    ])
    expect([
      await rowOf('select * from result where id = ?', id),
      await countRows('audit_log where success = 1'),
    ]).toEqual(before)
  })

  test('takes the percentage that it has, and no other, without being asked for an If-Match first', async () => {
    const { data: row } = await w.registrar.get(`/results/${one}`)
    const changes = await countRows('audit_log where success = 1')
    for (const headers of [{}, { 'if-match': '*' }, { 'if-match': state === 'frozen' ? '"3"' : '"2"' }]) {
      const same = await w.registrar.patch(`/results/${one}`, { percentage: 80, reason: 'As it is' }, headers)
      expect([same.status, same.data]).toEqual([200, row])
      const other = await w.registrar.patch(`/results/${one}`, { percentage: 81, reason: 'Better' }, headers)
      expect(refusal(other)).toEqual([403, 'RESULT_LOCKED'])
    }
    expect(await countRows('audit_log where success = 1')).toBe(changes)
  })

  test('cannot be deleted through the API', async () => {
    const { id } = await resultIn(state)
    expect(refusal(await w.registrar.delete(`/results/${id}`))).toEqual([405, 'HTTP_405'])
    expect((await w.registrar.get(`/results/${id}`)).data.state).toBe(state)
  })

  test('stays as it is when its gradebook changes', async () => {
    const { section, id } = await resultIn(state)
    const before = (await w.registrar.get(`/results/${id}`)).data
    const [score] = (await w.registrar.get(`/assessment-scores?section_id=${section.id}`)).data.items
    await section.teacher.patch(`/assessment-scores/${score!.id}`, { score: 10 })
    await section.teacher.post(`/sections/${section.id}/results/compute`)
    expect((await w.registrar.get(`/results/${id}`)).data).toEqual(before)
  })

  test('stays a result of its course and term when somebody moves the section', async () => {
    const { section, id } = await resultIn(state)
    const before = (await w.registrar.get(`/results/${id}`)).data
    for (const change of [{ course_id: (await w.course()).id }, { term_id: (await w.term()).id }]) {
      const moved = await w.registrar.patch(`/sections/${section.id}`, change)
      expect([moved.status, moved.error?.code]).toEqual([409, 'SECTION_HAS_RESULTS'])
    }
    expect((await w.registrar.get(`/results/${id}`)).data).toEqual(before)
  })

  test.each([
    ['percentage', 10_000],
    ['letter', 'A+'],
    ['points', 400],
    ['value', 10_000],
    ['outcome', 'fail'],
    ['credits', 300],
    ['student_id', 1],
    ['section_id', 1],
    ['deleted_at', '2026-11-20T00:00:00.000Z'],
  ])('keeps its %s even when SQL says otherwise', async (column, value) => {
    const update = execute(`update result set ${column} = ? where id = ?`, value, one)
    await expect(update).rejects.toThrow('result_is_official')
  })
})

test('a section with drafts stays where it is, because students sit in it', async () => {
  const { section, id } = await resultIn('draft')
  const place = { course_id: (await w.course()).id, term_id: (await w.term()).id }
  const moved = await w.registrar.patch(`/sections/${section.id}`, place)
  expect(refusal(moved)).toEqual([409, 'SECTION_HAS_ENROLLMENTS'])
  expect((await w.registrar.get(`/results/${id}`)).data.state).toBe('draft')
})

describe('the database', () => {
  test.each(['draft', ...official] as const)('deletes no %s result', async (state) => {
    const { id } = await resultIn(state)
    await expect(execute('delete from result where id = ?', id)).rejects.toThrow('result_is_official')
    expect((await w.registrar.get(`/results/${id}`)).data.state).toBe(state)
  })

  test.each([
    ['draft', 'frozen'],
    ['published', 'draft'],
    ['frozen', 'published'],
    ['frozen', 'draft'],
  ] as const)('lets no result go from %s to %s', async (from, to) => {
    const { id } = await resultIn(from)
    const published_at = to === 'draft' ? null : '2026-11-20T00:00:00.000Z'
    const frozen_at = to === 'frozen' ? '2026-11-20T00:00:00.000Z' : null
    const update = execute(
      'update result set state = ?, published_at = ?, frozen_at = ? where id = ?',
      to,
      published_at,
      frozen_at,
      id,
    )
    await expect(update).rejects.toThrow(from === 'draft' ? 'result_state_edge' : 'result_is_official')
  })

  test('lets no result begin as a published one', async () => {
    const { section } = await resultIn('draft')
    const student = await w.student()
    const insert = execute(
      `insert into result (student_id, section_id, state, outcome, percentage, letter, points, value, credits, published_at, created_at, updated_at)
       values (?, ?, 'published', 'pass', 10000, 'A+', 400, 10000, 60, '2026-11-20', '2026-11-20', '2026-11-20')`,
      student.id,
      section.id,
    )
    await expect(insert).rejects.toThrow('result_state_edge')
  })

  test('publishes nothing while the weights are not 100', async () => {
    const section = await gradedSection(w, { weights: [99.99], marks: [[80]] })
    const [id] = await computed(w, section)
    const update = execute("update result set state = 'published', published_at = '2026-11-20' where id = ?", id!)
    await expect(update).rejects.toThrow('result_weights_incomplete')
  })

  test('keeps one result for each student and section', async () => {
    const { section, id } = await resultIn('draft')
    const copy = execute(
      `insert into result (student_id, section_id, outcome, percentage, letter, points, value, credits, created_at, updated_at)
       select student_id, section_id, outcome, percentage, letter, points, value, credits, created_at, updated_at
       from result where id = ?`,
      id,
    )
    await expect(copy).rejects.toThrow('UNIQUE constraint failed: result.section_id, result.student_id')
    expect((await w.registrar.get(`/results?section_id=${section.id}`)).data.total).toBe(1)
    expect(await auditRows('result', id)).toEqual([])
  })
})
