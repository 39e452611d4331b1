import { beforeAll, describe, expect, test } from 'vitest'
import { sectionNamed } from '../named.ts'
import { refusal } from '../../call.ts'
import { auditRows, countRows, type World, world } from '../../world.ts'
import { computed, gradedSection, mark, published } from '../graded-section.ts'

let w: World
const nobody = { count: 0, students: [] }
beforeAll(async () => {
  w = await world()
})

const resultOf = async (id: number) => (await w.registrar.get(`/results/${id}`)).data

describe('computing results', () => {
  test('makes a draft for each student from the gradebook', async () => {
    const course = { credits: 7.5 }
    const marks = [[80, 90, 85], [100, null, null], []]
    const section = await gradedSection(w, { weights: [30, 40, 30], marks, course })
    const answer = await section.teacher.post(`/sections/${section.id}/results/compute`)
    expect(answer.status).toBe(200)
    expect(answer.data).toEqual({
      ...(await sectionNamed(w, section.id)),
      created: 3,
      updated: 0,
      unchanged: 0,
      locked: 0,
      kept: nobody,
      without_score: {
        count: 1,
        students: [
          { student_id: section.students[2], student_number: expect.any(String), student_name: 'Παππά Ελένη' },
        ],
      },
    })
    const { items } = (await section.teacher.get(`/results?section_id=${section.id}`)).data
    const draft = { state: 'draft', credits: 7.5, published_at: null, frozen_at: null, version: 1 }
    expect(items).toHaveLength(3)
    expect(items[0]).toMatchObject({
      ...draft,
      student_id: section.students[0],
      percentage: 85.5,
      letter: 'A',
      points: 3.42,
      value: 85.5,
      outcome: 'pass',
    })
    expect(items[1]).toMatchObject({ ...draft, percentage: 30, letter: 'F', points: 1.2, value: 30, outcome: 'fail' })
    expect(items[2]).toMatchObject({ ...draft, percentage: 0, letter: 'F', points: 0, value: 0, outcome: 'fail' })
  })

  test('leaves one audit row with what it computed', async () => {
    const section = await gradedSection(w, { marks: [[80], [70]] })
    const before = await countRows('audit_log')
    await section.teacher.post(`/sections/${section.id}/results/compute`)
    expect(await countRows('audit_log')).toBe(before + 1)
    const [audit] = await auditRows('section', section.id)
    expect(audit).toMatchObject({ action: 'result.compute', actor_id: section.teacher.userId, status: 200 })
    const [a, b] = section.students
    expect(JSON.parse(audit!.changes)).toEqual({
      results: {
        new: [
          { student_id: a, percentage: 80, letter: 'B+' },
          { student_id: b, percentage: 70, letter: 'C+' },
        ],
      },
    })
  })

  test('again refreshes what changed, keeps the ids, and writes nothing when nothing changed', async () => {
    const section = await gradedSection(w, { marks: [[80], [70]] })
    const ids = await computed(w, section)
    await mark(w, section, [[95]])
    const again = await section.teacher.post(`/sections/${section.id}/results/compute`)
    expect(again.data).toEqual({
      ...(await sectionNamed(w, section.id)),
      created: 0,
      updated: 1,
      unchanged: 1,
      locked: 0,
      kept: nobody,
      without_score: nobody,
    })
    expect(await resultOf(ids[0]!)).toMatchObject({ percentage: 95, letter: 'A+', version: 2 })
    expect(await resultOf(ids[1]!)).toMatchObject({ percentage: 70, letter: 'C+', version: 1 })
    const before = await countRows('audit_log')
    const third = await section.teacher.post(`/sections/${section.id}/results/compute`)
    expect(third.data).toEqual({
      ...(await sectionNamed(w, section.id)),
      created: 0,
      updated: 0,
      unchanged: 2,
      locked: 0,
      kept: nobody,
      without_score: nobody,
    })
    expect(await countRows('audit_log')).toBe(before)
  })

  test('replaces a draft that was changed by hand where that is asked for', async () => {
    const section = await gradedSection(w, { marks: [[80]] })
    const [id] = await computed(w, section)
    const byHand = { percentage: 99, reason: 'The exam was marked again' }
    await section.teacher.patch(`/results/${id}`, byHand, { 'if-match': '"1"' })
    await section.teacher.post(`/sections/${section.id}/results/compute?overwrite=true`)
    expect(await resultOf(id!)).toMatchObject({ percentage: 80, letter: 'B+', version: 3 })
  })

  test('does not touch what is published or frozen', async () => {
    const section = await gradedSection(w, { marks: [[80], [70], [60]] })
    const ids = await computed(w, section)
    await w.registrar.post('/results/publish', { result_id: ids[0] })
    await w.registrar.post('/results/publish', { result_id: ids[1] })
    await w.registrar.post('/results/freeze', { result_id: ids[1] })
    const before = await Promise.all(ids.map(resultOf))
    await mark(w, section, [[80], [70], [30]])
    const answer = await section.teacher.post(`/sections/${section.id}/results/compute`)
    expect(answer.data).toEqual({
      ...(await sectionNamed(w, section.id)),
      created: 0,
      updated: 1,
      unchanged: 0,
      locked: 2,
      kept: nobody,
      without_score: nobody,
    })
    const [first, second, third] = await Promise.all(ids.map(resultOf))
    expect([first, second]).toEqual(before.slice(0, 2))
    expect(third).toMatchObject({ percentage: 30, state: 'draft' })
  })

  test('names who is graded without a single score, fifty at most', async () => {
    const section = await gradedSection(w, {
      weights: [50, 50],
      marks: [[0, null], ['missing', null], ['excused', null], ...Array.from({ length: 49 }, () => [])],
    })
    const compute = () => section.teacher.post(`/sections/${section.id}/results/compute`)
    const { count, students } = (await compute()).data.without_score
    expect([count, students.length]).toEqual([51, 50])
    expect(students.slice(0, 3).map(({ student_id }) => student_id)).toEqual(section.students.slice(1, 4))
    expect((await compute()).data).toMatchObject({ created: 0, unchanged: 52, without_score: { count: 51 } })
    const official = await w.registrar.post('/results/publish', { section_id: section.id })
    expect([official.status, official.data.results.length, official.data.without_score]).toEqual([
      200,
      52,
      { count, students },
    ])
  })

  test('adds who enrolled since', async () => {
    const section = await gradedSection(w, { marks: [[80]] })
    await published(w, section)
    const late = await w.student()
    await w.enroll(section.id, late.id)
    const answer = await section.teacher.post(`/sections/${section.id}/results/compute`)
    expect(answer.data).toMatchObject({ section_id: section.id, created: 1, updated: 0, unchanged: 0, locked: 1 })
    expect(answer.data.without_score).toMatchObject({ count: 1, students: [{ student_id: late.id }] })
  })

  test('follows a changed grading scheme even where percentage and letter stay', async () => {
    const program = await w.program({ grading_scheme: 'letters' })
    const section = await gradedSection(w, { marks: [[30]], course: { program_id: program.id } })
    const [id] = await computed(w, section)
    expect(await resultOf(id!)).toMatchObject({ percentage: 30, letter: 'F', value: 30 })
    await w.registrar.patch(`/programs/${program.id}`, { grading_scheme: 'greek-20' })
    await section.teacher.post(`/sections/${section.id}/results/compute`)
    expect(await resultOf(id!)).toMatchObject({ percentage: 30, letter: 'F', value: 6 })
  })

  test('of a section without students is refused', async () => {
    const section = await gradedSection(w, { marks: [] })
    const answer = await section.teacher.post(`/sections/${section.id}/results/compute`)
    expect([...refusal(answer), answer.error?.message]).toEqual([
      400,
      'NOTHING_TO_COMPUTE',
      'Nobody is enrolled in this section, so there is no result to compute. Enroll students first.',
    ])
  })

  test('is for the own sections of a teacher', async () => {
    const section = await gradedSection(w)
    const path = `/sections/${section.id}/results/compute`
    expect(refusal(await (await w.teacher()).post(path))).toEqual([404, 'SECTION_NOT_FOUND'])
    expect(refusal(await (await w.studentPersona()).post(path))).toEqual([403, 'HTTP_403'])
    expect(refusal(await w.anonymous.post(path))).toEqual([401, 'HTTP_401'])
    expect((await w.registrar.get(`/results?section_id=${section.id}`)).data.items).toEqual([])
    expect(refusal(await w.registrar.post('/sections/999999/results/compute'))).toEqual([404, 'SECTION_NOT_FOUND'])
  })
})
