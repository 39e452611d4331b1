import { beforeAll, describe, expect, inject, test } from 'vitest'
import { type Caller, signIn } from './client.ts'
import { textOf } from './paper.ts'
import { waitUntil } from './server.ts'

/** A term from its creation to the paper, as a registrar goes through it: each test goes on where the one before ended. */
describe('the main line of a term', () => {
  let registrar: Caller
  let section: { id: number }
  let late: { id: number }
  let students: { id: number; student_number: string }[]
  let exams: { id: number }[]
  let results: { id: number; student_id: number }[]

  beforeAll(async () => {
    registrar = await signIn(inject('url'), 'registrar')
  })

  test('a program, a course, a term, a section with two seats and three students are made', async () => {
    const program = await registrar.make('/programs', { code: 'MAIN', title: 'Main line', title_el: 'Κύρια γραμμή' })
    const course = await registrar.make('/courses', {
      code: 'MAIN101',
      title: 'Algebra',
      title_el: 'Άλγεβρα',
      credits: 6,
    })
    const term = await registrar.make('/terms', termOf('MAIN-1', 'open'))
    const closed = await registrar.make('/terms', termOf('MAIN-0', 'closed'))
    section = await registrar.make('/sections', { course_id: course.id, term_id: term.id, capacity: 2 })
    late = await registrar.make('/sections', { course_id: course.id, term_id: closed.id })
    students = []
    for (const n of [1, 2, 3]) students.push(await registrar.make('/students', studentOf(n, program.id)))
    expect(section).toMatchObject({ capacity: 2, seats_taken: 0, course_code: 'MAIN101', term_code: 'MAIN-1' })
    expect(students.map(({ student_number }) => student_number)).toEqual(['MAIN-1', 'MAIN-2', 'MAIN-3'])
  })

  test('two students get a seat', async () => {
    for (const { id } of students.slice(0, 2)) {
      const { status, data } = await enroll(section.id, id)
      expect(status).toBe(201)
      expect(data).toMatchObject({ section_id: section.id, student_id: id, status: 'enrolled' })
    }
    const { data } = await registrar.get(`/sections/${section.id}`)
    expect(data.seats_taken).toBe(2)
  })

  test('the third is refused because the capacity is reached', async () => {
    const { status, error } = await enroll(section.id, students[2]!.id)
    expect(status).toBe(400)
    expect(error).toMatchObject({
      code: 'SECTION_FULL',
      message: 'Section is at full capacity (2). There is no waitlist.',
    })
  })

  test('the same student is refused a second seat', async () => {
    const { status, error } = await enroll(section.id, students[0]!.id)
    expect(status).toBe(409)
    expect(error?.code).toBe('ALREADY_ENROLLED')
  })

  test('a closed term takes nobody', async () => {
    const { status, error } = await enroll(late.id, students[0]!.id)
    expect(status).toBe(400)
    expect(error).toMatchObject({
      code: 'TERM_CLOSED',
      message: 'The term MAIN-0 is closed and takes no enrollments. Choose a section of an open term.',
    })
  })

  test('a student who does not exist is not found', async () => {
    const { status, error } = await enroll(section.id, 99_999_999)
    expect(status).toBe(404)
    expect(error).toMatchObject({ code: 'STUDENT_NOT_FOUND', message: 'Student with id 99999999 not found.' })
  })

  test('weights of 60 and 50 are too much, 60 and 40 are not', async () => {
    const final = await registrar.make('/assessments', assessmentOf('final', 60))
    const { status, error } = await registrar.post('/assessments', assessmentOf('midterm', 50))
    expect(status).toBe(400)
    expect(error).toMatchObject({
      code: 'WEIGHT_EXCEEDED',
      message: 'Total weight for section cannot exceed 100%. Current total: 110%',
    })
    exams = [final, await registrar.make('/assessments', assessmentOf('midterm', 40))]
  })

  test('a score of 105 out of 100 is refused', async () => {
    const [final] = exams
    const { status, error } = await registrar.post('/assessment-scores', {
      assessment_id: final!.id,
      student_id: students[0]!.id,
      score: 105,
    })
    expect(status).toBe(400)
    expect(error).toMatchObject({
      code: 'SCORE_EXCEEDS_MAX',
      message: 'Score (105) cannot exceed max_score (100)',
    })
  })

  test('the gradebook takes the scores of both students at once', async () => {
    const scores = [
      [80, 95.5],
      [70, 44.98],
    ].flatMap((row, who) =>
      row.map((score, which) => ({ assessment_id: exams[which]!.id, student_id: students[who]!.id, score })),
    )
    const { status, data } = await registrar.put(`/sections/${section.id}/gradebook`, { scores })
    expect(status).toBe(200)
    expect(data).toEqual({ created: 4, updated: 0, skipped: 0, failed: 0, errors: [] })
  })

  test('the results are computed from the gradebook, letters from the unrounded percentage', async () => {
    const computed = await registrar.post(`/sections/${section.id}/results/compute`)
    expect(computed.data).toMatchObject({ section_id: section.id, created: 2 })
    results = await registrar.all(`/results?section_id=${section.id}`)
    expect(results).toMatchObject([
      { student_id: students[0]!.id, state: 'draft', outcome: 'pass', percentage: 86.2, letter: 'A', points: 3.45 },
      { student_id: students[1]!.id, state: 'draft', outcome: 'fail', percentage: 59.99, letter: 'F', points: 2.4 },
    ])
  })

  test('the section is published, and from then on a result is changed by a change request only', async () => {
    const published = await registrar.post('/results/publish', { section_id: section.id })
    expect(published.status).toBe(200)
    expect(published.data.results).toMatchObject([{ state: 'published' }, { state: 'published' }])
    await expectLocked('published')
  })

  test('the section is frozen, and its results stay locked', async () => {
    const frozen = await registrar.post('/results/freeze', { section_id: section.id })
    expect(frozen.status).toBe(200)
    expect(frozen.data.results).toMatchObject([{ state: 'frozen' }, { state: 'frozen' }])
    await expectLocked('frozen')
  })

  test('the transcript is issued at once, and by the queue with the same text', async () => {
    const { id, student_number } = students[0]!
    const direct = await registrar.download(`/transcripts/${id}?language=en`)
    expect(direct.headers.get('content-type')).toBe('application/pdf')
    expect(direct.headers.get('content-disposition')).toBe(`attachment; filename="transcript_${student_number}.pdf"`)

    const order = await registrar.post('/transcripts/enqueue', { student_id: id, language: 'en' })
    expect(order.status).toBe(202)
    expect(order.data.status).toBe('queued')
    const job = `/transcripts/jobs/${order.data.job_id}` as const
    await waitUntil(async () => (await registrar.get(job)).data.finished_at !== null, 'the transcript to be rendered')
    expect((await registrar.get(job)).data).toMatchObject({ status: 'ready', error_code: null, attempts: 1 })
    const queued = await registrar.download(`${job}/file`)

    const text = lasting(await textOf(direct.bytes))
    expect(text).toMatch(/MAIN101 +Algebra +6\.0 +A +86\.20 +3\.45/)
    expect(lasting(await textOf(queued.bytes))).toBe(text)
  })

  async function expectLocked(state: 'published' | 'frozen') {
    const path = `/results/${results[0]!.id}`
    const etag = (await registrar.get(path)).headers.get('etag')!
    const { status, error } = await registrar.patch(path, { percentage: 100, reason: 'A wish' }, { 'if-match': etag })
    expect(status).toBe(403)
    expect(error).toMatchObject({
      code: 'RESULT_LOCKED',
      message: `This result is ${state} and cannot be edited. Ask for a change with POST /api/v1/results/change-request.`,
    })
    expect((await registrar.get(path)).data).toMatchObject({ state, percentage: 86.2 })
  }

  const enroll = (section_id: number, student_id: number) =>
    registrar.post(`/sections/${section_id}/enroll`, { student_id })

  const assessmentOf = (type: string, weight: number) => ({ section_id: section.id, type, title: type, weight })
})

const termOf = (code: string, status: string) => ({
  code,
  name: code,
  start_date: '2026-10-01',
  end_date: '2027-02-15',
  status,
})

const studentOf = (n: number, program_id: number) => ({
  student_number: `MAIN-${n}`,
  first_name: 'Άννα',
  last_name: 'Κομνηνός',
  email: `main${n}@lyceum.test`,
  program_id,
  enrollment_date: '2025-09-20',
})

/** The text without what differs from issue to issue: its id, the token in its address, the moments of issue and of expiry. */
const lasting = (text: string) =>
  text
    .replaceAll(/(Issue +)[\w-]{22}/g, '$1(id)')
    .replaceAll(/(verify\/)[\w-]+/g, '$1(token)')
    .replaceAll(/\d{1,2} \w+ \d{4}, \d\d:\d\d/g, '(moment)')
    .replaceAll(/(Issued on\s+)\d{1,2} \w+ \d{4}/g, '$1(day)')
    .replaceAll(/[ \t]+/g, ' ')
    // Between which lines pdftotext leaves blank ones depends on how wide the token is.
    .replaceAll(/\s*\n\s*/g, '\n')
