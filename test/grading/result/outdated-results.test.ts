import { beforeAll, describe, expect, test } from 'vitest'
import { studentsNamed } from '../named.ts'
import { refusal } from '../../call.ts'
import { meanwhile } from '../../platform/database/between.ts'
import { codeOf, json, serveWith } from '../../platform/http/serve.ts'
import { countRows, type World, world } from '../../world.ts'
import { attend, attendedSection, day } from '../attendance/attended.ts'
import { computed, execute, gradedSection, mark } from '../graded-section.ts'

let w: World
beforeAll(async () => {
  w = await world()
})

/** Two works of 50 with 80 and 60, and 70 and 70; an absence costs as much as is said, and the first student has one. */
async function given(absence_penalty = 2) {
  const program = await w.program({ grading_scheme: 'letters' })
  const { id: course } = await w.course({ program_id: program.id, absence_penalty })
  const marks = [
    [80, 60],
    [70, 70],
  ]
  const section = await attendedSection(w, { course_id: course, weights: [50, 50], marks })
  await attend(section.teacher, section.id, section.students[0]!, ['absent', 'present'])
  const scores = (await w.registrar.get(`/assessment-scores?section_id=${section.id}&ordering=id`)).data.items
  const records = (await w.registrar.get(`/attendance?section_id=${section.id}&ordering=id`)).data.items
  const drafts = await computed(w, section)
  return { ...section, section, course, program: program.id, scores, records, drafts }
}
type Given = Awaited<ReturnType<typeof given>>
type Act = (of: Given) => Promise<unknown>

const publish = (target: object) => w.registrar.post('/results/publish', target)
const figuresOf = async ({ id }: { id: number }) =>
  (await w.registrar.get(`/results?section_id=${id}&ordering=id`)).data.items.map(
    ({ state, percentage, scheme }) => [state, percentage, scheme] as const,
  )
const behindTheBack = (draft: number) =>
  execute("update result set state = 'published', published_at = '2027-02-20T10:00:00.000Z' where id = ?", draft)

const heavier: Act = async ({ assessments: [a, b] }) => {
  await w.registrar.patch(`/assessments/${a}`, { weight: 40 })
  return w.registrar.patch(`/assessments/${b}`, { weight: 60 })
}
const inCategory: Act = async ({ id, assessments }) => {
  const { id: category_id } = await w.category(id, { weight: 100, drop_lowest: 1 })
  for (const one of assessments) await w.registrar.patch(`/assessments/${one}`, { category_id })
}
const absentToo: Act = ({ id, students }) =>
  w.registrar.post('/attendance', { section_id: id, student_id: students[1]!, date: day(3), status: 'absent' })
const daysLess: Act = ({ id, students }) =>
  execute('update enrollment set member_from = ? where section_id = ? and student_id = ?', day(1), id, students[0]!)

/** What changes the work, and which students it concerns. */
const changes: [string, number[], Act][] = [
  ['a score', [0], ({ scores }) => w.registrar.patch(`/assessment-scores/${scores[0]!.id}`, { score: 81 })],
  ['a deleted score', [0], ({ scores }) => w.registrar.delete(`/assessment-scores/${scores[1]!.id}`)],
  [
    'the gradebook',
    [1],
    ({ section }) =>
      mark(w, section, [
        [null, null],
        [70, 'excused'],
      ]),
  ],
  ['weights', [0, 1], heavier],
  ['a maximum', [0, 1], ({ assessments: [a] }) => w.registrar.patch(`/assessments/${a}`, { max_score: 90 })],
  [
    'the order of the work',
    [0, 1],
    ({ assessments: [a] }) => w.registrar.patch(`/assessments/${a}`, { due_at: '2026-01-10T10:00:00Z' }),
  ],
  ['categories', [0, 1], inCategory],
  ['a status', [0], ({ records }) => w.registrar.patch(`/attendance/${records[0]!.id}`, { status: 'late' })],
  ['a first absence', [1], absentToo],
  ['the days of a seat', [0], daysLess],
  ['the cost of an absence', [0, 1], ({ course }) => w.registrar.patch(`/courses/${course}`, { absence_penalty: 3 })],
  [
    'the rule of attendance',
    [0, 1],
    ({ course }) => w.registrar.patch(`/courses/${course}`, { attendance_rule: { excused: 'absent' } }),
  ],
  [
    'the scheme of the program',
    [0, 1],
    ({ program }) => w.registrar.patch(`/programs/${program}`, { grading_scheme: 'letters-fine' }),
  ],
  [
    'the scheme of the section',
    [0, 1],
    ({ id }) => w.registrar.patch(`/sections/${id}`, { grading_scheme: 'greek-20' }),
  ],
]

describe('drafts of other work than there is now', () => {
  test.each(changes)('are not published, and are named: %s', async (_, concerned, act) => {
    const of = await given()
    await act(of)
    const [before, audits] = [await figuresOf(of), await countRows('audit_log')]
    const answer = await publish({ section_id: of.id })
    expect(refusal(answer)).toEqual([409, 'RESULTS_OUTDATED'])
    const student_ids = concerned.map((place) => of.students[place])
    const students = await studentsNamed(w, student_ids as number[])
    expect(answer.error?.details).toEqual({ count: concerned.length, student_ids, students })
    expect(answer.error?.message).toContain(`since the results were computed: ${concerned.length},`)
    for (const place of concerned) await expect(behindTheBack(of.drafts[place]!)).rejects.toThrow('result_outdated')
    expect([await figuresOf(of), await countRows('audit_log')]).toEqual([before, audits])
    await computed(w, of.section)
    const fresh = await figuresOf(of)
    expect((await publish({ section_id: of.id })).status).toBe(200)
    expect(await figuresOf(of)).toEqual(fresh.map(([, ...figures]) => ['published', ...figures]))
  })

  test('do not keep one of another student from being official', async () => {
    const of = await given()
    await w.registrar.patch(`/assessment-scores/${of.scores[0]!.id}`, { score: 81 })
    expect(refusal(await publish({ result_id: of.drafts[0]! }))).toEqual([409, 'RESULTS_OUTDATED'])
    expect((await publish({ result_id: of.drafts[1]! })).status).toBe(200)
    expect((await figuresOf(of)).map(([state]) => state)).toEqual(['draft', 'published'])
  })

  test('are named fifty at a time', async () => {
    const section = await gradedSection(w, { marks: Array.from({ length: 51 }, () => [70]) })
    await computed(w, section)
    await w.registrar.patch(`/assessments/${section.assessments[0]}`, { max_score: 200 })
    const { details } = (await publish({ section_id: section.id })).error!
    const first = section.students.slice(0, 50)
    expect(details).toEqual({ count: 51, student_ids: first, students: await studentsNamed(w, first) })
  })

  test('by the usual scheme of the deployment are so when that is another', async () => {
    const section = await gradedSection(w, { marks: [[70]] })
    await computed(w, section)
    const init = json('POST', { section_id: section.id }, { authorization: `Bearer ${w.registrar.token}` })
    const published = (usual: string) => serveWith({ DEFAULT_GRADING_SCHEME: usual }, '/api/v1/results/publish', init)
    expect(await codeOf(await published('greek-20'))).toBe('409 RESULTS_OUTDATED')
    expect(await codeOf(await published('letters'))).toBe('200')
  })

  test('of which nothing is known, as they are older, are computed anew first', async () => {
    const of = await given()
    await execute('update result set basis = null where id = ?', of.drafts[0]!)
    const answer = await publish({ section_id: of.id })
    expect(answer.error?.details).toMatchObject({ count: 1, student_ids: [of.students[0]] })
    await expect(behindTheBack(of.drafts[0]!)).rejects.toThrow('result_outdated')
    await computed(w, of.section)
    expect((await publish({ section_id: of.id })).status).toBe(200)
  })

  test('of which nothing is known, of somebody who has left, are not published behind the back either', async () => {
    const of = await given()
    await execute('update result set basis = null where id = ?', of.drafts[0]!)
    const [seat] = (await w.registrar.get(`/enrollments?student_id=${of.students[0]!}`)).data.items
    expect((await w.registrar.post(`/enrollments/${seat!.id}/drop`)).status).toBe(200)
    await expect(behindTheBack(of.drafts[0]!)).rejects.toThrow('result_outdated')
  })
})

describe('a draft is of the work that there is', () => {
  const idle: [string, Act, number?][] = [
    [
      'titles and release',
      ({ assessments: [a] }) => w.registrar.patch(`/assessments/${a}`, { title: 'I', released: true }),
    ],
    ['the same scores', ({ section }) => mark(w, section, [[80, 60]])],
    ['attendance that costs nothing', absentToo, 0],
    [
      'another score and back',
      async ({ scores }) => {
        for (const score of [81, 80]) await w.registrar.patch(`/assessment-scores/${scores[0]!.id}`, { score })
      },
    ],
    ['the name of a student', ({ students: [a] }) => w.registrar.patch(`/students/${a}`, { first_name: 'Άννα' })],
  ]
  test.each(idle)('whatever else changes: %s', async (_, act, penalty) => {
    const of = await given(penalty)
    await act(of)
    expect((await publish({ section_id: of.id })).status).toBe(200)
  })

  test('unless it was changed by hand, and then is published whatever that says', async () => {
    const of = await given()
    const byHand = { percentage: 99, reason: 'An oral examination' }
    for (const draft of of.drafts) await of.teacher.patch(`/results/${draft}`, byHand, { 'if-match': '"1"' })
    await w.registrar.patch(`/assessment-scores/${of.scores[0]!.id}`, { score: 81 })
    for (const result_id of of.drafts)
      expect((await publish({ result_id })).data.results[0]).toMatchObject({ percentage: 99 })
  })

  test('also where the figure stays: only what it rests on is noted anew', async () => {
    const of = await given()
    await mark(w, of.section, [[60, 80]])
    expect(refusal(await publish({ section_id: of.id }))).toEqual([409, 'RESULTS_OUTDATED'])
    const { data } = await of.teacher.post(`/sections/${of.id}/results/compute`)
    expect(data).toMatchObject({ created: 0, updated: 1, unchanged: 1 })
    expect((await publish({ section_id: of.id })).status).toBe(200)
  })

  test('once official keeps nothing of that', async () => {
    const of = await given()
    await publish({ section_id: of.id })
    expect(await countRows(`result where section_id = ${of.id} and basis is not null`)).toBe(0)
  })
})

describe('work that changes between the look and the write', () => {
  const during = async (of: Given, path: string, body: object, act: Act) => {
    const init = json('POST', body, { authorization: `Bearer ${w.registrar.token}` })
    return codeOf(await serveWith({ DB: meanwhile(() => act(of)) }, `/api/v1${path}`, init))
  }

  test.each(changes.filter(([, concerned]) => concerned.includes(0)))(
    'keeps results from being official: %s',
    async (_, concerned, act) => {
      const of = await given()
      const published = await during(of, '/results/publish', { section_id: of.id }, act)
      expect([published, (await figuresOf(of)).map(([state]) => state)]).toEqual([
        '409 RESULTS_OUTDATED',
        ['draft', 'draft'],
      ])
      expect(concerned.length).toBeGreaterThan(0)
    },
  )

  test.each(changes)('makes drafts that are not published: %s', async (_, concerned, act) => {
    const of = await given()
    await w.registrar.patch(`/assessment-scores/${of.scores[0]!.id}`, { score: 90 })
    await w.registrar.patch(`/assessment-scores/${of.scores[2]!.id}`, { score: 90 })
    expect(await during(of, `/sections/${of.id}/results/compute`, {}, act)).toBe('200')
    const { details } = (await publish({ section_id: of.id })).error!
    expect(details).toMatchObject({ student_ids: concerned.map((place) => of.students[place]) })
  })
})
