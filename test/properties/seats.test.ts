import fc from 'fast-check'
import { beforeAll, expect, test } from 'vitest'
import type { Answer } from '../call.ts'
import { promoteWaitlists } from '#/enrolling/waitlist/index.ts'
import { countRows, systemContext, testEnv, unique, type World, world } from '../world.ts'
import { past, underWay } from '../under-way.ts'

const kinds = [
  'enroll',
  'enroll',
  'end',
  'end',
  'join',
  'join',
  'swap',
  'swap',
  'leave',
  'transfer',
  'capacity',
  'hold',
  'release',
  'override',
  'score',
  'score',
  'compute',
  'publish',
] as const

interface Act {
  kind: (typeof kinds)[number]
  student: number
  section: number
  seats: number
}

/** The last students get holds and overrides; the others may have a seat at any time. */
const count = { students: 9, blocked: 3, sections: 3 }
const act: fc.Arbitrary<Act> = fc.record({
  kind: fc.constantFrom(...kinds),
  student: fc.nat(count.students - 1),
  section: fc.nat(count.sections - 1),
  seats: fc.nat(4),
})
/** What happens at the same time, one round after the other. */
const rounds = fc.array(fc.array(act, { minLength: 3, maxLength: 12 }), { minLength: 2, maxLength: 5 })

/** Two who want each other's seat while both are given up, a seat more for whoever waits, and a transfer while its work becomes official. */
const crossing: Act[][] = [
  [one('swap', 0, 1), one('swap', 2, 0), one('end', 0, 0), one('end', 2, 1), one('join', 8, 0)],
  [one('capacity', 0, 0, 3), one('enroll', 8, 0), one('leave', 4, 0), one('hold', 8, 0)],
  [one('score', 1, 0, 4), one('compute', 0, 0), one('publish', 0, 0), one('transfer', 1, 0), one('end', 1, 0)],
]

function one(kind: Act['kind'], student: number, section: number, seats = 2): Act {
  return { kind, student, section, seats }
}

let w: World
/** The first two sections are of one term, in which a seat can be dropped; in that of the last it can only be withdrawn from. */
let terms: number[]
let course: number
beforeAll(async () => {
  w = await world()
  course = (await w.course()).id
  const open = await w.term(underWay)
  const late = await w.term({ ...underWay, drop_deadline: past })
  terms = [open.id, open.id, late.id]
})

interface Row {
  id: number
  section_id: number
  student_id: number
  enrollment_id: number | null
  term_id: number
  swap: 0 | 1
}

const rows = async (statement: string) => (await testEnv.DB.prepare(statement).all<Row>()).results
const seatsNow = () => rows("select * from live_enrollment where status in ('enrolled', 'completed')")
/** Places in line that were not given up: those who wait and those who got a seat. */
const linesNow = () => rows('select * from live_waitlist_entry order by id')

interface State {
  sections: number[]
  /** One of each section: the same work in all of them. */
  assessments: number[]
  students: number[]
  seats: Row[]
  lines: Row[]
}

const hold = { kind: 'academic', blocks: ['enrollment'], office: 'Dean', reason: 'Advising' }

const pick = (all: Row[], index: number) => all[index % all.length]?.id ?? 999_999

/** Performs an act; what it needs and is not there is asked for in vain. */
async function perform({ kind, student, section, seats: capacity }: Act, state: State): Promise<Answer> {
  const [section_id, student_id] = [state.sections[section]!, state.students[student]!]
  const here = (all: Row[]) => all.filter((row) => row.section_id === section_id)
  const seat = pick(here(state.seats), student)
  const place = pick(
    here(state.lines).filter(({ enrollment_id }) => enrollment_id === null),
    student,
  )
  const blocked = state.students[count.students - 1 - (student % count.blocked)]!
  switch (kind) {
    case 'enroll':
      return w.registrar.post(`/sections/${section_id}/enroll`, { student_id })
    case 'end':
      return w.registrar.post(`/enrollments/${seat}/${section === 2 ? 'withdraw' : 'drop'}`)
    case 'join':
      return w.registrar.post(`/sections/${section_id}/waitlist`, { student_id })
    case 'swap':
      return w.registrar.post(`/sections/${section_id}/waitlist`, { student_id, swap: true })
    case 'leave':
      return w.registrar.delete(`/waitlist/${place}`)
    case 'transfer':
      return w.registrar.post(`/enrollments/${seat}/transfer`, { section_id: state.sections[1 - (section % 2)] })
    case 'capacity':
      return w.registrar.patch(`/sections/${section_id}`, { capacity })
    case 'hold':
      return w.registrar.post(`/students/${blocked}/holds`, hold)
    case 'release': {
      const { items: holds } = (await w.registrar.get(`/students/${blocked}/holds`)).data
      return w.registrar.post(`/holds/${holds[0]?.id ?? 999_999}/release`)
    }
    case 'score': {
      const scores = [{ assessment_id: state.assessments[section]!, student_id, score: 10 * capacity + section }]
      return w.registrar.put(`/sections/${section_id}/gradebook`, { scores })
    }
    case 'compute':
      return w.registrar.post(`/sections/${section_id}/results/compute`)
    case 'publish':
      return w.registrar.post('/results/publish', { section_id })
    case 'override':
      return w.registrar.post(`/students/${blocked}/overrides`, { check: 'HOLD', section_id, reason_code: 'dean' })
  }
}

/** What says again what is there already is a success that writes nothing, so these are left out. */
const mayBeSame: readonly string[] = ['capacity', 'score', 'compute'] satisfies Act['kind'][]
const written = () =>
  countRows(
    "audit_log where success = 1 and action not in ('section.update', 'gradebook.update', 'result.compute') and coalesce(summary, '') not glob '#[0-9]*'",
  )

/** Seats that come back to a section by a chain of swaps are given by the job. */
async function settled() {
  const worker = { ...systemContext(), permission: 'enrollment.create' as const }
  for (let run = 0; run < count.students; run += 1) if ((await promoteWaitlists(worker)) === 0) return
}

/** Where each score of these sections leads, and from where the ones that count came. */
async function expectScoresOnce(sections: number[]) {
  const scores =
    await rows(`select score.*, section_id from live_score score join assessment on assessment.id = assessment_id
    where section_id in (${sections.join()}) order by score.id`)
  const marks = scores as (Row & { carried_from: number | null; carried_to: number | null })[]
  const counting = marks.filter(({ carried_to }) => carried_to === null)
  const origins = counting.flatMap(({ carried_from }) => carried_from ?? [])
  expect(new Set(origins).size).toBe(origins.length)
  const byId = new Map(marks.map((one) => [one.id, one]))
  for (const one of marks.filter(({ carried_to }) => carried_to !== null))
    expect(byId.get(one.carried_to!)).toMatchObject({ student_id: one.student_id, carried_from: one.id })
  const seats = await seatsNow()
  const here = (mark: Row) =>
    seats.some(({ section_id, student_id }) => section_id === mark.section_id && student_id === mark.student_id)
  expect(marks.filter((mark) => here(mark) && mark.carried_to !== null)).toEqual([])
}

async function expectOrder({ sections, students }: State) {
  const [seats, lines] = [await seatsNow(), await linesNow()]
  const places = seats.map(({ student_id, term_id }) => `${student_id} in ${term_id}`)
  expect(new Set(places).size).toBe(places.length)
  const termOf = (id: number) => terms[sections.indexOf(id)]!
  const beside = lines.filter(
    ({ enrollment_id, swap, section_id, student_id }) =>
      enrollment_id === null && swap === 0 && places.includes(`${student_id} in ${termOf(section_id)}`),
  )
  expect(beside.filter(({ section_id }) => sections.includes(section_id))).toEqual([])
  const always = students.slice(0, count.students - count.blocked)
  for (const id of sections) {
    const here = (row: Row) => row.section_id === id
    const taken = seats.filter(here).map(({ student_id }) => student_id)
    const { capacity, seats_taken } = (await w.registrar.get(`/sections/${id}`)).data
    expect(seats_taken).toBe(taken.length)
    expect(taken.length).toBeLessThanOrEqual(capacity)
    expect(new Set(taken).size).toBe(taken.length)
    const line = lines.filter(here)
    const waiting = line.filter(({ enrollment_id }) => enrollment_id === null)
    expect(waiting.filter(({ student_id }) => taken.includes(student_id))).toEqual([])
    expect(new Set(waiting.map(({ student_id }) => student_id)).size).toBe(waiting.length)
    const official = (await rows(`select * from graded_seat where section_id = ${id}`)).map(
      ({ student_id }) => student_id,
    )
    const patient = waiting.filter(({ student_id }) => always.includes(student_id) && !official.includes(student_id))
    if (patient.length > 0) expect([id, taken.length]).toEqual([id, capacity])
    const seated = line.filter(({ enrollment_id }) => enrollment_id !== null).map((row) => row.id)
    expect(patient.filter((row) => seated.some((other) => other > row.id))).toEqual([])
  }
}

test('however acts interleave: no section is overbooked, nobody sits twice in a course, nobody who may have a seat is passed over, and no score counts twice', async () => {
  await fc.assert(
    fc.asyncProperty(rounds, async (history) => {
      const made = await Promise.all(
        terms.map((term_id) =>
          w.section({ course_id: course, term_id, number: `${unique()}`, capacity: 2, waitlist_capacity: 5 }),
        ),
      )
      const students = await Promise.all(Array.from({ length: count.students }, async () => (await w.student()).id))
      for (const { id } of made) {
        const place = made.findIndex((one) => one.id === id) % 2
        for (const student of students.slice(2 * place, 2 * place + 2)) await w.enroll(id, student)
        for (const student_id of students.slice(4, 8))
          await w.registrar.post(`/sections/${id}/waitlist`, { student_id })
      }
      const sections = made.map(({ id }) => id)
      const assessments = await Promise.all(
        sections.map(async (id) => (await w.assessment(id, { weight: 100, max_score: 50 })).id),
      )
      const state = { sections, assessments, students, seats: [] as Row[], lines: [] as Row[] }
      for (const round of history) {
        state.seats = await seatsNow()
        state.lines = await linesNow()
        const before = await written()
        const answers = await Promise.all(round.map((one) => perform(one, state)))
        expect(answers.filter(({ status }) => status >= 500)).toEqual([])
        const changes = answers.filter(({ status }, i) => status < 300 && !mayBeSame.includes(round[i]!.kind))
        expect((await written()) - before).toBe(changes.length)
        await settled()
        await expectOrder(state)
        await expectScoresOnce(sections)
      }
    }),
    { numRuns: 15, examples: [[crossing]] },
  )
}, 240_000)
