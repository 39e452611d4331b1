import { beforeAll, describe, expect, test } from 'vitest'
import { auditRows, type World, world } from '../../world.ts'

let w: World
beforeAll(async () => {
  w = await world()
})

describe('deleting a course', () => {
  test('hides it from get, list and search, and frees its code', async () => {
    const course = await w.course({ title: 'Παλαιογραφία' })
    expect((await w.registrar.delete(`/courses/${course.id}`)).status).toBe(204)
    expect((await w.registrar.get(`/courses/${course.id}`)).error?.code).toBe('COURSE_NOT_FOUND')
    expect((await w.registrar.get(`/courses?code=${String(course['code'])}`)).data.items).toEqual([])
    expect((await w.registrar.get('/courses?search=παλαιογραφια')).data.total).toBe(0)
    expect((await w.course({ code: course['code'] })).id).not.toBe(course.id)
  })

  test('leaves one audit row', async () => {
    const course = await w.course()
    await w.registrar.delete(`/courses/${course.id}`)
    expect((await auditRows('course', course.id)).map(({ action, status }) => [action, status])).toEqual([
      ['course.delete', 204],
      ['course.create', 201],
    ])
  })

  test('that has sections is refused until they are gone', async () => {
    const course = await w.course()
    const section = await w.section({ course_id: course.id })
    const refused = await w.registrar.delete(`/courses/${course.id}`)
    expect([refused.status, refused.error?.code]).toEqual([409, 'COURSE_IN_USE'])
    expect(refused.error?.message).toBe(
      `The course ${String(course['code'])} has sections, or another course requires it, and cannot be deleted. Archive it instead.`,
    )
    await w.registrar.delete(`/sections/${section.id}`)
    expect((await w.registrar.delete(`/courses/${course.id}`)).status).toBe(204)
  })
})

describe('restoring a course', () => {
  test('brings it back as it was', async () => {
    const course = await w.course({ credits: 7.5 })
    await w.registrar.delete(`/courses/${course.id}`)
    const answer = await w.registrar.post(`/courses/${course.id}/restore`)
    expect(answer.status).toBe(200)
    expect(answer.data).toEqual({ ...course, version: 3, updated_at: answer.data.updated_at })
    expect((await auditRows('course', course.id))[0]).toMatchObject({ action: 'course.restore', status: 200 })
  })

  test('whose code was given to another answers 409', async () => {
    const course = await w.course()
    await w.registrar.delete(`/courses/${course.id}`)
    await w.course({ code: course['code'] })
    const answer = await w.registrar.post(`/courses/${course.id}/restore`)
    expect([answer.status, answer.error?.code]).toEqual([409, 'COURSE_CODE_TAKEN'])
  })

  test('whose program was deleted meanwhile answers 404 with the id of the program', async () => {
    const program = await w.program()
    const course = await w.course({ program_id: program.id })
    await w.registrar.delete(`/courses/${course.id}`)
    expect((await w.registrar.delete(`/programs/${program.id}`)).status).toBe(204)
    const answer = await w.registrar.post(`/courses/${course.id}/restore`)
    expect([answer.status, answer.error?.code]).toEqual([404, 'COURSE_PROGRAM_NOT_FOUND'])
    expect(answer.error?.message).toBe(`Program with id ${program.id} not found.`)
  })

  test('that is live is told so', async () => {
    const course = await w.course()
    const answer = await w.registrar.post(`/courses/${course.id}/restore`)
    expect([answer.status, answer.error?.code]).toEqual([409, 'ROW_NOT_DELETED'])
  })
})
