import { beforeAll, describe, expect, test } from 'vitest'
import { refusal, badFields } from '../../call.ts'
import { auditRows, countRows, type World, world } from '../../world.ts'
import { execute } from '../../grading/graded-section.ts'

let w: World
beforeAll(async () => {
  w = await world()
})

const kind = 'assessments'
const homework = { name: 'Homework', name_el: 'Ασκήσεις', weight: 33.33, aggregation: 'mean', drop_lowest: 1, kind }
const exam = { name: 'Exam', name_el: null, weight: 66.67, aggregation: 'weighted', drop_lowest: 0, kind }
const put = (id: number, rules: object[], headers = {}) =>
  w.registrar.put(`/courses/${id}/evaluation-rules`, { rules }, headers)
const rulesOf = async (id: number) => (await w.registrar.get(`/courses/${id}/evaluation-rules`)).data.rules

/** The categories of a section, as rules. */
async function categoriesOf(section: number) {
  const { data } = await w.registrar.get(`/assessment-categories?section_id=${section}`)
  return data.items.map(({ name, name_el, weight, aggregation, drop_lowest, kind }) => ({
    name,
    name_el,
    weight,
    aggregation,
    drop_lowest,
    kind,
  }))
}

describe('the evaluation rules of a course', () => {
  test('are none at first, replaced as a whole, and audited once', async () => {
    const { id } = await w.course()
    expect(await rulesOf(id)).toEqual([])
    expect((await put(id, [homework, { name: 'Exam', weight: 66.67 }])).data.rules).toEqual([homework, exam])
    expect((await put(id, [homework, exam])).data.rules).toEqual([homework, exam])
    expect((await put(id, [exam])).data.rules).toEqual([exam])
    expect(await rulesOf(id)).toEqual([exam])
    expect((await put(id, [])).data.rules).toEqual([])
    expect((await auditRows('course', id)).map(({ action }) => action)).toEqual([
      ...Array.from({ length: 3 }, () => 'course.evaluate'),
      'course.create',
    ])
  })

  test('total at most 100', async () => {
    const { id } = await w.course()
    const answer = await put(id, [homework, { ...exam, weight: 66.68 }])
    expect(refusal(answer)).toEqual([400, 'EVALUATION_RULES_EXCEEDED'])
    expect(answer.error?.message).toContain('the total would be 100.01%')
    expect(await rulesOf(id)).toEqual([])
    await put(id, [exam])
    const behind = execute(
      "insert into course_evaluation_rule values (?, 9, 'More', null, 3334, 'mean', 0, 'assessments')",
      id,
    )
    await expect(behind).rejects.toThrow('evaluation_rules_exceeded')
  })

  test.each([
    [[homework, homework], 'body.rules.1.name'],
    [[{ ...exam, weight: 101 }], 'body.rules.0.weight'],
    [[{ ...exam, aggregation: 'median' }], 'body.rules.0.aggregation'],
    [[{ ...exam, drop_lowest: -1 }], 'body.rules.0.drop_lowest'],
    [[{ ...exam, kind: 'lectures' }], 'body.rules.0.kind'],
    [[{ ...exam, extra: 1 }], 'body.rules.0.extra'],
  ])('are refused: %j', async (rules, field) => {
    expect(badFields(await put((await w.course()).id, rules))).toEqual([field])
  })

  test('are for the registry to set, on the version it has seen', async () => {
    const { id } = await w.course()
    const teacher = await w.teacher()
    expect(refusal(await teacher.put(`/courses/${id}/evaluation-rules`, { rules: [] }))).toEqual([403, 'HTTP_403'])
    expect((await teacher.get(`/courses/${id}/evaluation-rules`)).status).toBe(200)
    expect(refusal(await put(id, [exam], { 'if-match': '"9"' }))).toEqual([412, 'PRECONDITION_FAILED'])
    expect(refusal(await put(999_999, [exam]))).toEqual([404, 'COURSE_NOT_FOUND'])
  })
})

describe('a new section', () => {
  test('begins with them as its categories, in the write that makes it', async () => {
    const { id: course_id } = await w.course()
    await put(course_id, [homework, exam])
    const before = await countRows('audit_log')
    const { data } = await w.registrar.post('/sections', { course_id, term_id: (await w.term()).id })
    expect(data).toMatchObject({ course_id, version: 1 })
    expect(await countRows('audit_log')).toBe(before + 2)
    expect((await auditRows('section', data.id)).map(({ action }) => action)).toEqual(['section.create'])
    expect(await categoriesOf(data.id)).toEqual([homework, exam])
  })

  test('keeps its categories when the rules change, and changes its own freely', async () => {
    const { id: course_id } = await w.course()
    await put(course_id, [homework, exam])
    const section = await w.section({ course_id })
    await put(course_id, [exam])
    expect(await categoriesOf(section.id)).toEqual([homework, exam])
    const { data } = await w.registrar.get(`/assessment-categories?section_id=${section.id}`)
    await w.registrar.patch(`/assessment-categories/${data.items[0]!.id}`, { weight: 20 })
    expect(await rulesOf(course_id)).toEqual([exam])
    expect(await categoriesOf((await w.section({ course_id })).id)).toEqual([exam])
  })

  test('of a course without rules has no categories, nor one that moves to a course with them', async () => {
    const [plain, ruled] = [await w.course(), await w.course()]
    await put(ruled.id, [exam])
    const section = await w.section({ course_id: plain.id })
    expect(await categoriesOf(section.id)).toEqual([])
    await w.registrar.patch(`/sections/${section.id}`, { course_id: ruled.id })
    expect(await categoriesOf(section.id)).toEqual([])
  })

  test('has them whoever writes it', async () => {
    const { id: course_id } = await w.course()
    await put(course_id, [exam])
    const { id: term_id } = await w.term()
    const { meta } = await execute(
      "insert into section (course_id, term_id, number, created_at, updated_at) values (?, ?, '1', ?, ?)",
      course_id,
      term_id,
      '2026-11-20T09:00:00.000Z',
      '2026-11-20T09:00:00.000Z',
    )
    expect(await categoriesOf(meta.last_row_id)).toEqual([exam])
  })
})

describe('a section with the categories it began with', () => {
  const ruled = async () => {
    const { id: course_id } = await w.course()
    await put(course_id, [homework, exam])
    return w.section({ course_id })
  }
  const idsOf = async (section: number) =>
    (await w.registrar.get(`/assessment-categories?section_id=${section}`)).data.items.map(
      ({ id }: { id: number }) => id,
    )

  test('is deleted and restored with them', async () => {
    const { id } = await ruled()
    const [first, second] = await idsOf(id)
    await w.registrar.delete(`/assessment-categories/${second}`)
    expect((await w.registrar.delete(`/sections/${id}`)).status).toBe(204)
    expect(await idsOf(id)).toEqual([])
    expect((await w.registrar.post(`/sections/${id}/restore`)).status).toBe(200)
    expect(await idsOf(id)).toEqual([first])
  })

  test('is kept by one that was changed, added or has work in it', async () => {
    const [changed, added, worked] = [await ruled(), await ruled(), await ruled()]
    const [one] = await idsOf(changed.id)
    await w.registrar.patch(`/assessment-categories/${one}`, { weight: 10 })
    await w.category(added.id)
    await w.assessment(worked.id, { category_id: (await idsOf(worked.id))[0] })
    for (const { id } of [changed, added, worked]) {
      expect(refusal(await w.registrar.delete(`/sections/${id}`))).toEqual([409, 'SECTION_IN_USE'])
      expect((await idsOf(id)).length).toBeGreaterThan(1)
    }
  })
})
