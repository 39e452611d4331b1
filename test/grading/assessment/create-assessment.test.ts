import { beforeAll, describe, expect, test } from 'vitest'
import { refusal, badFields } from '../../call.ts'
import { auditRows, countRows, type World, world } from '../../world.ts'
import { gradedSection } from '../graded-section.ts'

let w: World
beforeAll(async () => {
  w = await world()
})

const exceeded = (total: number) => `Total weight for section cannot exceed 100%. Current total: ${total}%`

describe('creating an assessment', () => {
  test('fills in the defaults and leaves one audit row', async () => {
    const section = await w.section()
    const answer = await w.registrar.post('/assessments', { section_id: section.id, type: 'final', title: 'Exam' })
    expect(answer.status).toBe(201)
    expect(answer.data).toMatchObject({
      section_id: section.id,
      type: 'final',
      title: 'Exam',
      title_el: null,
      weight: 100,
      max_score: 100,
      due_at: null,
      released: false,
      version: 1,
    })
    const [audit, ...others] = await auditRows('assessment', answer.data.id)
    expect(others).toEqual([])
    expect(audit).toMatchObject({ action: 'assessment.create', actor_id: w.registrar.userId, status: 201 })
    expect(JSON.parse(audit!.changes)).toMatchObject({ title: { new: 'Exam' }, weight: { new: 100 } })
  })

  test('weights of 60 and 50 are refused with what they come to, and nothing is written', async () => {
    const section = await w.section()
    await w.assessment(section.id, { weight: 60 })
    const [rows, audits] = [await countRows('assessment'), await countRows('audit_log')]
    const answer = await w.registrar.post('/assessments', {
      section_id: section.id,
      type: 'quiz',
      title: 'Quiz',
      weight: 50,
    })
    expect(refusal(answer)).toEqual([400, 'WEIGHT_EXCEEDED'])
    expect(answer.error?.message).toBe('Total weight for section cannot exceed 100%. Current total: 110%')
    expect([await countRows('assessment'), await countRows('audit_log')]).toEqual([rows, audits])
  })

  test('says the same in Greek', async () => {
    const section = await w.section()
    await w.assessment(section.id, { weight: 60 })
    const body = { section_id: section.id, type: 'quiz', title: 'Quiz', weight: 40.5 }
    const answer = await w.registrar.post('/assessments', body, { 'accept-language': 'el' })
    expect(answer.error?.message).toBe(
      'Το συνολικό βάρος του τμήματος δεν μπορεί να υπερβαίνει το 100%. Με αυτό το βάρος το σύνολο θα ήταν 100.5%.',
    )
    expect(answer.headers.get('content-language')).toBe('el')
  })

  test('a weight that is left out is what the others leave of 100, and 100 beside others of a category', async () => {
    const section = await w.section()
    const weights = [(await w.assessment(section.id, { weight: 33.33 })).weight]
    for (let more = 0; more < 2; more += 1) weights.push((await w.assessment(section.id)).weight)
    expect(weights).toEqual([33.33, 66.67, 0])
    const grouped = await w.section()
    const { id, weight } = await w.category(grouped.id, { weight: undefined })
    expect([weight, (await w.category(grouped.id, { weight: undefined })).weight]).toEqual([100, 0])
    for (const title of ['One', 'Two'])
      expect((await w.assessment(grouped.id, { category_id: id, title })).weight).toBe(100)
  })

  test.each([[[60, 40]], [[33.33, 33.33, 33.34]], [[0, 100]], [[0.01, 99.99]]])(
    'weights of %j pass',
    async (weights) => {
      const section = await w.section()
      for (const weight of weights) expect((await w.assessment(section.id, { weight }))['weight']).toBe(weight)
      const oneMore = await w.registrar.post('/assessments', {
        section_id: section.id,
        type: 'quiz',
        title: 'One more',
        weight: 0.01,
      })
      expect([...refusal(oneMore), oneMore.error?.message]).toEqual([400, 'WEIGHT_EXCEEDED', exceeded(100.01)])
    },
  )

  test('the weights of another section do not count', async () => {
    const [full, free] = [await w.section(), await w.section()]
    await w.assessment(full.id, { weight: 100 })
    expect((await w.assessment(free.id, { weight: 100 }))['section_id']).toBe(free.id)
  })

  test('of eight parallel ones of 60 exactly one passes, and the others learn the total', async () => {
    const messages = new Set<string>()
    for (let round = 0; round < 6; round += 1) {
      const section = await w.section()
      const body = { section_id: section.id, type: 'midterm', title: 'Midterm', weight: 60 }
      const answers = await Promise.all(Array.from({ length: 8 }, () => w.registrar.post('/assessments', body)))
      expect(answers.filter(({ status }) => status === 201)).toHaveLength(1)
      expect(answers.filter(({ error }) => error?.code === 'WEIGHT_EXCEEDED')).toHaveLength(7)
      expect((await w.registrar.get(`/assessments?section_id=${section.id}`)).data.total).toBe(1)
      for (const { error } of answers) if (error) messages.add(error.message)
    }
    expect([...messages]).toEqual([exceeded(120)])
  })

  test.each([
    ['weight', -0.01],
    ['weight', 100.01],
    ['weight', 33.333],
    ['weight', '60'],
    ['max_score', 0],
    ['max_score', 10.005],
    ['type', 'homework'],
    ['title', ''],
    ['due_at', '2026-12-24'],
    ['graded_by', 1],
  ])('a %s of %j answers 422 and names the field', async (field, value) => {
    const section = await w.section()
    const body = { section_id: section.id, type: 'quiz', title: 'Quiz', [field]: value }
    const answer = await w.registrar.post('/assessments', body)
    expect(refusal(answer)).toEqual([422, 'VALIDATION_ERROR'])
    expect(badFields(answer)).toEqual([`body.${field}`])
  })

  test('keeps the due time as UTC', async () => {
    const section = await w.section()
    const made = await w.assessment(section.id, { due_at: '2026-12-24T12:00:00+02:00' })
    expect(made['due_at']).toBe('2026-12-24T10:00:00.000Z')
  })

  test('in an unknown section answers 404 and names it', async () => {
    const answer = await w.registrar.post('/assessments', { section_id: 999_999, type: 'final', title: 'Exam' })
    expect([...refusal(answer), answer.error?.message]).toEqual([
      404,
      'SECTION_NOT_FOUND',
      'Section with id 999999 not found.',
    ])
  })

  test('is for the teacher of the section, the registrar and the admin', async () => {
    const section = await gradedSection(w, { weights: [] })
    const body = { section_id: section.id, type: 'quiz', title: 'Quiz', weight: 10 }
    for (const caller of [section.teacher, w.registrar, await w.admin()])
      expect((await caller.post('/assessments', body)).status).toBe(201)
    expect(refusal(await (await w.teacher()).post('/assessments', body))).toEqual([404, 'SECTION_NOT_FOUND'])
    const student = await w.studentPersona()
    await w.enroll(section.id, student.studentId!)
    expect(refusal(await student.post('/assessments', body))).toEqual([403, 'HTTP_403'])
    expect(refusal(await w.anonymous.post('/assessments', body))).toEqual([401, 'HTTP_401'])
    expect((await w.registrar.get(`/assessments?section_id=${section.id}`)).data.total).toBe(3)
  })
})
