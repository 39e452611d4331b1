import { beforeAll, describe, expect, test } from 'vitest'
import { studentsNamed } from '../named.ts'
import { refusal, badFields } from '../../call.ts'
import { auditRows, countRows, type World, world } from '../../world.ts'
import { computed, gradedSection, published } from '../graded-section.ts'

let w: World
beforeAll(async () => {
  w = await world()
})

const publish = (target: object) => w.registrar.post('/results/publish', target)
const statesOf = async (sectionId: number) =>
  (await w.registrar.get(`/results?section_id=${sectionId}`)).data.items.map(({ state }: { state: string }) => state)

describe('publishing results', () => {
  test('publishes all drafts of a section at one time, in an audit row of the act, of each result and of each seat', async () => {
    const section = await gradedSection(w, { marks: [[80], [70], [60]] })
    const ids = await computed(w, section)
    const before = await countRows('audit_log')
    const answer = await publish({ section_id: section.id })
    expect([answer.status, answer.data.state]).toEqual([200, 'published'])
    const times = answer.data.results.map(({ published_at }) => published_at)
    expect(new Set(times).size).toBe(1)
    const shown = answer.data.results.map((one: Record<string, unknown>) => [one['id'], one['state'], one['version']])
    expect(shown).toEqual(ids.map((id) => [id, 'published', 2]))
    expect(await countRows('audit_log')).toBe(before + 1 + 3 + 3)
    const [audit] = await auditRows('section', section.id)
    expect(audit).toMatchObject({ action: 'result.publish', actor_id: w.registrar.userId, status: 200 })
    const seats = (await w.registrar.get(`/enrollments?section_id=${section.id}&ordering=id`)).data.items
    expect(JSON.parse(audit!.changes)).toEqual({
      state: { old: 'draft', new: 'published' },
      results: { new: ids },
      completed: { new: seats.map(({ id }) => id) },
    })
  })

  test('publishes a single one and leaves the others', async () => {
    const section = await gradedSection(w, { marks: [[80], [70]] })
    const [first, second] = await computed(w, section)
    const answer = await publish({ result_id: first })
    expect(answer.data.results).toHaveLength(1)
    expect(answer.data.results[0]).toMatchObject({ id: first, state: 'published', percentage: 80, frozen_at: null })
    expect((await w.registrar.get(`/results/${second}`)).data.state).toBe('draft')
    expect((await auditRows('result', first!)).map(({ action }) => action)).toEqual(['result.publish'])
  })

  test('publishes the late drafts of a section that is published already', async () => {
    const section = await gradedSection(w, { marks: [[80], [70]] })
    const [first, second] = await computed(w, section)
    const early = (await publish({ result_id: first })).data.results[0]
    const { data } = await publish({ section_id: section.id })
    expect(data.results.map(({ id }) => id)).toEqual([second])
    expect((await w.registrar.get(`/results/${first}`)).data).toEqual(early)
  })

  test('is refused twice', async () => {
    const section = await gradedSection(w, { marks: [[80]] })
    const [id] = await published(w, section)
    for (const target of [{ result_id: id }, { section_id: section.id }]) {
      const answer = await publish(target)
      expect([...refusal(answer), answer.error?.message]).toEqual([
        400,
        'RESULT_ALREADY_PUBLISHED',
        'The result is already published. To change it, ask with POST /api/v1/results/change-request.',
      ])
    }
  })

  test('is refused for what is frozen', async () => {
    const section = await gradedSection(w, { marks: [[80]] })
    const [id] = await published(w, section)
    await w.registrar.post('/results/freeze', { result_id: id })
    for (const target of [{ result_id: id }, { section_id: section.id }])
      expect(refusal(await publish(target))).toEqual([400, 'RESULT_FROZEN'])
  })

  test.each([
    [[60, 39.99], '99.99'],
    [[50], '50'],
    [[0], '0'],
  ])('is refused when the weights are %j, whether one or all', async (weights, total) => {
    const section = await gradedSection(w, { weights, marks: [[80]] })
    const [id] = await computed(w, section)
    for (const target of [{ result_id: id }, { section_id: section.id }]) {
      const answer = await publish(target)
      expect([...refusal(answer), answer.error?.message]).toEqual([
        400,
        'WEIGHTS_INCOMPLETE',
        `The weights of the section must total 100% before publishing. Current total: ${total}%`,
      ])
      expect(answer.error?.details.missing).toEqual([{ weights: total }])
    }
    expect(await statesOf(section.id)).toEqual(['draft'])
  })

  test('a section with somebody without a result is refused as a whole, naming who is missing', async () => {
    const section = await gradedSection(w, { marks: [[80], [70]] })
    await computed(w, section)
    const late = [await w.student(), await w.student()]
    for (const { id } of late) await w.enroll(section.id, id)
    const before = await countRows('audit_log')
    const answer = await publish({ section_id: section.id })
    expect(refusal(answer)).toEqual([400, 'RESULTS_INCOMPLETE'])
    expect(answer.error?.details.missing).toEqual(
      await studentsNamed(
        w,
        late.map(({ id }) => id),
      ),
    )
    expect(await statesOf(section.id)).toEqual(['draft', 'draft'])
    expect(await countRows('audit_log')).toBe(before)
  })

  test('a section that nobody is in is told so', async () => {
    const section = await w.section()
    await w.assessment(section.id, { weight: 100 })
    const answer = await publish({ section_id: section.id })
    expect(refusal(answer)).toEqual([400, 'NOTHING_TO_COMPUTE'])
  })

  test('a section in which nothing was computed is refused', async () => {
    const section = await gradedSection(w, { marks: [[80]] })
    const answer = await publish({ section_id: section.id })
    expect(refusal(answer)).toEqual([400, 'RESULTS_INCOMPLETE'])
    expect(answer.error?.details.missing).toMatchObject([{ student_id: section.students[0] }])
  })

  test('gives no grade to who dropped after the results were computed', async () => {
    const section = await gradedSection(w, { marks: [[80], [70]] })
    const [stays] = await computed(w, section)
    const seats = (await w.registrar.get(`/enrollments?student_id=${section.students[1]}`)).data.items
    await w.registrar.post(`/enrollments/${seats[0]!.id}/drop`)
    const { data } = await publish({ section_id: section.id })
    expect(data.results.map(({ id }) => id)).toEqual([stays])
    const query = `/results?student_id=${section.students[1]}&state__in=published,frozen` as const
    expect((await w.registrar.get(query)).data.items).toEqual([])
  })

  test('of parallel requests for one section exactly one succeeds', async () => {
    const section = await gradedSection(w, { marks: [[80], [70], [60]] })
    const ids = await computed(w, section)
    const before = await countRows('audit_log')
    const answers = await Promise.all(Array.from({ length: 8 }, () => publish({ section_id: section.id })))
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1)
    expect(answers.filter(({ error }) => error !== null)).toHaveLength(7)
    expect(await countRows('audit_log')).toBe(before + 1 + 3 + 3)
    for (const id of ids)
      expect((await w.registrar.get(`/results/${id}`)).data).toMatchObject({ state: 'published', version: 2 })
  })

  test('of an unknown result or section answers 404', async () => {
    expect(refusal(await publish({ result_id: 999_999 }))).toEqual([404, 'RESULT_NOT_FOUND'])
    expect(refusal(await publish({ section_id: 999_999 }))).toEqual([404, 'SECTION_NOT_FOUND'])
  })

  test.each([[{}], [{ result_id: 1, section_id: 1 }]])('wants one target, not %j', async (target) => {
    const answer = await publish(target)
    expect([...refusal(answer), badFields(answer)]).toEqual([
      422,
      'VALIDATION_ERROR',
      ['body.result_id', 'body.section_id'],
    ])
    expect(answer.error?.details.errors?.[0]?.message).toBe('is one of result_id, section_id: give exactly one')
  })

  test('refuses the name of an actor in the body', async () => {
    const answer = await publish({ result_id: 1, published_by: 1 })
    expect(badFields(answer)).toEqual(['body.published_by'])
  })

  test('is not for the teacher of the section, nor for students', async () => {
    const section = await gradedSection(w, { marks: [[80]] })
    await computed(w, section)
    for (const caller of [section.teacher, await w.studentPersona()])
      expect(refusal(await caller.post('/results/publish', { section_id: section.id }))).toEqual([403, 'HTTP_403'])
    expect(await statesOf(section.id)).toEqual(['draft'])
    expect((await (await w.admin()).post('/results/publish', { section_id: section.id })).status).toBe(200)
  })
})
