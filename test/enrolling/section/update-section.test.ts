import { beforeAll, describe, expect, test } from 'vitest'
import { meanwhile } from '../../platform/database/between.ts'
import { codeOf, json, serveWith } from '../../platform/http/serve.ts'
import { enrolledIn, fullSection, join } from '../waitlist/queue.ts'
import { auditRows, countRows, type World, world } from '../../world.ts'

let w: World
beforeAll(async () => {
  w = await world()
})

describe('changing a section', () => {
  test('PATCH changes the given fields and nothing else', async () => {
    const section = await w.section({ waitlist_capacity: 5 })
    const answer = await w.registrar.patch(`/sections/${section.id}`, { capacity: 40 })
    expect(answer.status).toBe(200)
    expect(answer.data).toEqual({ ...section, capacity: 40, version: 2, updated_at: answer.data.updated_at })
  })

  test('PUT replaces: what is left out returns to its default, but for the number', async () => {
    const section = await w.section({ number: 'X', capacity: 12, waitlist_capacity: 5 })
    const body = { course_id: section['course_id'], term_id: section['term_id'] }
    const answer = await w.registrar.put(`/sections/${section.id}`, body)
    expect(answer.data).toMatchObject({ ...body, number: 'X', capacity: 30, waitlist_capacity: 0, version: 2 })
  })

  test('shows the course it was moved to', async () => {
    const section = await w.section()
    const course = await w.course({ title: 'Logic' })
    const answer = await w.registrar.patch(`/sections/${section.id}`, { course_id: course.id })
    expect(answer.data).toMatchObject({ course_id: course.id, course_title: 'Logic', course_code: course['code'] })
  })

  test('its capacity may fall to the seats that are taken and not below', async () => {
    const section = await w.section({ capacity: 3 })
    for (let i = 0; i < 2; i += 1) await w.enroll(section.id, (await w.student()).id)
    const refused = await w.registrar.patch(`/sections/${section.id}`, { capacity: 1 })
    expect([refused.status, refused.error?.code]).toEqual([409, 'SECTION_CAPACITY_BELOW_SEATS'])
    expect(refused.error?.message).toBe(
      'More seats are taken than fit (capacity 1). Give at least as many as are taken, or drop some whose results are not official.',
    )
    const body = { course_id: section['course_id'], term_id: section['term_id'], capacity: 0 }
    expect((await w.registrar.put(`/sections/${section.id}`, body)).error?.code).toBe('SECTION_CAPACITY_BELOW_SEATS')
    expect((await w.registrar.patch(`/sections/${section.id}`, { capacity: 2 })).data).toMatchObject({
      capacity: 2,
      seats_taken: 2,
    })
  })

  const changing = async (id: number, capacity: number, DB: D1Database) => {
    const init = json('PATCH', { capacity }, { authorization: `Bearer ${w.registrar.token}` })
    return codeOf(await serveWith({ DB }, `/api/v1/sections/${id}`, init))
  }

  test('a seat that is taken meanwhile is not taken away', async () => {
    const { id } = await w.section({ capacity: 1 })
    const student = await w.student()
    const DB = meanwhile(() => w.enroll(id, student.id))
    expect(await changing(id, 0, DB)).toBe('409 SECTION_CAPACITY_BELOW_SEATS')
    expect((await w.registrar.get(`/sections/${id}`)).data).toMatchObject({ capacity: 1, seats_taken: 1 })
  })

  test('a seat that is added goes to somebody who joins meanwhile', async () => {
    const { id } = await fullSection(w)
    const student = await w.student()
    const DB = meanwhile(() => join(w, id, student.id))
    expect(await changing(id, 2, DB)).toBe('200')
    expect(await enrolledIn(w, id)).toContain(student.id)
  })

  test('taking the last seat away while somebody takes it says so, whoever comes first', async () => {
    for (let round = 0; round < 5; round += 1) {
      const section = await w.section({ capacity: 1 })
      const student = await w.student()
      const [seat, change] = await Promise.all([
        w.registrar.post(`/sections/${section.id}/enroll`, { student_id: student.id }),
        w.registrar.patch(`/sections/${section.id}`, { capacity: 0 }),
      ])
      const outcome = [seat.error?.code ?? 'enrolled', change.error?.code ?? 'changed']
      expect([
        ['enrolled', 'SECTION_CAPACITY_BELOW_SEATS'],
        ['SECTION_FULL', 'changed'],
      ]).toContainEqual(outcome)
    }
  })

  test('to a number that is taken answers 409', async () => {
    const one = await w.section({ number: '1' })
    const other = await w.section({ course_id: Number(one['course_id']), term_id: Number(one['term_id']), number: '2' })
    const answer = await w.registrar.patch(`/sections/${other.id}`, { number: '1' })
    expect([answer.status, answer.error?.code]).toEqual([409, 'SECTION_NUMBER_TAKEN'])
    expect(answer.error?.message).toBe('This course already has a section 1 in this term. Choose another number.')
  })

  test('to a course or term that is not there answers 404', async () => {
    const section = await w.section()
    const noCourse = await w.registrar.patch(`/sections/${section.id}`, { course_id: 999_999 })
    expect([noCourse.status, noCourse.error?.code]).toEqual([404, 'SECTION_COURSE_NOT_FOUND'])
    const noTerm = await w.registrar.patch(`/sections/${section.id}`, { term_id: 999_999 })
    expect([noTerm.status, noTerm.error?.code]).toEqual([404, 'SECTION_TERM_NOT_FOUND'])
  })

  test('leaves an audit row with old and new values', async () => {
    const section = await w.section()
    await w.registrar.patch(`/sections/${section.id}`, { capacity: 40, number: '7' })
    const [audit] = await auditRows('section', section.id)
    expect(audit).toMatchObject({ action: 'section.update', status: 200 })
    expect(JSON.parse(audit!.changes)).toEqual({
      number: { old: '1', new: '7' },
      capacity: { old: 30, new: 40 },
    })
  })

  test('to the values it has writes nothing', async () => {
    const section = await w.section()
    const before = await countRows('audit_log')
    const same = await w.registrar.patch(`/sections/${section.id}`, { capacity: 30, number: '1' })
    expect(same.data).toEqual(section)
    expect(await countRows('audit_log')).toBe(before)
  })
})

describe('deleting a section', () => {
  test('hides it from get, list and search, and frees its number', async () => {
    const course = await w.course({ title: 'Μετεωρολογία' })
    const section = await w.section({ course_id: course.id })
    expect((await w.registrar.delete(`/sections/${section.id}`)).status).toBe(204)
    expect((await w.registrar.get(`/sections/${section.id}`)).error?.code).toBe('SECTION_NOT_FOUND')
    expect((await w.registrar.get(`/sections?course_id=${course.id}`)).data.items).toEqual([])
    expect((await w.registrar.get('/sections?search=μετεωρολογια')).data.total).toBe(0)
    const again = await w.section({ course_id: course.id, term_id: Number(section['term_id']) })
    expect(again['number']).toBe(section['number'])
    const refused = await w.registrar.post(`/sections/${section.id}/restore`)
    expect([refused.status, refused.error?.code]).toEqual([409, 'SECTION_NUMBER_TAKEN'])
  })

  test('with enrollments, even ended ones, or assessments is refused', async () => {
    const enrolled = await w.section()
    const seat = await w.enroll(enrolled.id, (await w.student()).id)
    expect((await w.registrar.delete(`/sections/${enrolled.id}`)).error?.code).toBe('SECTION_IN_USE')
    await w.registrar.post(`/enrollments/${seat.id}/drop`)
    const answer = await w.registrar.delete(`/sections/${enrolled.id}`)
    expect([answer.status, answer.error?.code]).toEqual([409, 'SECTION_IN_USE'])
    const assessed = await w.section()
    await w.assessment(assessed.id)
    expect((await w.registrar.delete(`/sections/${assessed.id}`)).error?.code).toBe('SECTION_IN_USE')
  })

  test('can be undone while its course and term are there', async () => {
    const [one, other] = [await w.section({ capacity: 12 }), await w.section()]
    for (const { id } of [one, other]) await w.registrar.delete(`/sections/${id}`)
    const restored = await w.registrar.post(`/sections/${one.id}/restore`)
    expect(restored.data).toEqual({ ...one, version: 3, updated_at: restored.data.updated_at })
    await w.registrar.delete(`/courses/${Number(other['course_id'])}`)
    const refused = await w.registrar.post(`/sections/${other.id}/restore`)
    expect([refused.status, refused.error?.code]).toEqual([404, 'SECTION_COURSE_NOT_FOUND'])
    expect(refused.error?.message).toBe(`Course with id ${Number(other['course_id'])} not found.`)
  })
})
