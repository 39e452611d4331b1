import { beforeAll, describe, expect, inject, test } from 'vitest'
import type { AnswerAt } from '../answer-at.ts'
import { type Caller, signIn } from './client.ts'
import { textOf } from './paper.ts'

let registrar: Caller

beforeAll(async () => {
  registrar = await signIn(inject('url'), 'registrar')
})

describe('a student', () => {
  let me: Caller
  let myId: number
  let other: AnswerAt<'GET', '/students/:'>

  beforeAll(async () => {
    me = await signIn(inject('url'), 'student')
    myId = (await me.get('/auth/me')).data.student_id!
    const { student_id } = (await (await signIn(inject('url'), 'student2')).get('/auth/me')).data
    other = (await registrar.get(`/students/${student_id}`)).data
  })

  test('reads the own record', async () => {
    const { status, data } = await me.get(`/students/${myId}`)
    expect(status).toBe(200)
    expect(data).toMatchObject({ id: myId, email: 's001@students.lyceum.example', last_name: 'Παπαδόπουλος' })
  })

  test('does not find the record of another student by id', async () => {
    await expectNotFound(me, `/students/${other.id}`, 'STUDENT_NOT_FOUND')
  })

  test('does not find another student by list, search or filter', async () => {
    expect(await idsIn(me, '/students')).toEqual([myId])
    expect(await idsIn(me, `/students?search=${encodeURIComponent(other.last_name!)}`)).toEqual([])
    expect(await idsIn(me, `/students?student_number=${other.student_number}`)).toEqual([])
    expect(await idsIn(me, `/students?email__contains=${encodeURIComponent(other.email.slice(0, 6))}`)).toEqual([])
    expect(await idsIn(registrar, `/students?search=${encodeURIComponent(other.last_name!)}`)).toContain(other.id)
  })

  test.for(['/enrollments', '/results', '/assessment-scores', '/transcripts/jobs'] as const)(
    'does not find the rows of another student in %s',
    async (path) => {
      const foreign = await registrar.first(`${path}?student_id=${other.id}`)
      expect(foreign.student_id).toBe(other.id)
      expect(await idsIn(me, `${path}?student_id=${other.id}`)).toEqual([])
      expect((await me.all(path)).filter(({ student_id }) => student_id !== myId)).toEqual([])
      expect((await me.get(`${path}/${foreign.id}`)).status).toBe(404)
    },
  )

  test('does not find the grade, the transcript or the transcript file of another student', async () => {
    const theirs = await registrar.first(`/enrollments?student_id=${other.id}`)
    const job = await registrar.first(`/transcripts/jobs?student_id=${other.id}&status=ready`)
    await expectNotFound(me, `/students/${other.id}/sections/${theirs.section_id}/final-grade`, 'SECTION_NOT_FOUND')
    await expectNotFound(me, `/transcripts/${other.id}`, 'STUDENT_NOT_FOUND')
    await expectNotFound(me, `/transcripts/jobs/${job.id}/file`, 'TRANSCRIPT_JOB_NOT_FOUND')
    const { status, error } = await me.post('/transcripts/enqueue', { student_id: other.id })
    expect([status, error?.code]).toEqual([404, 'STUDENT_NOT_FOUND'])
  })

  test('cannot enroll or drop another student', async () => {
    const theirs = await registrar.first(`/enrollments?student_id=${other.id}&status=enrolled`)
    const enrolled = await me.post(`/sections/${theirs.section_id}/enroll`, { student_id: other.id })
    expect([enrolled.status, enrolled.error?.code]).toEqual([404, 'STUDENT_NOT_FOUND'])
    const dropped = await me.post(`/enrollments/${theirs.id}/drop`)
    expect([dropped.status, dropped.error?.code]).toEqual([404, 'ENROLLMENT_NOT_FOUND'])
    expect((await registrar.get(`/enrollments/${theirs.id}`)).data.status).toBe('enrolled')
  })

  test('sees no draft of the own results by id, list or filter', async () => {
    const draft = await registrar.first(`/results?student_id=${myId}&state=draft`)
    expect(draft.state).toBe('draft')
    await expectNotFound(me, `/results/${draft.id}`, 'RESULT_NOT_FOUND')
    expect(await idsIn(me, '/results?state=draft')).toEqual([])
    expect(await idsIn(me, `/results?section_id=${draft.section_id}`)).toEqual([])
    expect((await me.all('/results')).map(({ course_code, state }) => [course_code, state])).toEqual([
      ['INF101', 'frozen'],
      ['INF102', 'frozen'],
    ])
  })

  test('has a transcript without drafts', async () => {
    const { bytes } = await me.download(`/transcripts/${myId}?language=en`)
    const text = await textOf(bytes)
    expect(text.match(/\b(INF|PHI)\d{3}\b/g)).toEqual(['INF101', 'INF102'])
  })

  test('sees no score of an assessment that is not released', async () => {
    const hidden = await registrar.first('/assessments?released=false&type=final')
    const score = await registrar.first(`/assessment-scores?student_id=${myId}&section_id=${hidden.section_id}`)
    const all = await registrar.all(`/assessment-scores?student_id=${myId}&assessment_id=${hidden.id}`)
    expect(score.section_id).toBe(hidden.section_id)
    expect(all.length).toBe(1)
    await expectNotFound(me, `/assessment-scores/${all[0]!.id}`, 'SCORE_NOT_FOUND')
    expect(await idsIn(me, `/assessment-scores?assessment_id=${hidden.id}`)).toEqual([])
    const { data } = await me.get(`/students/${myId}/sections/${hidden.section_id}/final-grade`)
    expect(data.breakdown.map(({ assessment_id }) => assessment_id)).not.toContain(hidden.id)
  })

  test.for(['/audit/logs', '/sections/1/gradebook', '/sections/1/final-grades'])('may not read %s', async (path) => {
    const { status, error } = await me.get(path)
    expect([status, error?.code]).toEqual([403, 'HTTP_403'])
  })
})

describe('a teacher', () => {
  let teacher: Caller
  let own: { id: number }
  let foreign: { id: number }

  beforeAll(async () => {
    teacher = await signIn(inject('url'), 'teacher')
    own = await demoSection('INF202')
    foreign = await demoSection('PHI202')
  })

  test('reads and writes the gradebook of an own section', async () => {
    const { status, data } = await teacher.get(`/sections/${own.id}/gradebook`)
    expect(status).toBe(200)
    expect(data.students.length).toBe(36)
    const midterm = data.assessments[0]!
    const first = data.students[0]!
    const scores = [{ assessment_id: midterm.id, student_id: first.student_id, score: 77.25 }]
    const saved = await teacher.put(`/sections/${own.id}/gradebook`, { scores })
    expect(saved.data).toEqual({ created: 0, updated: 1, skipped: 0, failed: 0, errors: [] })
    const score = await teacher.first(`/assessment-scores?assessment_id=${midterm.id}&student_id=${first.student_id}`)
    expect(score.score).toBe(77.25)
  })

  test('sees the students, enrollments, assessments, scores and results of own sections only', async () => {
    const me = (await teacher.get('/auth/me')).data.id
    const sections = await registrar.all('/sections')
    const mine: number[] = []
    for (const { id } of sections) {
      const { data } = await registrar.get(`/sections/${id}/instructors`)
      if (data.instructors.some(({ user_id }) => user_id === me)) mine.push(id)
    }
    expect(mine.length).toBe(4)
    for (const path of ['/enrollments', '/assessments', '/assessment-scores', '/results'] as const) {
      const seen = (await teacher.all(path)).map(({ section_id }) => section_id)
      const there = (await registrar.all(path)).map(({ section_id }) => section_id)
      expect(seen.toSorted()).toEqual(there.filter((id) => mine.includes(id)).toSorted())
    }
    const taught = (await registrar.all('/enrollments')).filter(({ section_id }) => mine.includes(section_id))
    const expected = new Set(taught.map(({ student_id }) => student_id))
    expect(new Set((await teacher.all('/students')).map(({ id }) => id))).toEqual(expected)
  })

  test('does not find the gradebook, the rows or the students of a foreign section', async () => {
    const seat = await registrar.first(`/enrollments?section_id=${foreign.id}`)
    const score = await registrar.first(`/assessment-scores?section_id=${foreign.id}`)
    const assessment = await registrar.first(`/assessments?section_id=${foreign.id}`)
    await expectNotFound(teacher, `/sections/${foreign.id}/gradebook`, 'SECTION_NOT_FOUND')
    await expectNotFound(teacher, `/sections/${foreign.id}/final-grades`, 'SECTION_NOT_FOUND')
    await expectNotFound(teacher, `/enrollments/${seat.id}`, 'ENROLLMENT_NOT_FOUND')
    await expectNotFound(teacher, `/assessment-scores/${score.id}`, 'SCORE_NOT_FOUND')
    await expectNotFound(teacher, `/assessments/${assessment.id}`, 'ASSESSMENT_NOT_FOUND')
    expect(await idsIn(teacher, `/enrollments?section_id=${foreign.id}`)).toEqual([])
  })

  test('writes nothing in a foreign section', async () => {
    const assessment = await registrar.first(`/assessments?section_id=${foreign.id}`)
    const score = await registrar.first(`/assessment-scores?section_id=${foreign.id}`)
    const item = { assessment_id: assessment.id, student_id: score.student_id, score: 100 }
    const refusals = [
      await teacher.put(`/sections/${foreign.id}/gradebook`, { scores: [item] }),
      await teacher.post('/assessments', { section_id: foreign.id, type: 'quiz', title: 'Quiz', weight: 0 }),
      await teacher.post('/assessment-scores', item),
      await teacher.patch(`/assessment-scores/${score.id}`, { score: 100 }),
      await teacher.patch(`/assessments/${assessment.id}`, { title: 'Mine' }),
      await teacher.post(`/sections/${foreign.id}/results/compute`),
    ]
    expect(refusals.map(({ status, error }) => [status, error?.code])).toEqual([
      [404, 'SECTION_NOT_FOUND'],
      [404, 'SECTION_NOT_FOUND'],
      [404, 'ASSESSMENT_NOT_FOUND'],
      [404, 'SCORE_NOT_FOUND'],
      [404, 'ASSESSMENT_NOT_FOUND'],
      [404, 'SECTION_NOT_FOUND'],
    ])
    expect((await registrar.get(`/assessment-scores/${score.id}`)).data).toEqual(score)
    expect((await registrar.get(`/assessments/${assessment.id}`)).data).toEqual(assessment)
  })

  test('neither publishes nor freezes, and enrolls nobody', async () => {
    const refusals = [
      await teacher.post('/results/publish', { section_id: own.id }),
      await teacher.post('/results/freeze', { section_id: own.id }),
      await teacher.post(`/sections/${own.id}/enroll`, { student_id: 1 }),
    ]
    expect(refusals.map(({ status, error }) => [status, error?.code])).toEqual(refusals.map(() => [403, 'HTTP_403']))
  })
})

async function expectNotFound(caller: Caller, path: string, code: string) {
  const { status, error } = await caller.get(path)
  expect([path, status, error?.code]).toEqual([path, 404, code])
}

const idsIn = async (caller: Caller, path: string) => ((await caller.all(path)) as { id: number }[]).map(({ id }) => id)

async function demoSection(course_code: string): Promise<{ id: number }> {
  const sections = await registrar.all('/sections')
  return sections.find((section) => section.course_code === course_code)!
}
