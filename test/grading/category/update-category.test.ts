import { beforeAll, describe, expect, test } from 'vitest'
import { refusal } from '../../call.ts'
import { auditRows, type World, world } from '../../world.ts'
import { gradedSection } from '../graded-section.ts'

let w: World
beforeAll(async () => {
  w = await world()
})

describe('changing a category', () => {
  test('changes the named fields and keeps old and new in the audit log', async () => {
    const made = await w.category((await w.section()).id, { name: 'Homework', weight: 30 })
    const changes = { weight: 35.5, drop_lowest: 2, aggregation: 'latest' }
    const answer = await w.registrar.patch(`/assessment-categories/${made.id}`, changes)
    expect([answer.status, answer.data]).toEqual([
      200,
      expect.objectContaining({ ...changes, name: 'Homework', version: 2 }),
    ])
    const [audit] = await auditRows('assessment_category', made.id)
    expect(audit).toMatchObject({ action: 'category.update', status: 200 })
    expect(JSON.parse(audit!.changes)).toEqual({
      weight: { old: 30, new: 35.5 },
      drop_lowest: { old: 0, new: 2 },
      aggregation: { old: 'weighted', new: 'latest' },
    })
  })

  test('a weight may rise to what the others leave, and no further', async () => {
    const section = await w.section()
    const made = await w.category(section.id, { weight: 30 })
    await w.category(section.id, { weight: 50 })
    expect((await w.registrar.patch(`/assessment-categories/${made.id}`, { weight: 50 })).data.weight).toBe(50)
    const more = await w.registrar.patch(`/assessment-categories/${made.id}`, { weight: 50.01 })
    expect([...refusal(more), more.error?.message]).toEqual([
      400,
      'CATEGORY_WEIGHT_EXCEEDED',
      'Total weight of the categories of a section cannot exceed 100%. With this weight the total would be 100.01%. Lower one of them.',
    ])
  })

  test('of two parallel rises that together exceed 100 exactly one passes', async () => {
    const section = await w.section()
    const [one, other] = [await w.category(section.id, { weight: 30 }), await w.category(section.id, { weight: 30 })]
    const answers = await Promise.all(
      [one, other].map(({ id }) => w.registrar.patch(`/assessment-categories/${id}`, { weight: 60 })),
    )
    expect(answers.map(({ status }) => status).toSorted()).toEqual([200, 400])
    expect(answers.find(({ status }) => status === 400)?.error?.code).toBe('CATEGORY_WEIGHT_EXCEEDED')
  })

  test('moving it to another section is refused', async () => {
    const [made, elsewhere] = [await w.category((await w.section()).id), await w.section()]
    const moved = await w.registrar.patch(`/assessment-categories/${made.id}`, { section_id: elsewhere.id })
    expect(refusal(moved)).toEqual([400, 'CATEGORY_SECTION_FIXED'])
  })

  test('a version that is no longer current answers 412', async () => {
    const made = await w.category((await w.section()).id)
    const late = await w.registrar.patch(`/assessment-categories/${made.id}`, { weight: 1 }, { 'if-match': '"7"' })
    expect(refusal(late)).toEqual([412, 'PRECONDITION_FAILED'])
  })
})

describe('deleting a category', () => {
  test('is refused while it has assessments, and possible once they are elsewhere', async () => {
    const section = await gradedSection(w, { weights: [] })
    const { id } = await w.category(section.id, { name: 'Labs' })
    const work = await w.assessment(section.id, { category_id: id })
    const refused = await section.teacher.delete(`/assessment-categories/${id}`)
    expect([...refusal(refused), refused.error?.message]).toEqual([
      409,
      'CATEGORY_HAS_ASSESSMENTS',
      'The category Labs has assessments and cannot be deleted. Move or delete them first.',
    ])
    await section.teacher.patch(`/assessments/${work.id}`, { category_id: null })
    expect((await section.teacher.delete(`/assessment-categories/${id}`)).status).toBe(204)
    expect(refusal(await w.registrar.get(`/assessment-categories/${id}`))).toEqual([404, 'CATEGORY_NOT_FOUND'])
  })

  test('gives its weight back, and restoring it needs the room again', async () => {
    const section = await gradedSection(w, { weights: [] })
    const { id } = await w.category(section.id, { weight: 60 })
    await section.teacher.delete(`/assessment-categories/${id}`)
    const other = await w.category(section.id, { weight: 60 })
    const full = await section.teacher.post(`/assessment-categories/${id}/restore`)
    expect(full.error?.message).toBe(
      'Total weight of the categories of a section cannot exceed 100%. With this weight the total would be 120%. Lower one of them.',
    )
    await section.teacher.patch(`/assessment-categories/${other.id}`, { weight: 40 })
    expect((await section.teacher.post(`/assessment-categories/${id}/restore`)).data.weight).toBe(60)
  })

  test('a section that has one cannot be deleted, and one of a deleted section cannot be restored', async () => {
    const section = await w.section()
    const { id } = await w.category(section.id)
    expect(refusal(await w.registrar.delete(`/sections/${section.id}`))).toEqual([409, 'SECTION_IN_USE'])
    await w.registrar.delete(`/assessment-categories/${id}`)
    expect((await w.registrar.delete(`/sections/${section.id}`)).status).toBe(204)
    const back = await w.registrar.post(`/assessment-categories/${id}/restore`)
    expect(refusal(back)).toEqual([404, 'SECTION_NOT_FOUND'])
  })
})
