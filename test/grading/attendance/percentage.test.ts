import { beforeAll, describe, expect, test } from 'vitest'
import { sectionNamed, studentsNamed } from '../named.ts'
import { refusal, badFields } from '../../call.ts'
import { persona, type World, world } from '../../world.ts'
import { type GradedSection } from '../graded-section.ts'
import { attend, attendedSection, days, type Status } from './attended.ts'

let w: World
beforeAll(async () => {
  w = await world()
})

async function given(...ofEach: Status[][]) {
  const section = await attendedSection(w, { marks: ofEach.map(() => []) })
  for (const [place, statuses] of ofEach.entries())
    await attend(section.teacher, section.id, section.students[place]!, statuses)
  return section
}

const usual = { late_counts: 100, excused: 'left_out', minimum: 75 }
const none = { present: 0, absent: 0, late: 0, excused: 0, outside: 0, records: 0, percentage: 0, eligible: false }

const queryOf = ({ id, students }: GradedSection, place = 0) => `student_id=${students[place]}&section_id=${id}`

describe('percentage and eligibility', () => {
  test.each([
    [8, 2, 80, true],
    [6, 4, 60, false],
    [15, 5, 75, true],
    [5, 1, 83.33, true],
    [2, 1, 66.67, false],
    [29, 2, 93.55, true],
    [0, 3, 0, false],
    [3, 0, 100, true],
  ])('%d present and %d absent make %d, eligible: %s', async (present, absent, percentage, eligible) => {
    const section = await given(days(present, absent))
    const figures = { present, absent, late: 0, excused: 0, outside: 0, records: present + absent, percentage }
    const [student] = await studentsNamed(w, section.students)
    const names = { ...student, ...(await sectionNamed(w, section.id)), rule: usual }
    const asked = await section.teacher.get(`/attendance/percentage?${queryOf(section)}`)
    expect(asked.data).toEqual({ ...names, ...figures })
    const judged = await section.teacher.get(`/attendance/eligibility?${queryOf(section)}`)
    expect(judged.data).toEqual({ ...names, ...figures, threshold: 75, eligible })
  })

  test('without a record it is 0 and not enough', async () => {
    const section = await given([])
    const { data } = await section.teacher.get(`/attendance/eligibility?${queryOf(section)}`)
    expect([data.records, data.percentage, data.eligible]).toEqual([0, 0, false])
  })

  test.each([
    ['66.66', true],
    ['66.67', false],
    ['0', true],
    ['100', false],
    ['66.6', true],
  ])('two of three against a threshold of %s: %s', async (threshold, eligible) => {
    const section = await given(days(2, 1))
    const { data } = await section.teacher.get(`/attendance/eligibility?${queryOf(section)}&threshold=${threshold}`)
    expect([data.threshold, data.percentage, data.eligible]).toEqual([Number(threshold), 66.67, eligible])
  })

  test.each(['-1', '100.01', '101', '75.125', 'most', '1e2'])('a threshold of "%s" answers 422', async (threshold) => {
    const answer = await w.registrar.get(`/attendance/eligibility?student_id=1&section_id=1&threshold=${threshold}`)
    expect([...refusal(answer), badFields(answer)]).toEqual([422, 'VALIDATION_ERROR', ['query.threshold']])
  })

  test('both need a student and a section', async () => {
    for (const what of ['percentage', 'eligibility'] as const) {
      const answer = await w.registrar.get(`/attendance/${what}`)
      expect([...refusal(answer), badFields(answer)]).toEqual([
        422,
        'VALIDATION_ERROR',
        ['query.student_id', 'query.section_id'],
      ])
    }
  })

  test('students ask about themselves only, another teacher not at all', async () => {
    const section = await given(days(1, 1), days(1, 0))
    const me = await persona('student', section.students[0])
    const [stranger, applicant] = [await w.teacher(), await persona('student')]
    for (const what of ['percentage', 'eligibility'] as const) {
      expect((await me.get(`/attendance/${what}?${queryOf(section)}`)).data.percentage).toBe(50)
      const path = `/attendance/${what}?${queryOf(section, 1)}` as const
      expect(refusal(await me.get(path))).toEqual([404, 'STUDENT_NOT_FOUND'])
      expect(refusal(await applicant.get(path))).toEqual([404, 'STUDENT_NOT_FOUND'])
      expect(refusal(await stranger.get(path))).toEqual([404, 'SECTION_NOT_FOUND'])
    }
  })

  test('of an unknown section or student answer 404, of somebody who never sat in it 400', async () => {
    const section = await given([])
    const path = '/attendance/percentage'
    const unknown = await w.registrar.get(`${path}?student_id=${section.students[0]}&section_id=999999`)
    expect(refusal(unknown)).toEqual([404, 'SECTION_NOT_FOUND'])
    const { id } = await w.student()
    const never = await w.registrar.get(`${path}?student_id=${id}&section_id=${section.id}`)
    expect([...refusal(never), never.error?.message]).toEqual([
      400,
      'NOT_ENROLLED',
      `The student with id ${id} is not enrolled in this section. Have the student enrolled first.`,
    ])
    const nobody = await w.registrar.get(`${path}?student_id=999999&section_id=${section.id}`)
    expect(refusal(nobody)).toEqual([404, 'STUDENT_NOT_FOUND'])
  })

  test('outlive a seat that was given up, once however often it was taken', async () => {
    const section = await given(days(3, 1))
    const [seat] = (await w.registrar.get(`/enrollments?section_id=${section.id}`)).data.items
    await w.registrar.post(`/enrollments/${seat!.id}/drop`)
    const { data } = await section.teacher.get(`/attendance/percentage?${queryOf(section)}`)
    expect([data.records, data.percentage]).toEqual([4, 75])
    expect((await summaryOf(section)).data.students).toEqual([])
    await w.enroll(section.id, section.students[0]!)
    expect((await summaryOf(section)).data.students).toMatchObject([{ records: 4, percentage: 75, eligible: true }])
    expect((await section.teacher.get(`/attendance/percentage?${queryOf(section)}`)).data.records).toBe(4)
  })
})

const summaryOf = ({ id, teacher }: GradedSection, more = '') =>
  teacher.get(`/attendance/section-summary?section_id=${id}${more}`)

describe('the summary of a section', () => {
  test('counts everybody by status, in the order of names, in one round trip', async () => {
    const anna = await w.student({ last_name: 'Άλφα', first_name: 'Άννα' })
    const zoe = await w.student({ last_name: 'Ωμέγα', first_name: 'Ζωή' })
    const bob = await w.student({ last_name: 'Βήτα', first_name: 'Βύρων' })
    const section = await attendedSection(w, { students: [zoe.id, anna.id, bob.id], marks: [[], [], []] })
    await attend(section.teacher, section.id, zoe.id, days(5, 1))
    await attend(section.teacher, section.id, anna.id, days(1, 1, 'late', 'excused'))
    const answer = await summaryOf(section)
    const named = (one: typeof anna, name: string) => ({
      student_id: one.id,
      student_number: one['student_number'],
      student_name: name,
    })
    expect(answer.data).toEqual({
      ...(await sectionNamed(w, section.id)),
      rule: usual,
      threshold: 75,
      totals: {
        ...none,
        present: 6,
        absent: 2,
        late: 1,
        excused: 1,
        records: 10,
        percentage: 77.78,
        students: 3,
        eligible: 1,
        below_threshold: 2,
      },
      students: [
        {
          ...named(anna, 'Άλφα Άννα'),
          ...none,
          present: 1,
          absent: 1,
          late: 1,
          excused: 1,
          records: 4,
          percentage: 66.67,
        },
        { ...named(bob, 'Βήτα Βύρων'), ...none },
        { ...named(zoe, 'Ωμέγα Ζωή'), ...none, present: 5, absent: 1, records: 6, percentage: 83.33, eligible: true },
      ],
    })
    expect(answer.headers.get('server-timing')).toContain('in 1 round trips')
  })

  test('takes another threshold', async () => {
    const section = await given(days(3, 1), days(1, 0))
    const { data } = await summaryOf(section, '&threshold=75.01')
    expect(data.threshold).toBe(75.01)
    const eligible = data.students.map((one: { eligible: boolean }) => one.eligible)
    expect(eligible.toSorted()).toEqual([false, true])
  })

  test('of an empty section is empty', async () => {
    const { id } = await w.section()
    const { data } = await w.registrar.get(`/attendance/section-summary?section_id=${id}`)
    const { eligible: _, ...sums } = none
    const totals = { ...sums, students: 0, eligible: 0, below_threshold: 0 }
    expect(data).toEqual({ ...(await sectionNamed(w, id)), rule: usual, threshold: 75, totals, students: [] })
  })

  test('is for those who keep the section', async () => {
    const section = await given(days(1, 0))
    const path = `/attendance/section-summary?section_id=${section.id}` as const
    for (const caller of [section.teacher, w.registrar, await w.admin()])
      expect((await caller.get(path)).status).toBe(200)
    expect(refusal(await (await w.teacher()).get(path))).toEqual([404, 'SECTION_NOT_FOUND'])
    expect(refusal(await (await persona('student', section.students[0])).get(path))).toEqual([403, 'HTTP_403'])
  })
})
