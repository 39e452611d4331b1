import { beforeAll, describe, expect, test } from 'vitest'
import { refusal } from '../../call.ts'
import { type World, world } from '../../world.ts'

let w: World
beforeAll(async () => {
  w = await world()
})

const idsIn = async (query: string) =>
  (await w.registrar.get(`/assessments?${query}`)).data.items.map(({ id }: { id: number }) => id)

describe('an assessment in a category', () => {
  test('has a relative weight: together they may exceed 100', async () => {
    const section = await w.section()
    const { id } = await w.category(section.id, { weight: 30 })
    for (const weight of [100, 100, 50])
      expect(await w.assessment(section.id, { category_id: id, weight })).toMatchObject({ category_id: id, weight })
  })

  test('leaves the 100 to the assessments without one', async () => {
    const section = await w.section()
    const { id } = await w.category(section.id, { weight: 30 })
    const grouped = await w.assessment(section.id, { category_id: id, weight: 80 })
    await w.assessment(section.id, { weight: 60 })
    const body = { section_id: section.id, type: 'quiz', title: 'Quiz', weight: 50 }
    const refused = await w.registrar.post('/assessments', body)
    expect([...refusal(refused), refused.error?.message]).toEqual([
      400,
      'WEIGHT_EXCEEDED',
      'Total weight for section cannot exceed 100%. Current total: 110%',
    ])
    const out = await w.registrar.patch(`/assessments/${grouped.id}`, { category_id: null })
    expect([...refusal(out), out.error?.message]).toEqual([
      400,
      'WEIGHT_EXCEEDED',
      'Total weight for section cannot exceed 100%. Current total: 140%',
    ])
    const lighter = await w.registrar.patch(`/assessments/${grouped.id}`, { category_id: null, weight: 40 })
    expect(lighter.data).toMatchObject({ category_id: null, weight: 40 })
  })

  test('takes nothing from those without one, and they nothing from it, however either gets its weight', async () => {
    const section = await w.section()
    const { id: category_id } = await w.category(section.id, { weight: 30 })
    const whole = { section_id: section.id, type: 'quiz', title: 'Quiz', weight: 100 }
    const loose = await w.assessment(section.id, { weight: 10 })
    const grouped = await w.assessment(section.id, { category_id, weight: 100 })
    for (const [id, place] of [
      [loose.id, null],
      [grouped.id, category_id],
    ] as const) {
      const path = `/assessments/${id}` as const
      const answers = [
        await w.registrar.patch(path, { weight: 90 }),
        await w.registrar.put(path, { ...whole, category_id: place }),
        await w.registrar.delete(path),
        await w.registrar.post(`${path}/restore`),
      ]
      expect(answers.map(({ status }) => status)).toEqual([200, 200, 204, 200])
    }
    const moved = await w.registrar.patch(`/assessments/${loose.id}`, { category_id })
    expect(moved.data).toMatchObject({ category_id, weight: 100 })
    expect((await w.registrar.post('/assessments', whole)).status).toBe(201)
  })

  test('is found by its category', async () => {
    const section = await w.section()
    const [one, other] = [await w.category(section.id), await w.category(section.id)]
    const first = await w.assessment(section.id, { category_id: one.id })
    const second = await w.assessment(section.id, { category_id: other.id })
    expect(await idsIn(`category_id=${one.id}`)).toEqual([first.id])
    expect(await idsIn(`category_id__in=${one.id},${other.id}`)).toEqual([first.id, second.id])
  })

  test('cannot be in one of another section, nor in one that is not there', async () => {
    const [section, elsewhere] = [await w.section(), await w.section()]
    const [foreign, gone] = [await w.category(elsewhere.id), await w.category(section.id)]
    await w.registrar.delete(`/assessment-categories/${gone.id}`)
    const made = await w.assessment(section.id)
    for (const category_id of [foreign.id, gone.id, 999_999]) {
      const body = { section_id: section.id, type: 'quiz', title: 'Quiz', category_id }
      for (const answer of [
        await w.registrar.post('/assessments', body),
        await w.registrar.patch(`/assessments/${made.id}`, { category_id }),
      ]) {
        expect([...refusal(answer), answer.error?.message]).toEqual([
          404,
          'ASSESSMENT_CATEGORY_NOT_FOUND',
          `The section has no category with id ${category_id}. Check the id, or create the category first.`,
        ])
      }
    }
  })

  test('cannot be restored once its category is gone', async () => {
    const section = await w.section()
    const { id } = await w.category(section.id)
    const made = await w.assessment(section.id, { category_id: id })
    await w.registrar.delete(`/assessments/${made.id}`)
    await w.registrar.delete(`/assessment-categories/${id}`)
    const back = await w.registrar.post(`/assessments/${made.id}/restore`)
    expect(refusal(back)).toEqual([404, 'ASSESSMENT_CATEGORY_NOT_FOUND'])
  })
})
