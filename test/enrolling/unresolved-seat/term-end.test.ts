import { beforeAll, describe, expect, test } from 'vitest'
import { refusal } from '../../call.ts'
import { computed, gradedSection, published } from '../../grading/graded-section.ts'
import { racing } from '../../platform/database/between.ts'
import { codeOf, json, serveWith } from '../../platform/http/serve.ts'
import { dayFromNow, future, underWay } from '../../under-way.ts'
import { auditRows, type World, world } from '../../world.ts'

let w: World
let term: number
let official: Awaited<ReturnType<typeof gradedSection>>
/** One seat for each reason; those of `idle` have no work to be graded. */
let places: Record<'no_work' | 'no_result' | 'draft_result', number>
beforeAll(async () => {
  w = await world()
  term = (await w.term(underWay)).id
  official = await gradedSection(w, { marks: [[80], [10]], term_id: term })
  await published(w, official)
  const idle = await w.section({ term_id: term, capacity: 2 })
  for (let n = 0; n < 2; n += 1) await w.enroll(idle.id, (await w.student()).id)
  const begun = await gradedSection(w, { marks: [[70]], term_id: term })
  const drafted = await gradedSection(w, { marks: [[70]], term_id: term })
  await computed(w, drafted)
  places = { no_work: idle.id, no_result: begun.id, draft_result: drafted.id }
})

const seatsOf = async (section: number) => (await w.registrar.get(`/enrollments?section_id=${section}`)).data.items

describe('an official result', () => {
  test('completes the seat in the same write, passed or not, and frees none', async () => {
    const states = (await seatsOf(official.id)).map(({ status, end_reason }) => [status, end_reason])
    expect(states).toEqual([
      ['completed', 'completed'],
      ['completed', 'completed'],
    ])
    expect((await w.registrar.get(`/sections/${official.id}`)).data.seats_taken).toBe(2)
    await w.registrar.patch(`/sections/${official.id}`, { capacity: 2, waitlist_capacity: 1 })
    const { id: student_id } = await w.student()
    expect(refusal(await w.registrar.post(`/sections/${official.id}/enroll`, { student_id }))).toEqual([
      400,
      'SECTION_FULL',
    ])
    expect((await w.registrar.post(`/sections/${official.id}/waitlist`, { student_id })).status).toBe(201)
    const again = await w.registrar.post(`/sections/${official.id}/waitlist`, { student_id: official.students[0]! })
    expect(refusal(again)).toEqual([409, 'ALREADY_ENROLLED'])
    const book = (await w.registrar.get(`/sections/${official.id}/gradebook`)).data
    expect(book.students.map(({ student_id: one }) => one)).toEqual(official.students)
    const ids = (await seatsOf(official.id)).map(({ id }) => id)
    const acts = await auditRows('section', official.id)
    const publication = acts.find(({ action }) => action === 'result.publish')
    expect(JSON.parse(publication!.changes)).toMatchObject({ completed: { new: ids } })
    for (const id of ids) {
      const [row] = await auditRows('enrollment', id)
      expect([row!.action, JSON.parse(row!.changes)]).toMatchObject([
        'enrollment.complete',
        { status: { old: 'enrolled', new: 'completed' }, end_reason: { new: 'completed' } },
      ])
    }
    const results = (await w.registrar.get(`/results?section_id=${official.id}`)).data.items
    for (const { id } of results) {
      const [row] = await auditRows('result', id)
      expect([row!.action, JSON.parse(row!.changes)]).toEqual([
        'result.publish',
        { state: { old: 'draft', new: 'published' } },
      ])
    }
  })
})

describe('what has none', () => {
  test('is listed with the reason, and counted when the term closes', async () => {
    const { data } = await w.registrar.get(`/terms/${term}/unresolved?ordering=id`)
    expect(data.items.map(({ section_id, why }) => [section_id, why])).toEqual([
      [places.no_work, 'no_work'],
      [places.no_work, 'no_work'],
      [places.no_result, 'no_result'],
      [places.draft_result, 'draft_result'],
    ])
    const drafts = await w.registrar.get(`/terms/${term}/unresolved?why=draft_result`)
    expect([drafts.data.total, drafts.data.items[0]!.section_id]).toEqual([1, places.draft_result])
    expect(refusal(await w.registrar.get('/terms/999999/unresolved'))).toEqual([404, 'TERM_NOT_FOUND'])
    const early = await w.registrar.post(`/terms/${term}/complete`)
    expect(refusal(early)).toEqual([409, 'TERM_NOT_OVER'])
    expect(early.error!.message).toContain(underWay.end_date)
    for (const _ of ['closed', 'closed already'])
      expect((await w.registrar.post(`/terms/${term}/close`)).data).toMatchObject({ status: 'closed', unresolved: 4 })
  })

  test('stays open when the term is completed, but where there is no work to grade; of two at once one does it', async () => {
    await w.registrar.post(`/terms/${term}/close`)
    const databases = racing(2)
    const complete = async (DB: D1Database) =>
      codeOf(
        await serveWith(
          { DB },
          `/api/v1/terms/${term}/complete`,
          json('POST', {}, { authorization: `Bearer ${w.registrar.token}` }),
        ),
      )
    expect(await Promise.all(databases.map(complete))).toEqual(['200', '200'])
    expect((await seatsOf(places.no_work)).map(({ status }) => status)).toEqual(['completed', 'completed'])
    for (const id of [places.no_result, places.draft_result])
      expect((await seatsOf(id)).map(({ status }) => status)).toEqual(['enrolled'])
    expect((await w.registrar.get(`/sections/${places.no_work}`)).data.seats_taken).toBe(2)
    const acts = (await auditRows('term', term)).filter(({ action }) => action === 'term.complete')
    expect(acts.map(({ changes }) => JSON.parse(changes))).toEqual([
      { completed: { new: 2 }, sections: { new: [places.no_work] } },
    ])
    for (const { id } of await seatsOf(places.no_work)) {
      const [row, ...others] = await auditRows('enrollment', id)
      expect([row!.action, others.map(({ action }) => action)]).toEqual(['enrollment.complete', ['enrollment.create']])
    }
    // A course that is not graded is had by who completed it.
    const { student_id } = (await seatsOf(places.no_work))[0]!
    const { course_id } = (await w.registrar.get(`/sections/${places.no_work}`)).data
    const next = await w.section({ term_id: (await w.term({ start_date: future, end_date: dayFromNow(200) })).id })
    await w.registrar.put(`/courses/${next.course_id}/prerequisites`, { prerequisites: [{ any_of: [{ course_id }] }] })
    expect((await w.registrar.post(`/sections/${next.id}/enroll`, { student_id })).status).toBe(201)
    expect((await w.registrar.post(`/terms/${term}/complete`)).data).toEqual({
      term_id: term,
      term_code: (await w.registrar.get(`/terms/${term}`)).data.code,
      completed: 0,
      unresolved: 2,
    })
  })
})
