import { beforeAll, describe, expect, test } from 'vitest'
import { badFields, refusal } from '../../call.ts'
import { auditRows, type World, world } from '../../world.ts'

let w: World
beforeAll(async () => {
  w = await world()
})

type Group = { any_of: { course_id: number; minimum_percentage?: number }[] }
const put = (id: number, body: { prerequisites?: Group[]; corequisites?: Group[] }) =>
  w.registrar.put(`/courses/${id}/prerequisites`, body)
const one = (course_id: number, minimum_percentage?: number): Group => ({
  any_of: [{ course_id, ...(minimum_percentage !== undefined && { minimum_percentage }) }],
})

/** Passes (or fails) a course in a term long over. */
async function taken(courseId: number, studentId: number, score: number) {
  const term = await w.term({ start_date: '2020-01-01', end_date: '2020-06-01' })
  const section = await w.section({ course_id: courseId, term_id: term.id })
  await w.enroll(section.id, studentId)
  const assessment = await w.assessment(section.id)
  await w.registrar.post('/assessment-scores', { assessment_id: assessment.id, student_id: studentId, score })
  await w.registrar.post(`/sections/${section.id}/results/compute`)
  await w.registrar.post('/results/publish', { section_id: section.id })
}

const enrolling = async (courseId: number, studentId: number, termId?: number) => {
  const section = await w.section({ course_id: courseId, ...(termId && { term_id: termId }) })
  return w.registrar.post(`/sections/${section.id}/enroll`, { student_id: studentId })
}

describe('what a course asks for', () => {
  test('is replaced as a whole, and read back in its groups', async () => {
    const [course, a, b, c] = [await w.course(), await w.course(), await w.course(), await w.course()]
    const wanted = {
      prerequisites: [
        {
          any_of: [
            { course_id: a.id, minimum_percentage: 65.5 },
            { course_id: b.id, minimum_percentage: null },
          ],
        },
      ],
      corequisites: [{ any_of: [{ course_id: c.id, minimum_percentage: null }] }],
    }
    const shown = {
      prerequisites: [
        {
          any_of: [
            { course_id: a.id, minimum_percentage: 65.5, course_code: a.code },
            { course_id: b.id, minimum_percentage: null, course_code: b.code },
          ],
        },
      ],
      corequisites: [{ any_of: [{ course_id: c.id, minimum_percentage: null, course_code: c.code }] }],
    }
    expect((await w.registrar.put(`/courses/${course.id}/prerequisites`, wanted)).data).toEqual(shown)
    expect((await w.registrar.get(`/courses/${course.id}/prerequisites`)).data).toEqual(shown)
    await w.registrar.put(`/courses/${course.id}/prerequisites`, wanted)
    expect((await auditRows('course', course.id)).map(({ action }) => action)).toEqual([
      'course.require',
      'course.create',
    ])
  })

  test('are other courses that are there', async () => {
    const course = await w.course()
    expect((await put(course.id, { prerequisites: [one(course.id)] })).error?.code).toBe('COURSE_REQUIRES_ITSELF')
    expect((await put(course.id, { prerequisites: [one(999_999)] })).error?.code).toBe('REQUIRED_COURSE_NOT_FOUND')
    const several = { prerequisites: [one((await w.course()).id), one(999_999)], corequisites: [one(999_998)] }
    expect(badFields(await put(course.id, several))).toEqual([
      'body.prerequisites.1.any_of.0.course_id',
      'body.corequisites.0.any_of.0.course_id',
    ])
    expect((await put(999_999, {})).error?.code).toBe('COURSE_NOT_FOUND')
  })

  test('keeps a required course from being deleted, as long as the course is there that requires it', async () => {
    const [course, required] = [await w.course(), await w.course()]
    await put(course.id, { prerequisites: [one(required.id)] })
    expect((await w.registrar.delete(`/courses/${required.id}`)).error?.code).toBe('COURSE_IN_USE')
    expect((await w.registrar.delete(`/courses/${course.id}`)).status).toBe(204)
    expect((await w.registrar.delete(`/courses/${required.id}`)).status).toBe(204)
  })

  test('come back before the course that asks for them', async () => {
    const [course, required] = [await w.course(), await w.course()]
    await put(course.id, { corequisites: [one(required.id)] })
    for (const { id } of [course, required]) expect((await w.registrar.delete(`/courses/${id}`)).status).toBe(204)
    expect(refusal(await w.registrar.post(`/courses/${course.id}/restore`))).toEqual([404, 'REQUIRED_COURSE_NOT_FOUND'])
    expect(refusal(await w.registrar.get(`/courses/${course.id}`))).toEqual([404, 'COURSE_NOT_FOUND'])
    for (const { id } of [required, course]) expect((await w.registrar.post(`/courses/${id}/restore`)).status).toBe(200)
  })
})

describe('a prerequisite', () => {
  test('refuses who has not taken it, and names it', async () => {
    const [course, required, student] = [await w.course(), await w.course(), await w.student()]
    await put(course.id, { prerequisites: [one(required.id)] })
    const answer = await enrolling(course.id, student.id)
    expect([answer.status, answer.error?.code]).toEqual([400, 'PREREQUISITE_NOT_MET'])
    expect(answer.error?.message).toBe(
      `The course needs a pass in ${required.code as string} first. That has to be taken before, or the registrar grants an override.`,
    )
    const section = await w.section({ course_id: course.id })
    const bulk = await w.registrar.post(`/sections/${section.id}/enroll/bulk`, { student_ids: [student.id] })
    expect(bulk.data.errors).toMatchObject([{ index: 0, code: 'PREREQUISITE_NOT_MET' }])
  })

  test.each([
    [59.99, undefined, 400],
    [60, undefined, 201],
    [74.99, 75, 400],
    [75, 75, 201],
  ])('passed with %d where %s is asked answers %d', async (score, minimum, status) => {
    const [course, required, student] = [await w.course(), await w.course(), await w.student()]
    await put(course.id, { prerequisites: [one(required.id, minimum)] })
    await taken(required.id, student.id, score)
    expect((await enrolling(course.id, student.id)).status).toBe(status)
  })

  test('is met by any course of its group, and every group must be met', async () => {
    const [course, a, b, c, student] = [
      await w.course(),
      await w.course(),
      await w.course(),
      await w.course(),
      await w.student(),
    ]
    await put(course.id, { prerequisites: [{ any_of: [{ course_id: a.id }, { course_id: b.id }] }, one(c.id)] })
    await taken(b.id, student.id, 80)
    const half = await enrolling(course.id, student.id)
    expect(half.error?.details.reasons).toEqual([
      {
        code: 'PREREQUISITE_NOT_MET',
        message: `The course needs a pass in ${c.code as string} first. That has to be taken before, or the registrar grants an override.`,
      },
    ])
    await taken(c.id, student.id, 80)
    expect((await enrolling(course.id, student.id)).status).toBe(201)
  })

  test('that the student sits in is met when its term came before, not in the same term', async () => {
    const [course, required, student, other] = [
      await w.course(),
      await w.course(),
      await w.student(),
      await w.student(),
    ]
    await put(course.id, { prerequisites: [one(required.id)] })
    const before = await w.term({ start_date: '2026-02-01', end_date: '2026-06-30' })
    const now = await w.term()
    await w.enroll((await w.section({ course_id: required.id, term_id: before.id })).id, student.id)
    await w.enroll((await w.section({ course_id: required.id, term_id: now.id })).id, other.id)
    expect((await enrolling(course.id, student.id, now.id)).status).toBe(201)
    const section = await w.section({ course_id: course.id, term_id: now.id, number: '2' })
    const same = await w.registrar.post(`/sections/${section.id}/enroll`, { student_id: other.id })
    expect(same.error?.code).toBe('PREREQUISITE_NOT_MET')
  })
})

test('requirements are replaced on the version that was seen', async () => {
  const [course, required] = [await w.course(), await w.course()]
  const body = { prerequisites: [one(required.id)] }
  const stale = await w.registrar.put(`/courses/${course.id}/prerequisites`, body, { 'if-match': '"9"' })
  expect([stale.status, stale.error?.code]).toEqual([412, 'PRECONDITION_FAILED'])
  expect((await w.registrar.get(`/courses/${course.id}/prerequisites`)).data.prerequisites).toEqual([])
})

describe('a corequisite', () => {
  test('is met in the same term or by a pass', async () => {
    const [course, together, student, graduate] = [
      await w.course(),
      await w.course(),
      await w.student(),
      await w.student(),
    ]
    await put(course.id, { corequisites: [one(together.id)] })
    const term = await w.term()
    const section = await w.section({ course_id: course.id, term_id: term.id })
    const enroll = (student_id: number) => w.registrar.post(`/sections/${section.id}/enroll`, { student_id })
    expect((await enroll(student.id)).error?.code).toBe('COREQUISITE_MISSING')
    await w.enroll((await w.section({ course_id: together.id, term_id: term.id })).id, student.id)
    expect((await enroll(student.id)).status).toBe(201)
    await taken(together.id, graduate.id, 90)
    expect((await enroll(graduate.id)).status).toBe(201)
  })
})
