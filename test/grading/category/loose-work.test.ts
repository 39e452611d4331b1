import { beforeAll, describe, expect, test } from 'vitest'
import { type World, world } from '../../world.ts'

let w: World
beforeAll(async () => {
  w = await world()
})

const quiz = (section_id: number, fields: object = {}) => ({ section_id, type: 'quiz', title: 'Quiz', ...fields })
const warned = { warnings: ['WEIGHS_NOTHING'], explanation: expect.stringMatching(/^Assessments outside of the cat/) }
const warningsOf = ({ data }: { data: { warnings?: unknown; loose_ids?: unknown } }) => [data.warnings, data.loose_ids]

describe('work outside of the categories of a section', () => {
  test('comes with a warning, whoever makes, changes, moves or brings it back, in the language of the answer', async () => {
    const { id } = await w.section()
    const group = await w.category(id, { weight: 30 })
    const made = await w.registrar.post('/assessments', quiz(id), { 'accept-language': 'el' })
    const path = `/assessments/${made.data.id}` as const
    expect(made.data).toMatchObject({ warnings: ['WEIGHS_NOTHING'], loose_ids: [made.data.id] })
    expect(made.data.explanation).toMatch(/^Οι αξιολογήσεις εκτός κατηγοριών/)
    expect((await w.registrar.patch(path, { title: 'Quiz 2' })).data).toMatchObject(warned)
    expect((await w.registrar.put(path, quiz(id, { weight: 10 }))).data).toMatchObject(warned)
    await w.registrar.delete(path)
    expect((await w.registrar.post(`${path}/restore`)).data).toMatchObject(warned)
    expect(warningsOf(await w.registrar.patch(path, { category_id: group.id }))).toEqual([undefined, undefined])
    expect((await w.registrar.patch(path, { category_id: null })).data).toMatchObject(warned)
    expect((await w.registrar.get(path)).data).not.toHaveProperty('warnings')
  })

  test('is named where a category is made, changed or brought back', async () => {
    const { id } = await w.section()
    const loose = [(await w.assessment(id, { weight: 10 })).id, (await w.assessment(id, { weight: 20 })).id]
    const made = await w.registrar.post('/assessment-categories', { section_id: id, name: 'Labs', weight: 30 })
    const path = `/assessment-categories/${made.data.id}` as const
    await w.assessment(id, { category_id: made.data.id })
    const answers = [made, await w.registrar.patch(path, { weight: 40 })]
    const empty = await w.category(id, { weight: 10 })
    await w.registrar.delete(`/assessment-categories/${empty.id}`)
    answers.push(await w.registrar.post(`/assessment-categories/${empty.id}/restore`))
    for (const { data } of answers) expect(data).toMatchObject({ ...warned, loose_ids: loose })
    for (const one of loose) await w.registrar.patch(`/assessments/${one}`, { category_id: made.data.id })
    expect(warningsOf(await w.registrar.patch(path, { weight: 50 }))).toEqual([undefined, undefined])
  })

  test('is none where there are no categories, and concerns no work inside of one, nor other sections', async () => {
    const [{ id }, other] = [await w.section(), await w.section()]
    const alone = await w.registrar.post('/assessments', quiz(id, { weight: 30 }))
    const group = await w.category(other.id)
    await w.registrar.post('/assessments', quiz(other.id))
    const inside = await w.registrar.post('/assessments', quiz(other.id, { category_id: group.id }))
    const again = await w.registrar.patch(`/assessments/${alone.data.id}`, { weight: 40 })
    for (const answer of [alone, inside, again]) {
      expect([200, 201]).toContain(answer.status)
      expect(warningsOf(answer)).toEqual([undefined, undefined])
    }
  })
})
