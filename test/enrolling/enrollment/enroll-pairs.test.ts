import { beforeAll, describe, expect, test } from 'vitest'
import { refusal } from '../../call.ts'
import { auditRows, countRows, type World, world } from '../../world.ts'

let w: World
beforeAll(async () => {
  w = await world()
})

interface Pair {
  section_id: number
  student_id: number
}

const enroll = (enrollments: Pair[], query = '', caller = w.registrar as Pick<World['registrar'], 'post'>) =>
  caller.post(`/enrollments/bulk${query}`, { enrollments })
const failures = ({ data }: Awaited<ReturnType<typeof enroll>>) =>
  data.errors.map(({ index, code }: { index: number; code: string }) => [index, code])

/** Sections of one term, of courses of their own. */
async function basket(count: number, fields: object = {}) {
  const { id: term_id } = await w.term()
  const sections = []
  for (let i = 0; i < count; i += 1) sections.push(await w.section({ term_id, ...fields }))
  return sections.map(({ id, course_id }) => ({ id, course_id: course_id as number }))
}

const needsBeside = (course: number, other: number) =>
  w.registrar.put(`/courses/${course}/prerequisites`, { corequisites: [{ any_of: [{ course_id: other }] }] })

describe('enrolling pairs of students and sections', () => {
  test('is one transaction with an audit row of the act and of each seat, and a report by index', async () => {
    const [a, b] = await basket(2)
    const [one, two] = [await w.student(), await w.student()]
    const before = await countRows('audit_log')
    const answer = await enroll([
      { section_id: a!.id, student_id: one.id },
      { section_id: b!.id, student_id: one.id },
      { section_id: a!.id, student_id: two.id },
      { section_id: a!.id, student_id: two.id },
      { section_id: 999_999, student_id: two.id },
      { section_id: b!.id, student_id: 999_999 },
    ])
    expect(answer.data).toMatchObject({ created: 3, failed: 3, skipped: 0, updated: 0 })
    expect(failures(answer)).toEqual([
      [3, 'ALREADY_ENROLLED'],
      [4, 'SECTION_NOT_FOUND'],
      [5, 'STUDENT_NOT_FOUND'],
    ])
    expect(await countRows('audit_log')).toBe(before + 1 + 3)
    expect((await w.registrar.get(`/sections/${a!.id}`)).data.seats_taken).toBe(2)
  })

  test('counts corequisites that are taken together as met for each other', async () => {
    const [a, b] = await basket(2)
    await needsBeside(a!.course_id, b!.course_id)
    await needsBeside(b!.course_id, a!.course_id)
    const { id: student_id } = await w.student()
    const pairs = [a!, b!].map(({ id }) => ({ section_id: id, student_id }))
    expect(refusal(await w.registrar.post('/enrollments', pairs[0]))).toEqual([400, 'COREQUISITE_MISSING'])
    expect((await enroll(pairs)).data).toMatchObject({ created: 2, failed: 0 })
  })

  test('does not count a corequisite that itself is refused, nor that of another student', async () => {
    const [a, b, c] = await basket(3)
    await needsBeside(a!.course_id, b!.course_id)
    await needsBeside(b!.course_id, c!.course_id)
    await w.registrar.patch(`/sections/${c!.id}`, { capacity: 0 })
    const [me, other] = [await w.student(), await w.student()]
    const answer = await enroll([
      ...[a!, b!, c!].map(({ id }) => ({ section_id: id, student_id: me.id })),
      { section_id: a!.id, student_id: other.id },
    ])
    expect(failures(answer)).toEqual([
      [0, 'COREQUISITE_MISSING'],
      [1, 'COREQUISITE_MISSING'],
      [2, 'SECTION_FULL'],
      [3, 'COREQUISITE_MISSING'],
    ])
  })

  test('sees the hours, credits and seats of what comes before in the request', async () => {
    const [a, b, c] = await basket(3)
    const program = await w.program({ credits_per_term: 12 })
    const [me, other] = [await w.student({ program_id: program.id }), await w.student()]
    const meetings = [{ weekday: 2, start: '10:00', end: '12:00' }]
    for (const { id } of [a!, b!]) await w.registrar.put(`/sections/${id}/meetings`, { meetings })
    await w.registrar.patch(`/sections/${c!.id}`, { capacity: 1 })
    const first = await enroll([
      { section_id: a!.id, student_id: me.id },
      { section_id: b!.id, student_id: me.id },
      { section_id: c!.id, student_id: me.id },
      { section_id: c!.id, student_id: other.id },
    ])
    expect(failures(first)).toEqual([
      [1, 'SCHEDULE_CONFLICT'],
      [3, 'SECTION_FULL'],
    ])
    const third = await w.section({ term_id: (await w.registrar.get(`/sections/${a!.id}`)).data.term_id })
    expect(failures(await enroll([{ section_id: third.id, student_id: me.id }]))).toEqual([[0, 'CREDIT_LIMIT']])
  })

  test.each(['?atomic=true', '?dry_run=true'])('with %s writes nothing when one of them cannot be', async (query) => {
    const [a, b] = await basket(2)
    await w.registrar.patch(`/sections/${b!.id}`, { capacity: 0 })
    const { id: student_id } = await w.student()
    const before = [await countRows('enrollment'), await countRows('audit_log')]
    const answer = await enroll(
      [a!, b!].map(({ id }) => ({ section_id: id, student_id })),
      query,
    )
    expect(failures(answer)).toEqual([[1, 'SECTION_FULL']])
    expect([await countRows('enrollment'), await countRows('audit_log')]).toEqual(before)
  })

  test('takes at most 200 and at least one', async () => {
    const pair = { section_id: 1, student_id: 1 }
    expect(refusal(await enroll([]))).toEqual([422, 'VALIDATION_ERROR'])
    expect(refusal(await enroll(Array.from({ length: 201 }, () => pair)))).toEqual([422, 'VALIDATION_ERROR'])
  })

  test('by ten students at once for one seat fills it once and reports the others', async () => {
    const [a] = await basket(1, { capacity: 1 })
    const students = await Promise.all(Array.from({ length: 10 }, () => w.student()))
    const answers = await Promise.all(students.map(({ id }) => enroll([{ section_id: a!.id, student_id: id }])))
    expect(answers.map(({ data }) => data.created).toSorted()).toEqual([0, 0, 0, 0, 0, 0, 0, 0, 0, 1])
    expect(answers.flatMap(failures)).toEqual(Array.from({ length: 9 }, () => [0, 'SECTION_FULL']))
  })

  test('is open to a student for the own basket only', async () => {
    const sections = await basket(2)
    const me = await w.studentPersona()
    const mine = sections.map(({ id }) => ({ section_id: id, student_id: me.studentId! }))
    const foreign = [mine[0]!, { section_id: sections[1]!.id, student_id: (await w.student()).id }]
    expect(refusal(await enroll(foreign, '', me))).toEqual([404, 'STUDENT_NOT_FOUND'])
    expect((await w.registrar.get(`/enrollments?student_id=${me.studentId}`)).data.total).toBe(0)
    expect((await enroll(mine, '', me)).data).toMatchObject({ created: 2, failed: 0 })
    expect((await auditRows('section', sections[0]!.id)).map(({ action }) => action)).toEqual(['section.create'])
  })
})
