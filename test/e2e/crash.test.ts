import { cpSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest'
import type { AnswerAt } from '../answer-at.ts'
import { type Answer, type Caller, signIn } from './client.ts'
import { forget, newPlace, type Place, type Server, startBundle } from './server.ts'

const studentCount = 240
/** Requests that are on the way at any moment, also at the one in which the server dies. */
const inFlight = 40

const { demo, bundle } = inject('made')

interface Burst {
  sectionId: number
  /** Answers that arrived before the server died. */
  answers: Answer<AnswerAt<'POST', '/sections/:/enroll'>>[]
}

/** The server dies without warning while students enroll, again and again, at another moment each time. */
describe('a server that is killed', () => {
  let place: Place
  let server: Server
  let admin: Caller
  let students: number[]
  let term_id: number

  beforeAll(async () => {
    place = await newPlace()
    cpSync(demo, place.state, { recursive: true })
    server = await startBundle(place, bundle)
    admin = await signIn(server.url, 'admin')
    const dates = { start_date: '2026-10-01', end_date: '2027-02-15' }
    term_id = (await admin.make('/terms', { code: 'CRASH', name: 'Crash', ...dates })).id
    const made = Array.from({ length: studentCount }, (_, n) => admin.make('/students', studentOf(n)))
    students = (await Promise.all(made)).map(({ id }) => id)
  })

  afterAll(async () => {
    await server.stop()
    forget(place)
  })

  test.for([1, 20, 60, 110, 160])(
    'keeps every answered seat and no half of one when it dies at answer %i of a burst',
    async (at) => {
      const { sectionId, answers } = await burst(at)
      await server.kill()
      server = await startBundle(place, bundle)
      admin = await signIn(server.url, 'admin')

      expect(answers.length).toBeGreaterThanOrEqual(at)
      expect(answers.length).toBeLessThan(studentCount)
      expect(answers.filter(({ status }) => status !== 201)).toEqual([])

      const rows = await admin.all(`/enrollments?section_id=${sectionId}`)
      const audited = (await admin.all('/audit/logs?action=enrollment.create')).filter(
        ({ path }) => path === `/api/v1/sections/${sectionId}/enroll`,
      )
      const idsOf = (some: readonly { id: number }[]) => some.map(({ id }) => String(id)).toSorted()
      const kept = idsOf(rows)
      expect(answers.map(({ data }) => String(data.id)).filter((id) => !kept.includes(id))).toEqual([])
      expect(audited.map(({ entity_id }) => entity_id).toSorted()).toEqual(kept)
      expect(audited.filter(({ success, status }) => !success || status !== 201)).toEqual([])
      expect((await admin.get(`/sections/${sectionId}`)).data.seats_taken).toBe(rows.length)
      expect(new Set(rows.map(({ student_id }) => student_id)).size).toBe(rows.length)
      expect(rows.filter(({ status, ended_at }) => status !== 'enrolled' || ended_at !== null)).toEqual([])
    },
  )

  test('keeps preferences, and remembers who signed out', async () => {
    const chosen = { mode: 'expert', language: 'el', theme: 'dark', show_tooltips: false, completed_guides: ['seats'] }
    const saved = await admin.put('/user/preferences', chosen)
    expect(saved.status).toBe(200)
    expect(saved.data).toMatchObject({ ...chosen, version: 1 })
    const gone = await signIn(server.url, 'admin')
    expect((await gone.post('/auth/logout')).status).toBe(204)
    await server.kill()
    server = await startBundle(place, bundle)
    expect((await gone.get('/auth/me')).status).toBe(401)
    expect((await admin.get('/user/preferences')).data).toEqual(saved.data)
    admin = await signIn(server.url, 'admin')
    expect((await admin.get('/user/preferences')).data).toEqual(saved.data)
    const { items } = (await admin.get('/audit/logs?action=preference.update')).data
    expect(items).toHaveLength(1)
  })

  test('still seats the next student', async () => {
    const section = await newSection('NEXT', 1)
    const { status } = await admin.post(`/sections/${section.id}/enroll`, { student_id: students[0] })
    expect(status).toBe(201)
  })

  /** Of a course of its own, in which nobody has a seat yet. */
  async function newSection(code: string, capacity: number) {
    const course = await admin.make('/courses', { code, title: 'Falling', credits: 1 })
    return admin.make('/sections', { course_id: course.id, term_id, capacity })
  }

  /** One student after the other asks for a seat until the server is gone; returns when `at` of them have got an answer. */
  async function burst(at: number): Promise<Burst> {
    const { id } = await newSection(`FALL${at}`, studentCount)
    const answers: Burst['answers'] = []
    const waiting = [...students]
    await new Promise<void>((enough) => {
      const askOn = async () => {
        while (waiting.length > 0) {
          answers.push(await admin.post(`/sections/${id}/enroll`, { student_id: waiting.shift() }))
          if (answers.length >= at) enough()
        }
      }
      for (let line = 0; line < inFlight; line += 1) askOn().catch(() => undefined)
    })
    return { sectionId: id, answers }
  }
})

const studentOf = (n: number) => ({
  student_number: `CRASH-${n}`,
  first_name: 'Ίκαρος',
  last_name: 'Δαιδάλου',
  email: `crash${n}@lyceum.test`,
  enrollment_date: '2025-09-20',
})
