import { beforeAll, describe, expect, test } from 'vitest'
import { refusal } from '../../call.ts'
import { auditRows, countRows, type World, world } from '../../world.ts'
import { computed, gradedSection, published } from '../graded-section.ts'

let w: World
beforeAll(async () => {
  w = await world()
})

const freeze = (target: object) => w.registrar.post('/results/freeze', target)
const resultOf = async (id: number) => (await w.registrar.get(`/results/${id}`)).data

describe('freezing results', () => {
  test('freezes all of a section at one time, in an audit row of the act and one of each result', async () => {
    const section = await gradedSection(w, { marks: [[80], [70]] })
    const ids = await published(w, section)
    const before = await countRows('audit_log')
    const answer = await freeze({ section_id: section.id })
    expect([answer.status, answer.data.state]).toEqual([200, 'frozen'])
    for (const [index, id] of ids.entries()) {
      expect(answer.data.results[index]).toMatchObject({ id, state: 'frozen', version: 3 })
      expect(answer.data.results[index]!.frozen_at).toBe(answer.data.results[0]!.frozen_at)
    }
    expect(await countRows('audit_log')).toBe(before + 1 + 2)
    const [audit] = await auditRows('section', section.id)
    expect(audit).toMatchObject({ action: 'result.freeze', actor_id: w.registrar.userId })
    expect(JSON.parse(audit!.changes)).toEqual({ state: { old: 'published', new: 'frozen' }, results: { new: ids } })
  })

  test('freezes a single one, keeps its figures and its time of publication', async () => {
    const section = await gradedSection(w, { marks: [[80], [70]] })
    const [first, second] = await published(w, section)
    const before = await resultOf(first!)
    const answer = await freeze({ result_id: first })
    const { frozen_at, updated_at } = answer.data.results[0]!
    const by = { frozen_by: w.registrar.userId, frozen_by_name: 'The registrar' }
    expect(answer.data.results).toEqual([{ ...before, ...by, state: 'frozen', version: 3, frozen_at, updated_at }])
    expect(frozen_at).toBe(updated_at)
    expect((await resultOf(second!)).state).toBe('published')
    expect((await auditRows('result', first!)).map(({ action }) => action)).toEqual(['result.freeze', 'result.publish'])
  })

  test('freezes the rest of a section that is frozen in part', async () => {
    const section = await gradedSection(w, { marks: [[80], [70]] })
    const [first, second] = await published(w, section)
    await freeze({ result_id: first })
    const { data } = await freeze({ section_id: section.id })
    expect(data.results.map(({ id }: { id: number }) => id)).toEqual([second])
  })

  test('is refused for a draft, naming its state', async () => {
    const section = await gradedSection(w, { marks: [[80]] })
    const [id] = await computed(w, section)
    for (const target of [{ result_id: id }, { section_id: section.id }]) {
      const answer = await freeze(target)
      expect([...refusal(answer), answer.error?.message]).toEqual([
        400,
        'RESULT_NOT_PUBLISHED',
        'Can only freeze published results. Current state: draft',
      ])
    }
  })

  test('one draft keeps the whole section from being frozen', async () => {
    const section = await gradedSection(w, { marks: [[80], [70]] })
    const [first, second] = await computed(w, section)
    await w.registrar.post('/results/publish', { result_id: first })
    const before = await countRows('audit_log')
    expect(refusal(await freeze({ section_id: section.id }))).toEqual([400, 'RESULT_NOT_PUBLISHED'])
    expect([(await resultOf(first!)).state, (await resultOf(second!)).state]).toEqual(['published', 'draft'])
    expect(await countRows('audit_log')).toBe(before)
  })

  test('is refused twice', async () => {
    const section = await gradedSection(w, { marks: [[80]] })
    const [id] = await published(w, section)
    await freeze({ section_id: section.id })
    for (const target of [{ result_id: id }, { section_id: section.id }]) {
      const answer = await freeze(target)
      expect([...refusal(answer), answer.error?.message]).toEqual([
        400,
        'RESULT_FROZEN',
        'The result is frozen. To change it, ask with POST /api/v1/results/change-request.',
      ])
    }
  })

  test('a section without results is refused', async () => {
    const section = await gradedSection(w)
    const answer = await freeze({ section_id: section.id })
    expect([...refusal(answer), answer.error?.message]).toEqual([
      400,
      'RESULT_NOT_PUBLISHED',
      'Can only freeze published results. Current state: nothing is published yet',
    ])
  })

  test('of parallel requests for one section exactly one succeeds', async () => {
    const section = await gradedSection(w, { marks: [[80], [70]] })
    const ids = await published(w, section)
    const before = await countRows('audit_log')
    const answers = await Promise.all(Array.from({ length: 6 }, () => freeze({ section_id: section.id })))
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1)
    expect(await countRows('audit_log')).toBe(before + 1 + 2)
    for (const id of ids) expect(await resultOf(id)).toMatchObject({ state: 'frozen', version: 3 })
  })

  test('of an unknown result or section answers 404', async () => {
    expect(refusal(await freeze({ result_id: 999_999 }))).toEqual([404, 'RESULT_NOT_FOUND'])
    expect(refusal(await freeze({ section_id: 999_999 }))).toEqual([404, 'SECTION_NOT_FOUND'])
  })

  test('is not for the teacher of the section, nor for students', async () => {
    const section = await gradedSection(w, { marks: [[80]] })
    const [id] = await published(w, section)
    for (const caller of [section.teacher, await w.studentPersona()])
      expect(refusal(await caller.post('/results/freeze', { result_id: id }))).toEqual([403, 'HTTP_403'])
    expect((await resultOf(id!)).state).toBe('published')
  })
})
