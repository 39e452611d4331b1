import { beforeAll, describe, expect, test } from 'vitest'
import { refusal, badFields } from '../../call.ts'
import { auditRows, countRows, type World, world } from '../../world.ts'
import { rowOf } from '../graded-section.ts'
import { attendedSection, day } from './attended.ts'

let w: World
beforeAll(async () => {
  w = await world()
})

const nothing = { created: 0, updated: 0, skipped: 0, failed: 0, errors: [] }

/** Three students; the first two have records of that hour. Then a request with everything that can go wrong. */
async function given() {
  const section = await attendedSection(w, { marks: [[], [], []] })
  const [a, b, c] = section.students as [number, number, number]
  const path = `/sections/${section.id}/attendance` as const
  await section.teacher.put(path, {
    date: day(0),
    records: [
      { student_id: a, status: 'present' },
      { student_id: b, status: 'absent', note: 'Ill' },
    ],
  })
  const stranger = (await w.student()).id
  const records = [
    { student_id: c, status: 'LATE' }, // created
    { student_id: a, status: 'Excused', note: 'Letter' }, // updated
    { student_id: b, status: 'absent', note: 'Ill' }, // as it is
    { student_id: stranger, status: 'present' },
  ]
  const errors = [
    {
      index: 3,
      code: 'NOT_ENROLLED',
      message: `The student with id ${stranger} is not enrolled in this section. Have the student enrolled first.`,
    },
  ]
  return { section, a, b, c, path, records, errors, body: { date: day(0), records } }
}

interface Row {
  id: number
  student_id: number
  status: string
  note: string | null
  version: number
}

/** Every record of a section and the number of audit rows: what a request that writes nothing leaves alone. */
async function stateOf(sectionId: number) {
  const { items } = (await w.registrar.get(`/attendance?section_id=${sectionId}`)).data as { items: Row[] }
  return { items, audits: await countRows('audit_log') }
}

const brief = ({ student_id, status, note, version }: Row) => [student_id, status, note, version]

describe('taking attendance', () => {
  test('writes what fits, counts it, reports the rest by index, and keeps the ids', async () => {
    const { section, a, b, c, path, errors, body } = await given()
    const before = (await stateOf(section.id)).items
    const answer = await section.teacher.put(path, body)
    expect(answer.status).toBe(200)
    expect(answer.data).toEqual({ created: 1, updated: 1, skipped: 1, failed: 1, errors })
    const { items } = await stateOf(section.id)
    expect(items.map(brief)).toEqual([
      [a, 'excused', 'Letter', 2],
      [b, 'absent', 'Ill', 1],
      [c, 'late', null, 1],
    ])
    expect(items.slice(0, 2).map(({ id }) => id)).toEqual(before.map(({ id }) => id))
  })

  test('writes a record of which the note alone changed', async () => {
    const { section, a, b, path } = await given()
    const records = [
      { student_id: a, status: 'present', note: 'Late bus' },
      { student_id: b, status: 'absent' },
    ]
    const { data } = await section.teacher.put(path, { date: day(0), records })
    expect(data).toEqual({ ...nothing, updated: 2 })
    expect((await stateOf(section.id)).items.map(brief)).toEqual([
      [a, 'present', 'Late bus', 2],
      [b, 'absent', null, 2],
    ])
  })

  test('reports in the language of the caller', async () => {
    const { section, path, body } = await given()
    const answer = await section.teacher.put(path, body, { 'accept-language': 'el' })
    expect(answer.data.errors[0]!.message).toMatch(/^Ο φοιτητής με αναγνωριστικό/)
  })

  test('leaves one audit row for the whole roster, with old and new', async () => {
    const { section, a, c, path, body } = await given()
    const before = await countRows('audit_log')
    await section.teacher.put(path, body)
    expect(await countRows('audit_log')).toBe(before + 1)
    const [audit] = await auditRows('section', section.id)
    expect(audit).toMatchObject({ action: 'attendance.take', actor_id: section.teacher.userId, status: 200 })
    expect(JSON.parse(audit!.changes)).toEqual({
      date: { new: day(0) },
      period: { new: 1 },
      records: {
        old: [null, { student_id: a, status: 'present', note: null }],
        new: [
          { student_id: c, status: 'late', note: null },
          { student_id: a, status: 'excused', note: 'Letter' },
        ],
      },
    })
  })

  test('notes who recorded it last', async () => {
    const { section, a, path } = await given()
    await w.registrar.put(path, { date: day(0), records: [{ student_id: a, status: 'late' }] })
    const { items } = (await w.registrar.get(`/attendance?section_id=${section.id}`)).data
    expect(items.map(({ recorded_by }) => recorded_by)).toEqual([w.registrar.userId, section.teacher.userId])
  })

  test('atomic writes nothing unless everything fits', async () => {
    const { section, path, body, records, errors } = await given()
    const before = await stateOf(section.id)
    const answer = await section.teacher.put(`${path}?atomic=true`, body)
    expect([answer.status, answer.data]).toEqual([200, { created: 0, updated: 0, skipped: 3, failed: 1, errors }])
    expect(await stateOf(section.id)).toEqual(before)
    const fitting = await section.teacher.put(`${path}?atomic=true`, { ...body, records: records.slice(0, 3) })
    expect(fitting.data).toEqual({ ...nothing, created: 1, updated: 1, skipped: 1 })
  })

  test.each(['', '&atomic=true'])('a dry run%s writes nothing and reports the same', async (options) => {
    const { section, path, body } = await given()
    const before = await stateOf(section.id)
    const dry = await section.teacher.put(`${path}?dry_run=true${options}`, body)
    expect(await stateOf(section.id)).toEqual(before)
    const real = await section.teacher.put(`${path}?${options.slice(1)}`, body)
    expect([dry.status, dry.data]).toEqual([200, real.data])
  })

  test('the same roster again writes nothing', async () => {
    const { section, path, body } = await given()
    await section.teacher.put(path, body)
    const before = await stateOf(section.id)
    expect((await section.teacher.put(path, body)).data).toMatchObject({ created: 0, updated: 0, skipped: 3 })
    expect(await stateOf(section.id)).toEqual(before)
  })

  test('another period and another date are other records', async () => {
    const { section, a, path } = await given()
    const records = [{ student_id: a, status: 'absent' }]
    for (const hour of [{ date: day(0), period: 2 }, { date: day(1) }])
      expect((await section.teacher.put(path, { ...hour, records })).data).toEqual({ ...nothing, created: 1 })
    const { data } = await section.teacher.get(`/attendance?student_id=${a}&ordering=date,period`)
    expect(data.items.map((one: Record<string, unknown>) => [one['date'], one['period'], one['status']])).toEqual([
      [day(0), 1, 'present'],
      [day(0), 2, 'absent'],
      [day(1), 1, 'absent'],
    ])
  })

  test('a deleted record makes room for a new one', async () => {
    const { section, a, path } = await given()
    const [old] = (await stateOf(section.id)).items
    await section.teacher.delete(`/attendance/${old!.id}`)
    const body = { date: day(0), records: [{ student_id: a, status: 'late' }] }
    expect((await section.teacher.put(path, body)).data).toEqual({ ...nothing, created: 1 })
    const answer = await section.teacher.post(`/attendance/${old!.id}/restore`)
    expect(refusal(answer)).toEqual([409, 'ATTENDANCE_EXISTS'])
  })

  test('two teachers at once leave one record of each student', async () => {
    const { section, c, path } = await given()
    const body = (status: string) => ({ date: day(5), records: [{ student_id: c, status }] })
    const answers = await Promise.all(
      ['present', 'absent', 'late'].map((status) => section.teacher.put(path, body(status))),
    )
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200])
    expect((await w.registrar.get(`/attendance?section_id=${section.id}&date=${day(5)}`)).data.total).toBe(1)
  })
})

describe('a roster is refused', () => {
  test.each(['', '?dry_run=true', '?atomic=true'])(
    'in which students are there twice%s: each further row is named',
    async (options) => {
      const { section, a, b, c, path } = await given()
      const before = await stateOf(section.id)
      const records = [a, c, a, b, c, a].map((student_id) => ({ student_id, status: 'late' }))
      const answer = await section.teacher.put(path + options, { date: day(0), records })
      expect([...refusal(answer), badFields(answer)]).toEqual([
        422,
        'VALIDATION_ERROR',
        ['body.records.2.student_id', 'body.records.4.student_id', 'body.records.5.student_id'],
      ])
      expect(answer.error?.details.errors?.[0]).toMatchObject({ code: 'invalid', message: 'is there twice' })
      const greek = await section.teacher.put(path + options, { date: day(0), records }, { 'accept-language': 'el' })
      expect(greek.error?.details.errors?.[0]?.message).toBe('υπάρχει δύο φορές')
      expect(await stateOf(section.id)).toEqual(before)
    },
  )

  test.each([
    ['2025-09-28', 'ATTENDANCE_OUTSIDE_TERM'],
    ['2026-02-14', 'ATTENDANCE_OUTSIDE_TERM'],
    ['2999-01-01', 'ATTENDANCE_IN_FUTURE'],
  ])('of %s: %s, also when it is a dry run', async (date, code) => {
    const { section, a, path } = await given()
    const before = await stateOf(section.id)
    for (const options of ['', '?dry_run=true']) {
      const answer = await section.teacher.put(path + options, { date, records: [{ student_id: a, status: 'late' }] })
      expect(refusal(answer)).toEqual([400, code])
    }
    expect(await stateOf(section.id)).toEqual(before)
  })

  test('when an item is malformed: 422 names its place, and nothing is written', async () => {
    const { section, a, path } = await given()
    const before = await stateOf(section.id)
    const records = [
      { student_id: a, status: 'late' },
      { student_id: a, status: 'asleep' },
      { student_id: 0, status: 'late' },
      { student_id: a, status: 'late', recorded_by: 1 },
    ]
    const answer = await section.teacher.put(path, { date: '2025-10-32', period: 0, records })
    expect(badFields(answer)).toEqual([
      'body.date',
      'body.period',
      'body.records.1.status',
      'body.records.2.student_id',
      'body.records.3.recorded_by',
    ])
    expect(badFields(await section.teacher.put(path, { records: [] }))).toEqual(['body.records'])
    expect(badFields(await section.teacher.put(`${path}?force=true`, { records }))).toContain('query.force')
    expect(await stateOf(section.id)).toEqual(before)
  })

  test('to another teacher, to students, and for an unknown section', async () => {
    const { path, body, section } = await given()
    const before = await stateOf(section.id)
    expect(refusal(await (await w.teacher()).put(path, body))).toEqual([404, 'SECTION_NOT_FOUND'])
    expect(refusal(await w.registrar.put('/sections/999999/attendance', body))).toEqual([404, 'SECTION_NOT_FOUND'])
    expect((await stateOf(section.id)).items).toEqual(before.items)
    expect(refusal(await (await w.studentPersona()).put(path, body))).toEqual([403, 'HTTP_403'])
  })
})

test('a roster of sixty goes in one batch after one load, with one audit row', async () => {
  const section = await attendedSection(w, { marks: Array.from({ length: 60 }, () => []) })
  const records = section.students.map((student_id, place) => ({
    student_id,
    status: place % 4 === 0 ? 'absent' : 'present',
    note: 'Ἠθικὰ Νικομάχεια, "amphitheatre" A',
  }))
  const before = await countRows('audit_log')
  const answer = await section.teacher.put(`/sections/${section.id}/attendance`, { date: day(0), records })
  expect(answer.data).toEqual({ ...nothing, created: 60 })
  expect(answer.headers.get('server-timing')).toContain('in 2 round trips')
  expect(await countRows('audit_log')).toBe(before + 1)
  const written = await rowOf(
    "select count(*) as n, sum(status = 'absent') as absent, min(note) as note from live_attendance where section_id = ?",
    section.id,
  )
  expect(written).toEqual({ n: 60, absent: 15, note: records[0]!.note })
})
