import { beforeAll, describe, expect, test } from 'vitest'
import { auditRows, countRows, type World, world } from '../../world.ts'

let w: World
beforeAll(async () => {
  w = await world()
})

describe('changing a course', () => {
  test('PATCH changes the given fields and nothing else', async () => {
    const program = await w.program()
    const course = await w.course({ program_id: program.id, absence_penalty: 2 })
    const answer = await w.registrar.patch(`/courses/${course.id}`, { credits: 7.5 })
    expect(answer.status).toBe(200)
    expect(answer.data).toEqual({
      ...course,
      credits: 7.5,
      version: 2,
      updated_at: answer.data.updated_at,
      sections_updated: [],
    })
  })

  test('PATCH writes the code as it is typed', async () => {
    const course = await w.course()
    const path = `/courses/${course.id}` as const
    const lower = String(course['code']).toLowerCase()
    expect((await w.registrar.patch(path, { code: lower })).data).toMatchObject({ code: lower, version: 2 })
    const before = await countRows('audit_log')
    expect((await w.registrar.patch(path, { code: lower })).data.version).toBe(2)
    expect(await countRows('audit_log')).toBe(before)
    expect((await w.registrar.patch(path, { code: `${lower}X` })).data.code).toBe(`${lower}X`)
  })

  test('PUT replaces: what is left out returns to its default', async () => {
    const course = await w.course({ program_id: (await w.program()).id, absence_penalty: 2 })
    const body = { code: course['code'], title: 'Networks', credits: 5 }
    const answer = await w.registrar.put(`/courses/${course.id}`, body)
    expect(answer.data).toMatchObject({ ...body, title_el: null, program_id: null, absence_penalty: 0, version: 2 })
  })

  test('leaves an audit row with old and new values', async () => {
    const course = await w.course()
    await w.registrar.patch(`/courses/${course.id}`, { credits: 7.5, absence_penalty: 1.25 })
    const [audit, , ...others] = await auditRows('course', course.id)
    expect(others).toEqual([])
    expect(audit).toMatchObject({ action: 'course.update', status: 200 })
    expect(JSON.parse(audit!.changes)).toEqual({
      credits: { old: 6, new: 7.5 },
      absence_penalty: { old: 0, new: 1.25 },
    })
  })

  test('to the values it has writes nothing', async () => {
    const course = await w.course({ credits: 7.1 })
    const before = await countRows('audit_log')
    const same = await w.registrar.patch(`/courses/${course.id}`, { credits: 7.1, title: course['title'] })
    expect(same.data).toEqual({ ...course, sections_updated: [] })
    expect(await countRows('audit_log')).toBe(before)
  })

  test('to a code that is taken answers 409', async () => {
    const [one, other] = [await w.course(), await w.course()]
    const answer = await w.registrar.patch(`/courses/${one.id}`, { code: other['code'] })
    expect([answer.status, answer.error?.code]).toEqual([409, 'COURSE_CODE_TAKEN'])
    expect((await w.registrar.get(`/courses/${one.id}`)).data).toEqual(one)
  })

  test('into a program that is not there answers 404 with the id of the program', async () => {
    const course = await w.course()
    const answer = await w.registrar.patch(`/courses/${course.id}`, { program_id: 999_999 })
    expect([answer.status, answer.error?.code]).toEqual([404, 'COURSE_PROGRAM_NOT_FOUND'])
    expect(answer.error?.message).toBe('Program with id 999999 not found.')
  })

  test('that is not there answers 404 with its id', async () => {
    for (const answer of [
      await w.registrar.get('/courses/99999'),
      await w.registrar.patch('/courses/99999', { title: 'Networks' }),
      await w.registrar.delete('/courses/99999'),
    ]) {
      expect([answer.status, answer.error?.code]).toEqual([404, 'COURSE_NOT_FOUND'])
      expect(answer.error?.message).toBe('Course with id 99999 not found.')
    }
  })
})
