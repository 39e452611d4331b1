import { beforeAll, describe, expect, test } from 'vitest'
import { badFields } from '../../call.ts'
import { counts, csv, importFile } from '../../exchange/import/files.ts'
import { auditRows, countRows, type World, world } from '../../world.ts'

let w: World
let parents: { course_id: number; term_id: number }
beforeAll(async () => {
  w = await world()
  parents = { course_id: (await w.course()).id, term_id: (await w.term()).id }
})

describe('creating a section', () => {
  test('answers the row with its defaults and the names of its course and term', async () => {
    const course = await w.course({ title: 'Algebra', title_el: 'Άλγεβρα' })
    const term = await w.term()
    const answer = await w.registrar.post('/sections', { course_id: course.id, term_id: term.id })
    expect(answer.status).toBe(201)
    expect(answer.data).toEqual({
      id: answer.data.id,
      course_id: course.id,
      term_id: term.id,
      number: '1',
      instructors: [],
      capacity: 30,
      waitlist_capacity: 0,
      seats_taken: 0,
      code: course['code'],
      title: 'Algebra',
      title_el: 'Άλγεβρα',
      credits: 6,
      grading_scheme: null,
      absence_penalty: null,
      attendance_rule: null,
      course_code: course['code'],
      course_title: 'Algebra',
      course_title_el: 'Άλγεβρα',
      term_code: term['code'],
      version: 1,
      created_at: answer.data.updated_at,
      updated_at: expect.any(String),
    })
  })

  test('leaves one audit row', async () => {
    const { data } = await w.registrar.post('/sections', { ...parents, number: 'AUDIT', capacity: 12 })
    const [audit, ...others] = await auditRows('section', data.id)
    expect(others).toEqual([])
    expect(audit).toMatchObject({ action: 'section.create', actor_id: w.registrar.userId, status: 201 })
    expect(JSON.parse(audit!.changes)).toEqual({
      course_id: { new: parents.course_id },
      term_id: { new: parents.term_id },
      number: { new: 'AUDIT' },
      capacity: { new: 12 },
      waitlist_capacity: { new: 0 },
    })
  })

  test('with a number that its course has in this term answers 409', async () => {
    await w.section({ ...parents, number: 'A' })
    const before = [await countRows('section'), await countRows('audit_log')]
    const answer = await w.registrar.post('/sections', { ...parents, number: 'A' })
    expect([answer.status, answer.error?.code]).toEqual([409, 'SECTION_NUMBER_TAKEN'])
    expect(answer.error?.message).toBe('This course already has a section A in this term. Choose another number.')
    expect([await countRows('section'), await countRows('audit_log')]).toEqual(before)
  })

  test.each([
    ['２', '2'],
    ['a', 'A'],
    ['Α', 'A'],
    ['A\u00AD', 'A'],
  ])(
    'numbered %s is refused beside %s, which is named, and so are a change, a line and a return',
    async (number, there) => {
      const place = { course_id: (await w.course()).id, term_id: (await w.term()).id }
      const other = await w.section({ ...place, number: there })
      const refused = [409, 'SECTION_NUMBER_TAKEN', other.id]
      const told = (answer: Awaited<ReturnType<typeof w.registrar.patch>>) => [
        answer.status,
        answer.error?.code,
        (answer.error!.details as { id?: number }).id,
      ]
      expect(told(await w.registrar.post('/sections', { ...place, number }))).toEqual(refused)
      const free = await w.section({ ...place, number: 'B7' })
      expect(told(await w.registrar.patch(`/sections/${free.id}`, { number }))).toEqual(refused)
      await w.registrar.delete(`/sections/${other.id}`)
      await w.registrar.patch(`/sections/${free.id}`, { number })
      const back = await w.registrar.post(`/sections/${other.id}/restore`)
      expect(told(back)).toEqual([409, 'SECTION_NUMBER_TAKEN', free.id])
      const { course_code, term_code } = free
      const file = csv([{ course_code, term_code, number: there, capacity: 7 }])
      expect(counts(await importFile(w.registrar, 'sections', file))).toEqual([0, 1, 0, 0])
      expect((await w.registrar.get(`/sections/${free.id}`)).data).toMatchObject({
        number: number.replace('\u00AD', ''),
        capacity: 7,
      })
    },
  )

  test('given by the system is told apart, too', async () => {
    const place = { course_id: (await w.course()).id, term_id: (await w.term()).id }
    const { number } = await w.section({ ...place, number: undefined })
    expect(number).toBe('1')
    expect((await w.registrar.post('/sections', { ...place, number: '１' })).error?.code).toBe('SECTION_NUMBER_TAKEN')
  })

  test('may share its number with other courses and terms', async () => {
    await w.section({ ...parents, number: 'B' })
    expect((await w.section({ course_id: parents.course_id, number: 'B' })).version).toBe(1)
    expect((await w.section({ term_id: parents.term_id, number: 'B' })).version).toBe(1)
  })

  test('of a course or in a term that is not there answers 404', async () => {
    const noCourse = await w.registrar.post('/sections', { ...parents, course_id: 999_999, number: 'C' })
    expect([noCourse.status, noCourse.error?.code]).toEqual([404, 'SECTION_COURSE_NOT_FOUND'])
    expect(noCourse.error?.message).toBe('Course with id 999999 not found.')
    const noTerm = await w.registrar.post('/sections', { ...parents, term_id: 999_999, number: 'C' })
    expect([noTerm.status, noTerm.error?.code]).toEqual([404, 'SECTION_TERM_NOT_FOUND'])
    expect(noTerm.error?.message).toBe('Term with id 999999 not found.')
  })

  test('of a deleted course answers 404', async () => {
    const course = await w.course()
    await w.registrar.delete(`/courses/${course.id}`)
    const answer = await w.registrar.post('/sections', { ...parents, course_id: course.id })
    expect([answer.status, answer.error?.code]).toEqual([404, 'SECTION_COURSE_NOT_FOUND'])
  })

  test.each([
    ['02', '2'],
    ['2', '02'],
    ['O1', '01'],
  ])('warns of the number %s beside %s', async (number, there) => {
    const place = { course_id: (await w.course()).id, term_id: (await w.term()).id }
    const other = await w.section({ ...place, number: there })
    await w.section({ ...place, number: 'B7' })
    const elsewhere = await w.registrar.post('/sections', { ...place, term_id: (await w.term()).id, number })
    expect([elsewhere.status, elsewhere.data.warnings]).toEqual([201, undefined])
    const { status, data } = await w.registrar.post('/sections', { ...place, number })
    expect([status, data.warnings, data.alike_ids]).toEqual([201, ['LOOKS_ALIKE'], [other.id]])
  })

  test('takes no seats as capacity', async () => {
    expect((await w.section({ capacity: 0 }))['capacity']).toBe(0)
  })

  test.each([
    ['capacity', -1],
    ['capacity', 2.5],
    ['capacity', 100_001],
    ['capacity', null],
    ['waitlist_capacity', -1],
    ['course_id', 0],
    ['number', ' 1\n2'],
    ['number', '12345678901'],
    ['seats_taken', 3],
    ['instructors', []],
  ])('refuses the %s %j', async (field, value) => {
    const answer = await w.registrar.post('/sections', { ...parents, [field]: value })
    expect([answer.status, answer.error?.code]).toEqual([422, 'VALIDATION_ERROR'])
    expect([...new Set(badFields(answer))]).toEqual([`body.${field}`])
  })
})
