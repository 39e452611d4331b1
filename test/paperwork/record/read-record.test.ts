import { beforeAll, describe, expect, test } from 'vitest'
import { refusal } from '../../call.ts'
import type * as z from 'zod'
import type { StudentRecord } from '#/paperwork/record/schema.ts'
import { timingOf } from '../../platform/http/serve.ts'
import { type Persona, type World, world } from '../../world.ts'
import { computed, type GradedSection, gradedSection, published } from '../../grading/graded-section.ts'
import { dayFromNow, underWay } from '../../under-way.ts'

let w: World
let me: Persona
let program: { id: number }
/** Published, frozen, draft and not graded at all, each in a section with a teacher of its own. */
let sections: Record<'spring' | 'frozen' | 'draft' | 'empty', GradedSection>
let ids: { spring: number; autumn: number }

beforeAll(async () => {
  w = await world()
  program = await w.program({ title: 'Philology', title_el: 'Φιλολογία', repeat_policy: 'last' })
  me = await w.studentPersona({ student_number: 'REC-1', program_id: program.id })
  const [spring, autumn] = [
    await w.term({ name: 'Spring', name_el: 'Εαρινό', start_date: '2025-02-01', end_date: '2025-06-30' }),
    await w.term({ name: 'Autumn', ...underWay }),
  ]
  ids = { spring: spring.id, autumn: autumn.id }
  const inTerm = (term_id: number, course: object, mark: number | null) =>
    gradedSection(w, { term_id, course, students: [me.studentId!], marks: [[mark]] })
  sections = {
    spring: await inTerm(spring.id, { title: 'Homer', title_el: 'Όμηρος', credits: 6 }, 80),
    frozen: await inTerm(autumn.id, { title: 'Sappho', credits: 3, code: 'REC-A' }, 95),
    draft: await inTerm(autumn.id, { title: 'Pindar', credits: 5, code: 'REC-B' }, 61.37),
    empty: await inTerm(autumn.id, { title: 'Plato', credits: 5, code: 'REC-C' }, null),
  }
  for (const [i, status] of ['present', 'present', 'absent', 'late'].entries()) {
    const record = { section_id: sections.frozen.id, student_id: me.studentId, status, date: dayFromNow(i - 10) }
    expect((await w.registrar.post('/attendance', record)).error).toBeNull()
  }
  await published(w, sections.spring)
  await published(w, sections.frozen)
  await w.registrar.post('/results/freeze', { section_id: sections.frozen.id })
  await computed(w, sections.draft)
  const hold = { kind: 'financial', blocks: ['graduation'], office: 'Treasury', reason: 'Secret reason' }
  await w.registrar.post(`/students/${me.studentId}/holds`, hold)
  const { data } = await w.registrar.post(`/students/${me.studentId}/holds`, hold)
  await w.registrar.post(`/holds/${data.id}/release`)
})

type RecordOf = z.output<typeof StudentRecord>

const recordFor = async (by: Persona, id = by.studentId ?? me.studentId): Promise<RecordOf> =>
  (await by.get(`/students/${id}/record`)).data

const rowsOf = (record: RecordOf) => record.terms.flatMap(({ sections }) => sections)
const statesOf = (record: RecordOf) =>
  rowsOf(record).map(({ section_id, result }) => [section_id, result?.state ?? null])

describe('the record of a student', () => {
  test('is in one answer and one round trip', async () => {
    for (const by of [w.registrar, me, sections.draft.teacher])
      expect(timingOf(await by.get(`/students/${me.studentId}/record`)).roundTrips).toBe(1)
  })

  test('says who it is about, and what was taken when', async () => {
    const record = await recordFor(w.registrar)
    expect(record.student).toEqual({
      id: me.studentId,
      student_number: 'REC-1',
      first_name: 'Ελένη',
      last_name: 'Παππά',
      status: 'active',
      study_year: 1,
      program: expect.objectContaining({ id: program.id, title: 'Philology', title_el: 'Φιλολογία' }),
    })
    expect(record.terms.map(({ term_id }) => term_id)).toEqual([ids.spring, ids.autumn])
    expect(record.terms[0]).toMatchObject({ term_name: 'Spring', term_name_el: 'Εαρινό' })
    expect(record.terms[0]?.sections[0]).toMatchObject({
      course_title: 'Homer',
      course_title_el: 'Όμηρος',
      credits: 6,
      enrollment: { status: 'completed', ended_at: expect.any(String) },
      attendance: null,
      result: { state: 'published', outcome: 'pass', percentage: 80, letter: 'B+', counted: true },
    })
  })

  test('has attendance per section', async () => {
    const row = rowsOf(await recordFor(me)).find(({ section_id }) => section_id === sections.frozen.id)
    expect(row).toMatchObject({
      attendance: { present: 2, absent: 1, late: 1, excused: 0, records: 4, percentage: 75, eligible: true },
    })
  })

  test('has averages by term and overall, of official results only', async () => {
    const record = await recordFor(w.registrar)
    const percentage = rowsOf(record).find(({ section_id }) => section_id === sections.frozen.id)?.result?.percentage
    const standings = record.terms.map(({ standing }) => standing)
    expect(standings).toEqual([
      { average: 80, gpa: 3.2, credits_earned: 6 },
      { average: percentage, gpa: 3.8, credits_earned: 3 },
    ])
    expect(record.standing).toEqual({ average: 85, gpa: 3.4, credits_earned: 9, credits_attempted: 9 })
    expect((await recordFor(me)).standing).toEqual(record.standing)
  })

  test('has the holds in force, without their reasons', async () => {
    const { holds } = await recordFor(me)
    expect(holds).toEqual([
      {
        id: expect.any(Number),
        kind: 'financial',
        blocks: ['graduation'],
        office: 'Treasury',
        from: expect.any(String),
        until: null,
      },
    ])
    expect(JSON.stringify(await recordFor(w.registrar))).not.toContain('Secret reason')
  })
})

describe('who reads what', () => {
  test('the registry everything, drafts marked as such', async () => {
    const record = await recordFor(w.registrar)
    expect(statesOf(record)).toEqual([
      [sections.spring.id, 'published'],
      [sections.frozen.id, 'frozen'],
      [sections.draft.id, 'draft'],
      [sections.empty.id, null],
    ])
    expect(rowsOf(record)[2]!.result).toMatchObject({ percentage: 61.37, counted: false })
  })

  test('the student everything but drafts', async () => {
    const record = await recordFor(me)
    expect(statesOf(record)).toEqual([
      [sections.spring.id, 'published'],
      [sections.frozen.id, 'frozen'],
      [sections.draft.id, null],
      [sections.empty.id, null],
    ])
    expect(JSON.stringify(record)).not.toContain('61.37')
  })

  test('an instructor the own sections, and nothing that tells of others', async () => {
    const record = await recordFor(sections.draft.teacher)
    expect(statesOf(record)).toEqual([[sections.draft.id, 'draft']])
    expect(record).toMatchObject({ standing: null, holds: null, terms: [{ term_id: ids.autumn, standing: null }] })
    expect(JSON.stringify(record)).not.toContain('Homer')
  })

  test('another student and an instructor of others nothing', async () => {
    for (const by of [await w.studentPersona(), await w.teacher()])
      expect(refusal(await by.get(`/students/${me.studentId}/record`))).toEqual([404, 'STUDENT_NOT_FOUND'])
    expect(refusal(await w.registrar.get('/students/999999/record'))).toEqual([404, 'STUDENT_NOT_FOUND'])
  })
})

test('a repeated course counts by the policy of the program, and credits are earned once', async () => {
  const student = await w.studentPersona({ program_id: program.id })
  const course = await w.course({ credits: 4 })
  for (const [term_id, mark] of [
    [ids.spring, 90],
    [ids.autumn, 70],
  ] as const)
    await published(
      w,
      await gradedSection(w, { course_id: course.id, term_id, students: [student.studentId!], marks: [[mark]] }),
    )
  const record = await recordFor(student)
  expect(rowsOf(record).map(({ result }) => [result?.percentage, result?.counted])).toEqual([
    [90, false],
    [70, true],
  ])
  expect(record.standing).toMatchObject({ average: 70, credits_earned: 4 })
})

test('a seat that was given back is shown until the student comes back', async () => {
  const [student, section] = [await w.studentPersona(), await w.section()]
  const { id } = await w.enroll(section.id, student.studentId!)
  await w.registrar.post(`/enrollments/${id}/drop`)
  const statusNow = async () => (await recordFor(student)).terms[0]?.sections.map(({ enrollment }) => enrollment)
  expect(await statusNow()).toMatchObject([{ id, status: 'dropped', ended_at: expect.any(String) }])
  const again = await w.enroll(section.id, student.studentId!)
  expect(await statusNow()).toMatchObject([{ id: again.id, status: 'enrolled' }])
})

test('a student without anything has an empty record', async () => {
  const student = await w.studentPersona()
  expect(await recordFor(student)).toMatchObject({
    student: { program: null },
    terms: [],
    standing: { average: null, gpa: null, credits_earned: 0, credits_attempted: 0 },
    holds: [],
  })
})
