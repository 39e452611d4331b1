import { beforeAll, describe, expect, test } from 'vitest'
import { refusal } from '../../call.ts'
import { auditRows, type World, world } from '../../world.ts'
import { type GradedSection, gradedSection } from '../graded-section.ts'

let w: World
beforeAll(async () => {
  w = await world()
})

describe('deleting an assessment', () => {
  test('hides it, gives its weight back and leaves one audit row', async () => {
    const section = await w.section()
    const made = await w.assessment(section.id, { weight: 100 })
    const answer = await w.registrar.delete(`/assessments/${made.id}`)
    expect([answer.status, await answer.response.text()]).toEqual([204, ''])
    expect(refusal(await w.registrar.get(`/assessments/${made.id}`))).toEqual([404, 'ASSESSMENT_NOT_FOUND'])
    expect((await w.registrar.get(`/assessments?section_id=${section.id}`)).data.total).toBe(0)
    expect((await w.assessment(section.id, { weight: 100 })).id).not.toBe(made.id)
    const actions = (await auditRows('assessment', made.id)).map(({ action }) => action)
    expect(actions).toEqual(['assessment.delete', 'assessment.create'])
  })

  test('is refused while it has scores, and possible once they are gone', async () => {
    const section = await gradedSection(w, { marks: [[80]] })
    const [assessment] = section.assessments
    expect(refusal(await section.teacher.delete(`/assessments/${assessment}`))).toEqual([409, 'ASSESSMENT_HAS_SCORES'])
    expect((await w.registrar.get(`/assessments/${assessment}`)).status).toBe(200)
    const [score] = (await section.teacher.get(`/assessment-scores?assessment_id=${assessment}`)).data.items
    expect((await section.teacher.delete(`/assessment-scores/${score!.id}`)).status).toBe(204)
    expect((await section.teacher.delete(`/assessments/${assessment}`)).status).toBe(204)
  })

  test('a stale version answers 412', async () => {
    const made = await w.assessment((await w.section()).id)
    const stale = await w.registrar.delete(`/assessments/${made.id}`, { 'if-match': '"7"' })
    expect(refusal(stale)).toEqual([412, 'PRECONDITION_FAILED'])
  })

  test('twice answers 404', async () => {
    const made = await w.assessment((await w.section()).id)
    await w.registrar.delete(`/assessments/${made.id}`)
    expect(refusal(await w.registrar.delete(`/assessments/${made.id}`))).toEqual([404, 'ASSESSMENT_NOT_FOUND'])
  })
})

describe('restoring an assessment', () => {
  test('brings it back as it was and leaves one audit row', async () => {
    const made = await w.assessment((await w.section()).id, { weight: 40, title: 'Lost' })
    await w.registrar.delete(`/assessments/${made.id}`)
    const answer = await w.registrar.post(`/assessments/${made.id}/restore`)
    expect([answer.status, answer.data.title, answer.data.weight]).toEqual([200, 'Lost', 40])
    expect((await w.registrar.get(`/assessments/${made.id}`)).data).toEqual(answer.data)
    const [audit, ...others] = await auditRows('assessment', made.id)
    expect(others).toHaveLength(2)
    expect(audit).toMatchObject({ action: 'assessment.restore', actor_id: w.registrar.userId })
  })

  test('is open to the teacher of the section', async () => {
    const section = await gradedSection(w)
    const path = `/assessments/${section.assessments[0]}` as const
    expect((await section.teacher.delete(path)).status).toBe(204)
    expect((await section.teacher.post(`${path}/restore`)).status).toBe(200)
    expect((await section.teacher.get(path)).data.id).toBe(section.assessments[0])
  })

  test('is refused when its weight has been given away, with the total it would come to', async () => {
    const section = await w.section()
    const made = await w.assessment(section.id, { weight: 60 })
    await w.registrar.delete(`/assessments/${made.id}`)
    await w.assessment(section.id, { weight: 60 })
    const answer = await w.registrar.post(`/assessments/${made.id}/restore`)
    expect([...refusal(answer), answer.error?.message]).toEqual([
      400,
      'WEIGHT_EXCEEDED',
      'Total weight for section cannot exceed 100%. Current total: 120%',
    ])
  })

  test('one that is not deleted is told so', async () => {
    const made = await w.assessment((await w.section()).id)
    expect(refusal(await w.registrar.post(`/assessments/${made.id}/restore`))).toEqual([409, 'ROW_NOT_DELETED'])
  })

  test('is refused once its section is gone', async () => {
    const section = await w.section()
    const made = await w.assessment(section.id)
    await w.registrar.delete(`/assessments/${made.id}`)
    expect((await w.registrar.delete(`/sections/${section.id}`)).status).toBe(204)
    const answer = await w.registrar.post(`/assessments/${made.id}/restore`)
    expect(refusal(answer)).toEqual([404, 'SECTION_NOT_FOUND'])
  })
})

describe('the assessments of a section', () => {
  let section: GradedSection
  beforeAll(async () => {
    section = await gradedSection(w)
  })
  const attempts = {
    read: (caller: Caller, id: number) => caller.get(`/assessments/${id}`),
    change: (caller: Caller, id: number) => caller.patch(`/assessments/${id}`, { title: 'Taken over' }),
    replace: (caller: Caller, id: number) =>
      caller.put(`/assessments/${id}`, { section_id: section.id, type: 'quiz', title: 'Taken over' }),
    release: (caller: Caller, id: number) => caller.post(`/assessments/${id}/release`),
    delete: (caller: Caller, id: number) => caller.delete(`/assessments/${id}`),
  }
  type Caller = GradedSection['teacher']
  const writes = ['change', 'replace', 'release', 'delete'] as const

  test.each(['read', ...writes] as const)('another teacher cannot %s', async (verb) => {
    const answer = await attempts[verb](await w.teacher(), section.assessments[0]!)
    expect(refusal(answer)).toEqual([404, 'ASSESSMENT_NOT_FOUND'])
    expect(await auditRows('assessment', section.assessments[0]!)).toHaveLength(1)
  })

  test.each(writes)('a student of the section cannot %s', async (verb) => {
    const student = await w.studentPersona()
    await w.enroll(section.id, student.studentId!)
    expect((await attempts.read(student, section.assessments[0]!)).status).toBe(200)
    expect(refusal(await attempts[verb](student, section.assessments[0]!))).toEqual([403, 'HTTP_403'])
  })

  test('another teacher cannot restore', async () => {
    const made = await w.assessment((await w.section()).id)
    await w.registrar.delete(`/assessments/${made.id}`)
    const answer = await (await w.teacher()).post(`/assessments/${made.id}/restore`)
    expect(refusal(answer)).toEqual([404, 'ASSESSMENT_NOT_FOUND'])
    expect(refusal(await w.registrar.get(`/assessments/${made.id}`))).toEqual([404, 'ASSESSMENT_NOT_FOUND'])
  })

  test('a student elsewhere does not even see that it exists', async () => {
    const stranger = await w.studentPersona()
    expect(refusal(await attempts.read(stranger, section.assessments[0]!))).toEqual([404, 'ASSESSMENT_NOT_FOUND'])
    expect((await stranger.get(`/assessments?section_id=${section.id}`)).data.items).toEqual([])
  })
})
