import { beforeAll, describe, expect, inject, test } from 'vitest'
import { type Answer, type Caller, signIn } from './client.ts'

const seats = 30
/** How many wait before the crowd arrives. */
const queue = 20
const crowd = 150
const acts = ['enrollment.create', 'enrollment.drop', 'waitlist.join']

interface Promotion {
  promoted?: { new: { waitlist_entry_id: number }[] }
}

interface Row {
  id: number
  student_id: number
}

interface AuditRow {
  id: number
  request_id: string
}

describe('two hundred requests at once for a section of thirty', () => {
  let registrar: Caller
  let admin: Caller
  let section: { id: number }
  let answers: Answer[]

  /** Of the crowd alone: other tests enrol people on the same server. */
  const auditRows = async (some: readonly string[]) => {
    const sent = new Set(answers.map(({ headers }) => headers.get('x-request-id')))
    const rows: AuditRow[][] = await Promise.all(some.map((action) => admin.all(`/audit/logs?action=${action}`)))
    return rows.flat().filter(({ request_id }) => sent.has(request_id))
  }
  const enrolled = (): Promise<Row[]> => registrar.all(`/enrollments?section_id=${section.id}&status=enrolled`)

  beforeAll(async () => {
    registrar = await signIn(inject('url'), 'registrar')
    admin = await signIn(inject('url'), 'admin')
    const dates = { start_date: '2026-10-01', end_date: '2027-02-15' }
    const term = await registrar.make('/terms', { code: 'CROWD', name: 'Crowd', ...dates })
    const course = await registrar.make('/courses', { code: 'CROWD', title: 'Queueing', credits: 1 })
    const place = { course_id: course.id, term_id: term.id }
    section = await registrar.make('/sections', { ...place, capacity: seats, waitlist_capacity: 60 })
    const students: number[] = []
    for (let i = 0; i < crowd; i += 1) {
      const names = { first_name: 'Ουρά', last_name: `Αναμονή ${i}`, enrollment_date: '2025-09-20' }
      const student = await registrar.make('/students', {
        ...names,
        student_number: `CROWD-${i}`,
        email: `crowd${i}@crowd.example`,
      })
      students.push(student.id)
    }
    await registrar.post(`/sections/${section.id}/enroll/bulk`, { student_ids: students.slice(0, seats) })
    const first = await enrolled()
    const waiting = (student_id: number) => registrar.post(`/sections/${section.id}/waitlist`, { student_id })
    for (const student of students.slice(seats, seats + queue)) await waiting(student)
    const enrolling = (student_id: number) => registrar.post(`/sections/${section.id}/enroll`, { student_id })
    const requests = Array.from({ length: 50 }, (_, i) => [
      () => waiting(students[seats + queue + i]!),
      () => enrolling(students[seats + 2 * i]!),
      () => registrar.post(`/enrollments/${first[i % seats]!.id}/drop`),
      () => waiting(students[crowd - 1 - i]!),
    ])
    answers = await Promise.all(requests.flat().map((request) => request()))
  })

  test('are all answered, none with a fault', () => {
    expect(answers).toHaveLength(200)
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(seats) // every seat is dropped, once
    const codes = new Set(answers.filter(({ status }) => status >= 300).map(({ error }) => error?.code))
    const expected = [
      'SECTION_FULL',
      'WAITLIST_NOT_NEEDED',
      'WAITLIST_FULL',
      'ALREADY_ENROLLED',
      'ALREADY_WAITING',
      'ENROLLMENT_ENDED',
    ]
    expect([...codes].filter((code) => !expected.includes(code ?? ''))).toEqual([])
  })

  test('never give more than thirty seats, nor two to one student', async () => {
    const rows = await enrolled()
    expect(rows.length).toBeLessThanOrEqual(seats)
    expect(new Set(rows.map(({ student_id }) => student_id)).size).toBe(rows.length)
    expect((await registrar.get(`/sections/${section.id}`)).data.seats_taken).toBe(rows.length)
  })

  test('pass over nobody who waits', async () => {
    const waiting: Row[] = await registrar.all(`/sections/${section.id}/waitlist`)
    const drops = await auditRows(['enrollment.drop'])
    const changes = await Promise.all(
      drops.map(async ({ id }): Promise<Promotion> => (await admin.get(`/audit/logs/${id}`)).data.changes),
    )
    const promoted = changes.flatMap((one) => one.promoted?.new ?? []).map((one) => one.waitlist_entry_id)
    expect(promoted.length).toBeGreaterThan(0)
    expect(new Set(promoted).size).toBe(promoted.length)
    expect(waiting.filter(({ id }) => promoted.some((other) => other > id))).toEqual([])
    if (waiting.length > 0) expect(await enrolled()).toHaveLength(seats)
  })

  test('leave as many audit rows as there were successes', async () => {
    const successes = answers.filter(({ status }) => status < 300)
    expect(successes.length).toBeGreaterThan(0)
    expect(await auditRows(acts)).toHaveLength(successes.length)
  })
})
