import { beforeAll, describe, expect, inject, test } from 'vitest'
import { type Caller, signIn } from './client.ts'

const rivals = 50
const rounds = 20

describe('the last seat of a section', () => {
  let registrar: Caller
  let admin: Caller
  let students: number[]
  let term_id: number

  beforeAll(async () => {
    registrar = await signIn(inject('url'), 'registrar')
    admin = await signIn(inject('url'), 'admin')
    const { data } = await registrar.get(`/students?page_size=${rivals}&ordering=id`)
    students = data.items.map(({ id }: { id: number }) => id)
    const dates = { start_date: '2026-10-01', end_date: '2027-02-15' }
    term_id = (await registrar.make('/terms', { code: 'RACE', name: 'Race', ...dates })).id
  })

  test.for(Array.from({ length: rounds }, (_, i) => i + 1))(
    'goes to exactly one of fifty who ask at the same time (round %i)',
    async (round) => {
      // Whoever won a round has the one seat of that course.
      const course = await registrar.make('/courses', { code: `RACE${round}`, title: 'Racing', credits: 1 })
      const section = await registrar.make('/sections', { course_id: course.id, term_id, capacity: 1 })
      const path = `/sections/${section.id}/enroll` as const
      const answers = await Promise.all(students.map((student_id) => registrar.post(path, { student_id })))

      const refused = answers.filter(({ status }) => status !== 201)
      expect(new Set(students).size).toBe(rivals)
      expect(answers.length - refused.length).toBe(1)
      expect(refused.map(({ status, error }) => [status, error?.code])).toEqual(
        Array.from({ length: rivals - 1 }, () => [400, 'SECTION_FULL']),
      )

      const winner = answers.find(({ status }) => status === 201)!.data
      const rows = await registrar.all(`/enrollments?section_id=${section.id}`)
      expect(rows.map(({ id, student_id }) => [id, student_id])).toEqual([[winner.id, winner.student_id]])
      expect((await registrar.get(`/sections/${section.id}`)).data.seats_taken).toBe(1)

      const { data } = await admin.get('/audit/logs?action=enrollment.create&page_size=200')
      const audited = data.items.filter((entry) => entry.path === `/api/v1${path}`)
      expect(audited).toMatchObject([
        { entity_type: 'enrollment', entity_id: `${winner.id}`, success: true, status: 201 },
      ])
    },
  )
})
