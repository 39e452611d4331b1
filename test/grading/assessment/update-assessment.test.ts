import { beforeAll, describe, expect, test } from 'vitest'
import { refusal, badFields } from '../../call.ts'
import { auditRows, type World, world } from '../../world.ts'
import { gradedSection, mark } from '../graded-section.ts'

let w: World
beforeAll(async () => {
  w = await world()
})

const exceeded = (total: number) => `Total weight for section cannot exceed 100%. Current total: ${total}%`

describe('changing an assessment', () => {
  test('changes the named fields, raises the version and keeps old and new in the audit log', async () => {
    const section = await w.section()
    const made = await w.assessment(section.id, { weight: 30, title_el: 'Εξέταση' })
    const answer = await w.registrar.patch(`/assessments/${made.id}`, { title: 'Final exam', weight: 45.5 })
    expect(answer.status).toBe(200)
    expect(answer.data).toMatchObject({ title: 'Final exam', title_el: 'Εξέταση', weight: 45.5, version: 2 })
    const [audit, ...others] = await auditRows('assessment', made.id)
    expect(others.map(({ action }) => action)).toEqual(['assessment.create'])
    expect(audit).toMatchObject({ action: 'assessment.update', status: 200 })
    expect(JSON.parse(audit!.changes)).toEqual({
      title: { old: 'Exam', new: 'Final exam' },
      weight: { old: 30, new: 45.5 },
    })
  })

  test('equal values write nothing', async () => {
    const made = await w.assessment((await w.section()).id, { weight: 30 })
    const answer = await w.registrar.patch(`/assessments/${made.id}`, { weight: 30, title: 'Exam' })
    expect([answer.status, answer.data.version]).toEqual([200, 1])
    expect(await auditRows('assessment', made.id)).toHaveLength(1)
  })

  test('a weight may rise to what the others leave, and no further', async () => {
    const section = await w.section()
    const made = await w.assessment(section.id, { weight: 30 })
    await w.assessment(section.id, { weight: 50 })
    expect((await w.registrar.patch(`/assessments/${made.id}`, { weight: 50 })).data.weight).toBe(50)
    const more = await w.registrar.patch(`/assessments/${made.id}`, { weight: 50.01 })
    expect([...refusal(more), more.error?.message]).toEqual([400, 'WEIGHT_EXCEEDED', exceeded(100.01)])
    expect((await w.registrar.get(`/assessments/${made.id}`)).data.weight).toBe(50)
  })

  test('of two parallel rises that together exceed 100 exactly one passes', async () => {
    const section = await w.section()
    const [one, other] = [
      await w.assessment(section.id, { weight: 30 }),
      await w.assessment(section.id, { weight: 30 }),
    ]
    const answers = await Promise.all(
      [one, other].map(({ id }) => w.registrar.patch(`/assessments/${id}`, { weight: 60 })),
    )
    expect(answers.map(({ status }) => status).toSorted()).toEqual([200, 400])
    expect(answers.find(({ status }) => status === 400)?.error?.code).toBe('WEIGHT_EXCEEDED')
  })

  test('moving it to another section is refused, naming the same section is not', async () => {
    const [section, elsewhere] = [await w.section(), await w.section()]
    const made = await w.assessment(section.id)
    const moved = await w.registrar.patch(`/assessments/${made.id}`, { section_id: elsewhere.id })
    expect(refusal(moved)).toEqual([400, 'ASSESSMENT_SECTION_FIXED'])
    const stays = await w.registrar.patch(`/assessments/${made.id}`, { section_id: section.id, title: 'Same place' })
    expect([stays.status, stays.data.section_id]).toEqual([200, section.id])
  })

  test('the maximum may fall to the highest score, and not below it', async () => {
    const section = await gradedSection(w, { marks: [[80], [72.5]] })
    const path = `/assessments/${section.assessments[0]}` as const
    const below = await section.teacher.patch(path, { max_score: 79.99 })
    expect([...refusal(below), below.error?.message]).toEqual([
      409,
      'MAX_SCORE_BELOW_SCORES',
      'There are scores above 79.99. Correct them before lowering the maximum.',
    ])
    expect((await section.teacher.patch(path, { max_score: 80 })).data.max_score).toBe(80)
    await mark(w, section, [[60]])
    expect((await section.teacher.patch(path, { max_score: 72.5 })).data.max_score).toBe(72.5)
  })

  test('a version that is no longer current answers 412 and changes nothing', async () => {
    const made = await w.assessment((await w.section()).id)
    const etag = (await w.registrar.get(`/assessments/${made.id}`)).headers.get('etag')!
    const first = await w.registrar.patch(`/assessments/${made.id}`, { title: 'First' }, { 'if-match': etag })
    expect([first.status, first.data.version]).toEqual([200, 2])
    const second = await w.registrar.patch(`/assessments/${made.id}`, { title: 'Second' }, { 'if-match': etag })
    expect(refusal(second)).toEqual([412, 'PRECONDITION_FAILED'])
    expect((await w.registrar.get(`/assessments/${made.id}`)).data.title).toBe('First')
  })

  test('an unknown one answers 404', async () => {
    const answer = await w.registrar.patch('/assessments/999999', { title: 'Nothing' })
    expect([...refusal(answer), answer.error?.message]).toEqual([
      404,
      'ASSESSMENT_NOT_FOUND',
      'Assessment with id 999999 not found.',
    ])
  })
})

describe('replacing an assessment', () => {
  test('puts the defaults where a field is left out', async () => {
    const section = await w.section()
    const made = await w.assessment(section.id, { weight: 30, title_el: 'Εξέταση', max_score: 20, released: true })
    const answer = await w.registrar.put(`/assessments/${made.id}`, {
      section_id: section.id,
      type: 'quiz',
      title: 'Quiz',
    })
    expect(answer.status).toBe(200)
    expect(answer.data).toMatchObject({
      type: 'quiz',
      title: 'Quiz',
      title_el: null,
      weight: 100,
      max_score: 100,
      released: false,
      version: 2,
    })
  })

  test('counts the default weight, too', async () => {
    const section = await w.section()
    const made = await w.assessment(section.id, { weight: 30 })
    await w.assessment(section.id, { weight: 20 })
    const body = { section_id: section.id, type: 'quiz', title: 'Quiz' }
    const answer = await w.registrar.put(`/assessments/${made.id}`, body)
    expect([...refusal(answer), answer.error?.message]).toEqual([400, 'WEIGHT_EXCEEDED', exceeded(120)])
  })

  test('does not move it to another section either', async () => {
    const [made, elsewhere] = [await w.assessment((await w.section()).id), await w.section()]
    const body = { section_id: elsewhere.id, type: 'quiz', title: 'Quiz' }
    const answer = await w.registrar.put(`/assessments/${made.id}`, body)
    expect(refusal(answer)).toEqual([400, 'ASSESSMENT_SECTION_FIXED'])
  })

  test('wants every required field', async () => {
    const made = await w.assessment((await w.section()).id)
    const answer = await w.registrar.put(`/assessments/${made.id}`, { title: 'Quiz' })
    expect([...refusal(answer), badFields(answer)]).toEqual([422, 'VALIDATION_ERROR', ['body.section_id', 'body.type']])
  })
})

describe('releasing an assessment', () => {
  test('shows the scores, and doing it twice leaves one audit row', async () => {
    const section = await gradedSection(w)
    const path = `/assessments/${section.assessments[0]}` as const
    expect((await section.teacher.post(`${path}/release`)).data).toMatchObject({ released: true, version: 2 })
    expect((await section.teacher.post(`${path}/release`)).data).toMatchObject({ released: true, version: 2 })
    const [audit, ...others] = await auditRows('assessment', section.assessments[0]!)
    expect(others.map(({ action }) => action)).toEqual(['assessment.create'])
    expect(audit).toMatchObject({ action: 'assessment.release', actor_id: section.teacher.userId })
    expect(JSON.parse(audit!.changes)).toEqual({ released: { old: false, new: true } })
  })

  test('an unknown one answers 404', async () => {
    expect(refusal(await w.registrar.post('/assessments/999999/release'))).toEqual([404, 'ASSESSMENT_NOT_FOUND'])
  })
})
