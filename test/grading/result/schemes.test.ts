import { beforeAll, describe, expect, test } from 'vitest'
import { studentsNamed } from '../named.ts'
import { serveWith } from '../../platform/http/serve.ts'
import { type World, world } from '../../world.ts'
import { computed, execute, gradedSection, published } from '../graded-section.ts'

let w: World
beforeAll(async () => {
  w = await world()
})

const programIn = async (grading_scheme: string) => (await w.program({ grading_scheme })).id
const studentIn = async (program_id: number | undefined) => (await w.student({ program_id })).id

/** A section of a course in a program, or in none, with a student of each of some others. */
async function taught(given: { course?: string; students: (string | undefined)[]; mark: number; section?: string }) {
  const programs = await Promise.all(given.students.map((one) => one && programIn(one)))
  const students = await Promise.all(programs.map((id) => studentIn(id || undefined)))
  const course = given.course ? { program_id: await programIn(given.course) } : {}
  const section = await gradedSection(w, { students, marks: students.map(() => [given.mark]), course })
  if (given.section) await w.registrar.patch(`/sections/${section.id}`, { grading_scheme: given.section })
  return section
}

const resultsOf = async (ids: readonly number[]) =>
  Promise.all(ids.map(async (id) => (await w.registrar.get(`/results/${id}`)).data))

describe('the scheme that somebody is graded by', () => {
  test('is that of the section, then of the program of the course, then of the student, then the usual one', async () => {
    const students = ['greek-10', 'greek-20', undefined]
    const own = await taught({ section: 'greek-10', course: 'greek-20', students, mark: 55 })
    const ofCourse = await taught({ course: 'greek-20', students, mark: 55 })
    const ofStudents = await taught({ students, mark: 55 })
    const seen = async (section: Awaited<ReturnType<typeof taught>>) =>
      (await resultsOf(await computed(w, section))).map(({ scheme, value, outcome }) => [scheme, value, outcome])
    expect(await seen(own)).toEqual(Array.from({ length: 3 }, () => ['greek-10', 5.5, 'pass']))
    expect(await seen(ofCourse)).toEqual(Array.from({ length: 3 }, () => ['greek-20', 11, 'pass']))
    expect(await seen(ofStudents)).toEqual([
      ['greek-10', 5.5, 'pass'],
      ['greek-20', 11, 'pass'],
      ['letters', 55, 'fail'],
    ])
  })

  test('stays with the result: another scheme of the program changes no hand-made figure and no official one', async () => {
    const program_id = await programIn('greek-10')
    const section = await gradedSection(w, { marks: [[60]], course: { program_id } })
    const [id] = await computed(w, section)
    await w.registrar.patch(`/programs/${program_id}`, { grading_scheme: 'letters' })
    const byHand = { percentage: 84.95, reason: 'Recounted' }
    const { data } = await w.registrar.patch(`/results/${id}`, byHand, { 'if-match': '"1"' })
    expect(data).toMatchObject({ scheme: 'greek-10', scale_max: 10, value: 8.5, percentage: 85, letter: 'excellent' })
    await w.registrar.patch(`/programs/${program_id}`, { grading_scheme: 'greek-10' })
    const official = await w.registrar.post('/results/publish', { section_id: section.id })
    expect(official.data.results[0]).toMatchObject({ scheme: 'greek-10', value: 8.5 })
    await expect(execute(`update result set scheme_id = 1 where id = ${id}`)).rejects.toThrow('result_is_official')
  })

  test('of an official result is that of its views, whatever the program is graded by since', async () => {
    const program_id = await programIn('greek-10')
    const section = await gradedSection(w, { marks: [[60], [70]], released: true, course: { program_id } })
    const [first] = await computed(w, section)
    await w.registrar.post('/results/publish', { result_id: first })
    await w.registrar.patch(`/programs/${program_id}`, { grading_scheme: 'letters' })
    const schemes = { first: 'greek-10', second: 'letters' }
    const path = (student: number) =>
      `/students/${section.students[student]}/sections/${section.id}/final-grade` as const
    const one = (await section.teacher.get(path(0))).data
    expect([one.scheme, one.final.value, one.final.letter]).toEqual([schemes.first, 6, 'good'])
    expect((await section.teacher.get(path(1))).data).toMatchObject({ scheme: schemes.second, final: { value: 70 } })
    const { students } = (await section.teacher.get(`/sections/${section.id}/gradebook`)).data
    const inBook = students.map(({ student_id, scheme, final }) => [student_id, scheme, final!.value])
    expect(inBook).toEqual([
      [section.students[0], schemes.first, 6],
      [section.students[1], schemes.second, 70],
    ])
    const { grades } = (await section.teacher.get(`/sections/${section.id}/final-grades`)).data
    expect(grades.map(({ scheme }) => scheme)).toEqual([schemes.first, schemes.second])
  })

  test('is demanded where a deployment has no usual one', async () => {
    const section = await taught({ students: ['greek-10', undefined], mark: 55 })
    const asked = async (method: string, path: string) => {
      const headers = { authorization: `Bearer ${w.registrar.token}` }
      const answer = await serveWith({ DEFAULT_GRADING_SCHEME: 'none' }, `/api/v1${path}`, { method, headers })
      return { status: answer.status, ...JSON.parse(await answer.text()) }
    }
    const refused = await asked('POST', `/sections/${section.id}/results/compute`)
    expect([refused.status, refused.error?.code, refused.error?.details]).toEqual([
      400,
      'GRADING_SCHEME_MISSING',
      { student_ids: [section.students[1]], students: await studentsNamed(w, section.students.slice(1, 2)) },
    ])
    expect((await asked('GET', `/sections/${section.id}/final-grades`)).error?.code).toBe('GRADING_SCHEME_MISSING')
    const { data } = await asked('GET', `/sections/${section.id}/gradebook`)
    const shown = data.students.map(({ scheme, final }: { scheme: string | null; final: { value: number } | null }) => [
      scheme,
      final?.value ?? null,
    ])
    expect(shown).toEqual(
      expect.arrayContaining([
        ['greek-10', 5.5],
        [null, null],
      ]),
    )
  })

  test('has to be there, and is not deleted while a section or a result names it', async () => {
    const { id, code } = await w.scheme()
    const section = await w.section({ grading_scheme: code })
    const [unknown, inUse] = [
      await w.registrar.patch(`/sections/${section.id}`, { grading_scheme: 'nowhere' }),
      await w.registrar.delete(`/grading-schemes/${id}`),
    ]
    expect([unknown.status, unknown.error?.code]).toEqual([404, 'SECTION_SCHEME_NOT_FOUND'])
    expect([inUse.status, inUse.error?.code]).toEqual([409, 'SCHEME_IN_USE'])
    const graded = await gradedSection(w, { marks: [[60]] })
    await w.registrar.patch(`/sections/${graded.id}`, { grading_scheme: code })
    await computed(w, graded)
    for (const one of [section, graded]) await w.registrar.patch(`/sections/${one.id}`, { grading_scheme: null })
    expect((await w.registrar.delete(`/grading-schemes/${id}`)).error?.code).toBe('SCHEME_IN_USE')
    const changed = await w.registrar.patch(`/grading-schemes/${id}`, { step: 0.5 })
    expect([changed.status, changed.error?.code]).toEqual([409, 'SCHEME_HAS_RESULTS'])
  })

  test('may get names for its bands although there are results', async () => {
    const { id, code, bands } = await w.scheme()
    const graded = await gradedSection(w, { marks: [[60]] })
    await w.registrar.patch(`/sections/${graded.id}`, { grading_scheme: code })
    await published(w, graded)
    const named = bands.map((band) => ({ ...band, name: `the ${band.letter}`, name_el: 'Βαθμίδα' }))
    const { status, data } = await w.registrar.patch(`/grading-schemes/${id}`, { bands: named })
    expect([status, data.bands]).toEqual([200, named])
    const worth = bands.map((band) => ({ ...band, points: 1 }))
    expect((await w.registrar.patch(`/grading-schemes/${id}`, { bands: worth })).error?.code).toBe('SCHEME_HAS_RESULTS')
  })
})

describe('what is printed', () => {
  test('decides in gradebook, result and change alike', async () => {
    const section = await taught({ course: 'greek-10', students: [undefined], mark: 49.95 })
    const { data } = await w.registrar.get(`/sections/${section.id}/gradebook`)
    const [id] = await published(w, section)
    const [result] = await resultsOf([id!])
    expect(data.students[0]!.final).toMatchObject({ percentage: 50, value: 5, letter: 'good', passing: true })
    expect(result).toMatchObject({ percentage: 50, value: 5, letter: 'good', outcome: 'pass' })
    const reason = 'the published figure itself'
    const same = await w.registrar.post('/results/change-request', { result_id: id, new_percentage: 50, reason })
    expect([same.status, same.error?.code]).toEqual([400, 'RESULT_CHANGE_EMPTY'])
    const nearly = await w.registrar.post('/results/change-request', { result_id: id, new_percentage: 49.95, reason })
    expect([nearly.status, nearly.error?.code]).toEqual([400, 'RESULT_CHANGE_EMPTY'])
    const less = await w.registrar.post('/results/change-request', { result_id: id, new_percentage: 49.94, reason })
    expect(less.data).toMatchObject({ new_percentage: 49.9, new_value: 4.99, new_outcome: 'fail' })
  })
})
