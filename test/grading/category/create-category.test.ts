import { beforeAll, describe, expect, test } from 'vitest'
import { refusal, badFields } from '../../call.ts'
import { auditRows, countRows, type World, world } from '../../world.ts'
import { execute, gradedSection } from '../graded-section.ts'

let w: World
beforeAll(async () => {
  w = await world()
})

const exceeded = (total: number) =>
  `Total weight of the categories of a section cannot exceed 100%. With this weight the total would be ${total}%. Lower one of them.`

describe('creating a category', () => {
  test('fills in the defaults and leaves one audit row', async () => {
    const section = await w.section()
    const body = { section_id: section.id, name: 'Homework', weight: 30 }
    const answer = await w.registrar.post('/assessment-categories', body)
    expect(answer.status).toBe(201)
    expect(answer.data).toMatchObject({ ...body, name_el: null, aggregation: 'weighted', drop_lowest: 0, version: 1 })
    const [audit, ...others] = await auditRows('assessment_category', answer.data.id)
    expect(others).toEqual([])
    expect(audit).toMatchObject({ action: 'category.create', actor_id: w.registrar.userId, status: 201 })
    expect(JSON.parse(audit!.changes)).toMatchObject({ name: { new: 'Homework' }, weight: { new: 30 } })
  })

  test('weights of 60 and 50 are refused with what they come to, and nothing is written', async () => {
    const section = await w.section()
    await w.category(section.id, { weight: 60 })
    const [rows, audits] = [await countRows('assessment_category'), await countRows('audit_log')]
    const body = { section_id: section.id, name: 'Quizzes', weight: 50 }
    const answer = await w.registrar.post('/assessment-categories', body)
    expect([...refusal(answer), answer.error?.message]).toEqual([400, 'CATEGORY_WEIGHT_EXCEEDED', exceeded(110)])
    expect([await countRows('assessment_category'), await countRows('audit_log')]).toEqual([rows, audits])
  })

  test('weights of 33.33, 33.33 and 33.34 pass, those of another section do not count', async () => {
    for (const section of [await w.section(), await w.section()])
      for (const weight of [33.33, 33.33, 33.34])
        expect((await w.category(section.id, { weight }))['weight']).toBe(weight)
  })

  test('of eight parallel ones of 60 exactly one passes, and the others learn the total', async () => {
    const section = await w.section()
    const answers = await Promise.all(
      Array.from({ length: 8 }, (_, index) =>
        w.registrar.post('/assessment-categories', { section_id: section.id, name: `Group ${index}`, weight: 60 }),
      ),
    )
    expect(answers.filter(({ status }) => status === 201)).toHaveLength(1)
    const messages = answers.flatMap(({ error }) => (error ? [error.message] : []))
    expect(messages).toEqual(Array.from({ length: 7 }, () => exceeded(120)))
  })

  test('a name is there once in a section, and free in another and after deletion', async () => {
    const [section, other] = [await w.section(), await w.section()]
    const made = await w.category(section.id, { name: 'Labs' })
    const body = { section_id: section.id, name: 'Labs', weight: 0 }
    const twice = await w.registrar.post('/assessment-categories', body)
    expect([...refusal(twice), twice.error?.message]).toEqual([
      409,
      'CATEGORY_NAME_TAKEN',
      'The section already has a category whose name is, or reads as, Labs. Choose another name.',
    ])
    await w.category(other.id, { name: 'Labs' })
    await w.registrar.delete(`/assessment-categories/${made.id}`)
    expect((await w.registrar.post('/assessment-categories', body)).status).toBe(201)
    const back = await w.registrar.post(`/assessment-categories/${made.id}/restore`)
    expect(refusal(back)).toEqual([409, 'CATEGORY_NAME_TAKEN'])
  })

  test.each([
    ['weight', -0.01],
    ['weight', 100.01],
    ['weight', 33.333],
    ['name', ''],
    ['aggregation', 'best'],
    ['drop_lowest', -1],
    ['drop_lowest', 1.5],
    ['max_score', 10],
  ])('a %s of %j answers 422 and names the field', async (field, value) => {
    const section = await w.section()
    const body = { section_id: section.id, name: 'Quizzes', weight: 10, [field]: value }
    const answer = await w.registrar.post('/assessment-categories', body)
    expect([...refusal(answer), badFields(answer)]).toEqual([422, 'VALIDATION_ERROR', [`body.${field}`]])
  })

  test('is for the teacher of the section, the registrar and the admin', async () => {
    const section = await gradedSection(w, { weights: [] })
    const body = () => ({ section_id: section.id, name: `Of ${Math.random()}`, weight: 10 })
    for (const caller of [section.teacher, w.registrar, await w.admin()])
      expect((await caller.post('/assessment-categories', body())).status).toBe(201)
    const stranger = await (await w.teacher()).post('/assessment-categories', body())
    expect(refusal(stranger)).toEqual([404, 'SECTION_NOT_FOUND'])
    const student = await w.studentPersona()
    await w.enroll(section.id, student.studentId!)
    expect(refusal(await student.post('/assessment-categories', body()))).toEqual([403, 'HTTP_403'])
    expect((await student.get(`/assessment-categories?section_id=${section.id}`)).data.total).toBe(3)
    const unknown = await w.registrar.post('/assessment-categories', { ...body(), section_id: 999_999 })
    expect(unknown.error?.message).toBe('Section with id 999999 not found.')
  })

  test.each<[string, number, (seat: number) => Promise<unknown>]>([
    ['has a seat', 1, async () => undefined],
    [
      'had one to the end',
      1,
      (seat) => execute("update enrollment set status = 'completed', ended_at = updated_at where id = ?", seat),
    ],
    ['dropped it', 0, (seat) => w.registrar.post(`/enrollments/${seat}/drop`)],
    ['had it by mistake', 0, (seat) => w.registrar.delete(`/enrollments/${seat}`)],
  ])('is seen, with its assessments, by a student who %s: %i', async (_, seen, change) => {
    const [section, student] = [await w.section(), await w.studentPersona()]
    const { id: category_id } = await w.category(section.id)
    await w.assessment(section.id, { category_id })
    await change((await w.enroll(section.id, student.studentId!)).id)
    const totals = [
      (await student.get(`/assessment-categories?section_id=${section.id}`)).data.total,
      (await student.get(`/assessments?section_id=${section.id}`)).data.total,
    ]
    expect(totals).toEqual([seen, seen])
  })
})
