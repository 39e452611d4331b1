import { beforeAll, describe, expect, test } from 'vitest'
import { refusal } from '../../call.ts'
import { type World, world } from '../../world.ts'
import { computed, execute } from '../graded-section.ts'
import { exams, groupedSection, homework } from '../grouped-section.ts'

let w: World
beforeAll(async () => {
  w = await world()
})

const publish = (section_id: number) => w.registrar.post('/results/publish', { section_id })
const behindTheBack = (result: number) =>
  execute("update result set state = 'published', published_at = '2027-02-20T10:00:00.000Z' where id = ?", result)

describe('publishing a section with categories', () => {
  test('goes by their weights, not by those of the assessments', async () => {
    const section = await groupedSection(w, [homework(80, 90), ...exams])
    await computed(w, section)
    const answer = await publish(section.id)
    expect([answer.status, answer.data.results[0]!.percentage]).toEqual([200, 80.5])
  })

  test('is refused when they do not total 100, even if the assessments do', async () => {
    const section = await groupedSection(w, [{ ...homework({ mark: 80, weight: 100 }), weight: 99.99 }])
    const [result] = await computed(w, section)
    const answer = await publish(section.id)
    expect([...refusal(answer), answer.error?.message]).toEqual([
      400,
      'WEIGHTS_INCOMPLETE',
      'The weights of the section must total 100% before publishing. Current total: 99.99%',
    ])
    expect(answer.error?.details.missing).toEqual([{ weights: '99.99' }])
    await expect(behindTheBack(result!)).rejects.toThrow('result_weights_incomplete')
  })

  test('is refused while one of them has no assessment, and names it', async () => {
    const section = await groupedSection(w, [homework(), ...exams])
    const [result] = await computed(w, section)
    const { items } = (await w.registrar.get(`/assessment-categories?section_id=${section.id}`)).data
    const answer = await publish(section.id)
    expect(refusal(answer)).toEqual([400, 'RESULTS_INCOMPLETE'])
    expect(answer.error?.details.missing).toEqual([{ category_id: items[0]!.id, name: 'homework' }])
    await expect(behindTheBack(result!)).rejects.toThrow('result_categories_incomplete')
  })

  test('is refused while a weighted one holds only work that weighs nothing', async () => {
    const practice = { ...homework({ mark: 80, weight: 0 }), aggregation: 'weighted' as const }
    const section = await groupedSection(w, [practice, ...exams])
    const [result] = await computed(w, section)
    expect((await publish(section.id)).error?.details.missing).toMatchObject([{ name: 'homework' }])
    await expect(behindTheBack(result!)).rejects.toThrow('result_categories_incomplete')
  })

  test('is refused while an assessment is outside of them, and names it', async () => {
    const section = await groupedSection(w, [homework(80), ...exams])
    const loose = await w.assessment(section.id, { title: 'Loose', weight: 0 })
    const [result] = await computed(w, section)
    const answer = await publish(section.id)
    expect(refusal(answer)).toEqual([400, 'RESULTS_INCOMPLETE'])
    expect(answer.error?.details.missing).toEqual([{ assessment_id: loose.id, title: 'Loose' }])
    await expect(behindTheBack(result!)).rejects.toThrow('result_categories_incomplete')
    const { items } = (await w.registrar.get(`/assessment-categories?section_id=${section.id}`)).data
    await w.registrar.patch(`/assessments/${loose.id}`, { category_id: items[0]!.id })
    await computed(w, section)
    expect((await publish(section.id)).status).toBe(200)
  })

  test('names everything that is missing at one time', async () => {
    const section = await groupedSection(w, [homework(), exams[0]!])
    await computed(w, section)
    const loose = await w.assessment(section.id, { title: 'Loose' })
    const answer = await publish(section.id)
    expect(answer.error?.details.missing).toEqual([
      { weights: '60' },
      { category_id: expect.any(Number), name: 'homework' },
      { assessment_id: loose.id, title: 'Loose' },
    ])
  })
})
