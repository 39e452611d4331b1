import fc from 'fast-check'
import { beforeAll, describe, expect, test } from 'vitest'
import { type Asked, circleThrough } from '#/catalog/course/circle.ts'
import { refusal } from '../../call.ts'
import { countRows, type World, world } from '../../world.ts'

let w: World
beforeAll(async () => {
  w = await world()
})

type Course = { id: number; code: string }
type Kind = 'prerequisites' | 'corequisites'
const some = async (count: number): Promise<Course[]> => {
  const made = []
  for (let i = 0; i < count; i += 1) made.push(await w.course())
  return made
}
const put = (course: Course, kind: Kind, ...groups: Course[][]) =>
  w.registrar.put(`/courses/${course.id}/prerequisites`, {
    [kind]: groups.map((group) => ({ any_of: group.map(({ id }) => ({ course_id: id })) })),
  })

describe('courses that wait for each other', () => {
  test.each([2, 3, 5])('in a circle of %d are refused, and named on the way round', async (size) => {
    const circle = await some(size)
    for (const [i, course] of circle.slice(0, -1).entries())
      expect((await put(course, 'prerequisites', [circle[i + 1]!])).status).toBe(200)
    const last = circle.at(-1)!
    const before = await countRows('audit_log')
    const answer = await put(last, 'prerequisites', [circle[0]!])
    const codes = [last, ...circle].map(({ code }) => code).join(' → ')
    expect([...refusal(answer), answer.error?.message.includes(`: ${codes}.`), answer.error?.details]).toEqual([
      400,
      'REQUIREMENTS_CIRCULAR',
      true,
      {
        circle: [last, ...circle.slice(0, -1)].map(({ id, code }) => ({ course_id: id, course_code: code })),
        errors: [
          {
            in: 'body',
            path: 'prerequisites.0.any_of.0.course_id',
            code: 'REQUIREMENTS_CIRCULAR',
            message: answer.error!.message,
          },
        ],
      },
    ])
    expect(await countRows('audit_log')).toBe(before)
    expect((await w.registrar.get(`/courses/${last.id}/prerequisites`)).data.prerequisites).toEqual([])
  })

  test('are refused where one is a corequisite, and not where all are', async () => {
    const [a, b] = await some(2)
    expect((await put(a!, 'corequisites', [b!])).status).toBe(200)
    expect(refusal(await put(b!, 'prerequisites', [a!]))).toEqual([400, 'REQUIREMENTS_CIRCULAR'])
    expect((await put(b!, 'corequisites', [a!])).status).toBe(200)
  })

  test('are taken where there is another way', async () => {
    const [a, b, other] = await some(3)
    expect((await put(a!, 'prerequisites', [b!, other!])).status).toBe(200)
    expect((await put(b!, 'prerequisites', [a!])).status).toBe(200)
    expect(refusal(await put(other!, 'prerequisites', [b!]))).toEqual([400, 'REQUIREMENTS_CIRCULAR'])
  })

  test('are refused to the slower of two who ask at once', async () => {
    for (let round = 0; round < 5; round += 1) {
      const [a, b, c] = await some(3)
      await put(b!, 'prerequisites', [c!])
      const answers = await Promise.all([put(a!, 'prerequisites', [b!]), put(c!, 'prerequisites', [a!])])
      expect(answers.map(({ status }) => status).toSorted()).toEqual([200, 400])
    }
  })
})

describe('a code beside the id of a required course', () => {
  test('may be repeated, and is refused when it is that of another', async () => {
    const [course, a, b] = await some(3)
    await put(course!, 'prerequisites', [a!, b!])
    const { data } = await w.registrar.get(`/courses/${course!.id}/prerequisites`)
    expect(data.prerequisites[0]!.any_of.map(({ course_code }) => course_code)).toEqual([a!.code, b!.code])
    const before = await countRows('audit_log')
    expect((await w.registrar.put(`/courses/${course!.id}/prerequisites`, data)).status).toBe(200)
    expect(await countRows('audit_log')).toBe(before)
    const other = { prerequisites: [{ any_of: [{ course_id: a!.id, course_code: b!.code }] }] }
    const answer = await w.registrar.put(`/courses/${course!.id}/prerequisites`, other)
    expect(answer.error?.details.errors).toMatchObject([
      { path: 'prerequisites.0.any_of.0.course_code', code: 'read_only' },
    ])
  })
})

/** Whether somebody could take a course, tried the long way: by every set of courses, one term after another. */
function canBeTaken(course: number, asked: readonly Asked[], count: number): boolean {
  const isMet = (id: number, kind: Asked['kind'], having: number) =>
    [
      ...Map.groupBy(
        asked.filter((one) => one.course_id === id && one.kind === kind),
        (one) => one.group_number,
      ).values(),
    ].every((group) => group.some((one) => having & (1 << one.required_course_id)))
  const seen = new Set([0])
  for (const passed of seen) {
    for (let term = 1; term < 1 << count; term += 1) {
      const together = Array.from({ length: count }, (_, id) => id).filter((id) => term & (1 << id))
      const isPossible = together.every(
        (id) => isMet(id, 'prerequisite', passed) && isMet(id, 'corequisite', passed | term),
      )
      if (isPossible) seen.add(passed | term)
    }
  }
  return [...seen].some((passed) => passed & (1 << course))
}

const count = 4
const row = fc.record<Asked>({
  course_id: fc.nat(count - 1),
  kind: fc.constantFrom('prerequisite', 'corequisite'),
  group_number: fc.nat(1),
  required_course_id: fc.nat(count - 1),
})

test('a course is refused just when nobody could take it because of itself', () => {
  fc.assert(
    fc.property(fc.array(row, { maxLength: 9 }), (rows) => {
      const asked = rows.filter((one) => one.course_id !== one.required_course_id)
      const free = asked.filter(({ course_id }) => course_id !== 0)
      const stuck = [1, 2, 3].filter((id) => !canBeTaken(id, free, count))
      const others = asked.filter(({ course_id }) => !stuck.includes(course_id))
      const circle = circleThrough(0, asked)
      expect(circle === undefined).toBe(canBeTaken(0, others, count))
      if (!circle) return
      expect([circle[0], circle.at(-1), new Set(circle).size]).toEqual([0, 0, circle.length - 1])
      for (const [i, id] of circle.slice(0, -1).entries())
        expect(asked.some((one) => one.course_id === id && one.required_course_id === circle[i + 1])).toBe(true)
    }),
    { numRuns: 2000 },
  )
})
