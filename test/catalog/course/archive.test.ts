import { beforeAll, describe, expect, test } from 'vitest'
import { refusal, badFields } from '../../call.ts'
import { auditRows, type World, world } from '../../world.ts'
import { execute } from '../../grading/graded-section.ts'

let w: World
beforeAll(async () => {
  w = await world()
})

/** Both behave alike. */
const nouns = [
  ['course', '/courses', 'COURSE_NOT_FOUND', () => w.course()],
  ['program', '/programs', 'PROGRAM_NOT_FOUND', () => w.program()],
] as const

describe.each(nouns)('an archived %s', (noun, path, notFound, make) => {
  const idsIn = async (query: string) =>
    (await w.registrar.get(`${path}?page_size=200${query}`)).data.items.map(({ id }: { id: number }) => id)

  test('leaves the list, unless archived ones are asked for, and is still read', async () => {
    const { id } = await make()
    const { status, data } = await w.registrar.post(`${path}/${id}/archive`)
    expect([status, data]).toEqual([200, expect.objectContaining({ id, version: 2 })])
    expect(data.archived_at).toMatch(/Z$/)
    expect(await idsIn('')).not.toContain(id)
    expect(await idsIn('&archived=false')).not.toContain(id)
    expect(await idsIn('&archived=true')).toContain(id)
    expect((await w.registrar.get(`${path}/${id}`)).data).toEqual(data)
    expect(badFields(await w.registrar.get(`${path}?archived=maybe`))).toEqual(['query.archived'])
  })

  test('comes back', async () => {
    const { id } = await make()
    await w.registrar.post(`${path}/${id}/archive`)
    expect((await w.registrar.post(`${path}/${id}/unarchive`)).data).toMatchObject({ archived_at: null, version: 3 })
    expect(await idsIn('')).toContain(id)
    expect(await idsIn('&archived=true')).not.toContain(id)
  })

  test('archived twice is archived once, with one audit row each way', async () => {
    const { id } = await make()
    const first = (await w.registrar.post(`${path}/${id}/archive`)).data
    expect((await w.registrar.post(`${path}/${id}/archive`)).data).toEqual(first)
    for (const _ of [1, 2]) await w.registrar.post(`${path}/${id}/unarchive`)
    expect((await auditRows(noun, id)).map(({ action }) => action)).toEqual([
      `${noun}.archive`,
      `${noun}.archive`,
      `${noun}.create`,
    ])
  })

  test('is archived by the registry, on the version it has seen, and by no field of a body', async () => {
    const { id } = await make()
    for (const act of ['archive', 'unarchive']) {
      expect(refusal(await (await w.teacher()).post(`${path}/${id}/${act}`))).toEqual([403, 'HTTP_403'])
      expect(refusal(await w.registrar.post(`${path}/999999/${act}`))).toEqual([404, notFound])
    }
    const stale = await w.registrar.post(`${path}/${id}/archive`, undefined, { 'if-match': '"9"' })
    expect(refusal(stale)).toEqual([412, 'PRECONDITION_FAILED'])
    const given = await w.registrar.patch(`${path}/${id}`, { archived_at: '2026-01-01T00:00:00.000Z' })
    expect([given.status, badFields(given)]).toEqual([422, ['body.archived_at']])
    await w.registrar.post(`${path}/${id}/archive`)
    const taken = await w.registrar.patch(`${path}/${id}`, { archived_at: null })
    expect([taken.status, badFields(taken)]).toEqual([422, ['body.archived_at']])
  })
})

describe('an archived course', () => {
  test('takes no new section, by creation or by moving, and the database holds that', async () => {
    const [course, section, term] = [await w.course(), await w.section(), await w.term()]
    await w.registrar.post(`/courses/${course.id}/archive`)
    const created = await w.registrar.post('/sections', { course_id: course.id, term_id: term.id })
    expect(refusal(created)).toEqual([400, 'COURSE_ARCHIVED'])
    expect(created.error?.message).toBe(
      `The course with id ${course.id} is archived and takes no new sections. Choose another, or unarchive it first.`,
    )
    expect(refusal(await w.registrar.patch(`/sections/${section.id}`, { course_id: course.id }))).toEqual([
      400,
      'COURSE_ARCHIVED',
    ])
    const behind = execute(
      "insert into section (course_id, term_id, number, created_at, updated_at) values (?, ?, '9', '', '')",
      course.id,
      term.id,
    )
    await expect(behind).rejects.toThrow('section_course_archived')
  })

  test('keeps its sections, which go on as before, and cannot be deleted while it has some', async () => {
    const [section, student] = [await w.section(), await w.student()]
    const course = section['course_id'] as number
    await w.registrar.post(`/courses/${course}/archive`)
    expect((await w.registrar.patch(`/sections/${section.id}`, { capacity: 7, course_id: course })).status).toBe(200)
    await w.enroll(section.id, student.id)
    expect((await w.registrar.get(`/sections?course_id=${course}`)).data.total).toBe(1)
    expect(refusal(await w.registrar.delete(`/courses/${course}`))).toEqual([409, 'COURSE_IN_USE'])
  })
})

describe('an archived program', () => {
  test('takes no new student, by creation or by change, and the database holds that', async () => {
    const [program, student] = [await w.program(), await w.student()]
    await w.registrar.post(`/programs/${program.id}/archive`)
    const created = await w.registrar.post('/students', {
      student_number: `ARC-${program.id}`,
      first_name: 'Ζωή',
      last_name: 'Ράλλη',
      email: `arc${program.id}@lyceum.test`,
      program_id: program.id,
    })
    expect(refusal(created)).toEqual([400, 'PROGRAM_ARCHIVED'])
    const moved = await w.registrar.patch(`/students/${student.id}`, { program_id: program.id })
    expect(refusal(moved)).toEqual([400, 'PROGRAM_ARCHIVED'])
    expect(moved.error?.message).toBe(
      `The program with id ${program.id} is archived and takes no new students. Choose another, or unarchive it first.`,
    )
    const behind = execute('update student set program_id = ? where id = ?', program.id, student.id)
    await expect(behind).rejects.toThrow('student_program_archived')
  })

  test('keeps its students and shows on their transcripts, and cannot be deleted while it has some', async () => {
    const program = await w.program({ title: 'Philology' })
    const student = await w.student({ program_id: program.id })
    await w.registrar.post(`/programs/${program.id}/archive`)
    const again = { phone: '+306900112244', program_id: program.id }
    expect((await w.registrar.patch(`/students/${student.id}`, again)).status).toBe(200)
    expect((await w.registrar.get(`/transcripts/${student.id}`)).status).toBe(200)
    expect(refusal(await w.registrar.delete(`/programs/${program.id}`))).toEqual([409, 'PROGRAM_IN_USE'])
  })
})
