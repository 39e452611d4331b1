import fc from 'fast-check'
import { beforeAll, expect, test } from 'vitest'
import { testEnv, type World, world } from '../world.ts'

interface Act {
  kind: 'enroll' | 'drop'
  student: number
  section: number
}

const places = { sections: 3, students: 8 }
const act: fc.Arbitrary<Act> = fc.record({
  kind: fc.constantFrom('enroll' as const, 'enroll' as const, 'drop' as const),
  student: fc.nat(places.students - 1),
  section: fc.nat(places.sections - 1),
})
/** What happens at the same time, one round after the other. */
const rounds = fc.array(fc.array(act, { minLength: 2, maxLength: 10 }), { minLength: 1, maxLength: 4 })
const capacities = fc.array(fc.integer({ min: 0, max: 4 }), { minLength: 3, maxLength: 3 })

let w: World
let students: number[]
beforeAll(async () => {
  w = await world()
  students = await Promise.all(Array.from({ length: places.students }, async () => (await w.student()).id))
})

interface Seat {
  id: number
  section_id: number
  student_id: number
}

async function seatsOf(sections: number[]): Promise<Seat[]> {
  const { results } = await testEnv.DB.prepare(
    `select id, section_id, student_id from live_enrollment
     where status = 'enrolled' and section_id in (select value from json_each(?))`,
  )
    .bind(JSON.stringify(sections))
    .all<Seat>()
  return results
}

async function auditCount(): Promise<number> {
  const row = await testEnv.DB.prepare("select count(*) as n from audit_log where action like 'enrollment.%'").first<{
    n: number
  }>()
  return row!.n
}

/** Performs an act; a drop of a seat that was free when the round began asks for one that does not exist. */
function perform({ kind, student, section }: Act, sections: number[], seats: Seat[]) {
  const [section_id, student_id] = [sections[section]!, students[student]!]
  if (kind === 'enroll') return w.registrar.post(`/sections/${section_id}/enroll`, { student_id })
  const seat = seats.find((one) => one.section_id === section_id && one.student_id === student_id)
  return w.registrar.post(`/enrollments/${seat?.id ?? 999_999}/drop`)
}

test('however enrolling and dropping interleave, seats, capacity and audit rows agree', async () => {
  await fc.assert(
    fc.asyncProperty(capacities, rounds, async (limits, history) => {
      const made = await Promise.all(limits.map((capacity) => w.section({ capacity })))
      const sections = made.map(({ id }) => id)
      const auditBefore = await auditCount()
      let written = 0
      for (const round of history) {
        const before = await seatsOf(sections)
        const answers = await Promise.all(round.map((one) => perform(one, sections, before)))
        written += answers.filter(({ status }) => status < 300).length
        expect(answers.filter(({ status }) => status >= 500)).toEqual([])
        const after = await seatsOf(sections)
        expect(new Set(after.map((seat) => `${seat.section_id}/${seat.student_id}`)).size).toBe(after.length)
        for (const [index, id] of sections.entries()) {
          const taken = after.filter(({ section_id }) => section_id === id).length
          const { data } = await w.registrar.get(`/sections/${id}`)
          expect([id, data.seats_taken]).toEqual([id, taken])
          expect(taken).toBeLessThanOrEqual(limits[index]!)
        }
      }
      expect((await auditCount()) - auditBefore).toBe(written)
    }),
    { numRuns: 20 },
  )
}, 60_000)

test('no seat stays empty that somebody asked for', async () => {
  await fc.assert(
    fc.asyncProperty(fc.nat(places.students), async (capacity) => {
      const { id } = await w.section({ capacity })
      await Promise.all(students.map((student_id) => w.registrar.post(`/sections/${id}/enroll`, { student_id })))
      expect((await w.registrar.get(`/sections/${id}`)).data.seats_taken).toBe(capacity)
    }),
    { numRuns: 9 },
  )
}, 60_000)
