import { beforeAll, describe, expect, test } from 'vitest'
import { refusal } from '../../call.ts'
import { auditRows, type World, world } from '../../world.ts'
import { execute, type GradedSection, gradedSection, rowOf, scoreOf } from '../graded-section.ts'

let w: World
let of: GradedSection
let code: string
let number: string
/** One of a student who has kept the seat, one of a student who has left since. */
let ids: number[]

beforeAll(async () => {
  w = await world()
  const course = await w.course({ title: 'Ανάλυση', title_el: 'Ανάλυση' })
  code = course.code
  const kept = await w.student({ last_name: 'Ωνάσης', first_name: 'Άρης' })
  const left = await w.student()
  number = kept.student_number
  of = await gradedSection(w, { course_id: course.id, weights: [], students: [kept.id, left.id], marks: [] })
  const { id } = await w.assessment(of.id, { title: 'Τελική εξέταση', max_score: 10 })
  of.assessments.push(id)
  ids = []
  for (const student of [0, 1])
    ids.push((await of.teacher.post('/assessment-scores', scoreOf(of, student, 0, 8))).data.id)
  const [seat] = (await w.registrar.get(`/enrollments?section_id=${of.id}&student_id=${left.id}`)).data.items
  await w.registrar.post(`/enrollments/${seat!.id}/drop`)
})

const found = async (query: string) =>
  (await w.registrar.get(`/assessment-scores?section_id=${of.id}&${query}`)).data.items.map(({ id }) => id)

describe('a score', () => {
  test('says whose it is, in what, and who gave it when', async () => {
    const { data } = await w.registrar.get(`/assessment-scores/${ids[0]}`)
    expect(data).toMatchObject({
      student_number: number,
      student_name: 'Ωνάσης Άρης',
      assessment_title: 'Τελική εξέταση',
      max_score: 10,
      course_code: code,
      section_number: '1',
      graded_by: of.teacher.userId,
      graded_by_name: 'The faculty',
      graded_at: data.created_at,
    })
  })

  test.each([
    ['the student, whatever the accents', () => 'ωνασης'],
    ['a Latin way to write the student', () => 'onasis'],
    ['the student number', () => number],
    ['the course', () => code],
    ['the work', () => 'τελικη εξεταση'],
    ['its state', () => `graded ${number}`],
    ['its id', () => `${ids[0]} ${number}`],
    ['who gave it', () => `faculty ${number}`],
  ])('is found by %s', async (_, words) => {
    expect(await found(`search=${encodeURIComponent(words())}`)).toContain(ids[0])
    expect(await found(`search=${encodeURIComponent(`${words()} nobody`)}`)).toEqual([])
  })

  test('is listed by the name of the student, and by when it was given, which restoring is not', async () => {
    await execute('update score set graded_at = ? where id = ?', '2026-01-01T00:00:00.000Z', ids[0]!)
    await w.registrar.delete(`/assessment-scores/${ids[0]}`)
    expect((await of.teacher.post(`/assessment-scores/${ids[0]}/restore`)).data).toMatchObject({
      graded_at: '2026-01-01T00:00:00.000Z',
      version: 3,
    })
    expect(await found('graded_at__lt=2026-06-01')).toEqual([ids[0]])
    expect(await found('graded_at__gte=2026-06-01')).toEqual([ids[1]])
    expect(await found('ordering=-graded_at')).toEqual([ids[1], ids[0]])
    expect(await found('ordering=student_name')).toEqual([ids[1], ids[0]])
    await of.teacher.patch(`/assessment-scores/${ids[0]}`, { score: 9 })
    expect(await found('graded_at__lt=2026-06-01')).toEqual([])
  })

  test('given by a Worker of before says when, too', async () => {
    const { id } = await w.student()
    await w.enroll(of.id, id)
    await execute(
      "insert into score (assessment_id, student_id, score, state, created_at, updated_at) values (?, ?, 1, 'graded', 'then', 'then')",
      of.assessments[0]!,
      id,
    )
    expect(await rowOf('select graded_at from score where student_id = ?', id)).toEqual({ graded_at: 'then' })
    await execute('delete from score where student_id = ?', id)
  })
})

describe('a deleted score', () => {
  test('comes back as it was, once, and on record', async () => {
    const path = `/assessment-scores/${ids[0]}` as const
    const before = (await of.teacher.get(path)).data
    await of.teacher.delete(path)
    expect(refusal(await of.teacher.get(path))).toEqual([404, 'SCORE_NOT_FOUND'])
    const { data } = await of.teacher.post(`${path}/restore`)
    expect(data).toEqual({ ...before, version: before.version + 2, updated_at: data.updated_at })
    expect((await auditRows('score', ids[0]!))[0]).toMatchObject({ action: 'score.restore' })
    expect(refusal(await of.teacher.post(`${path}/restore`))).toEqual([409, 'ROW_NOT_DELETED'])
  })

  test('of somebody else’s section, or of no section, is not found', async () => {
    const path = `/assessment-scores/${ids[0]}` as const
    await of.teacher.delete(path)
    expect(refusal(await (await w.teacher()).post(`${path}/restore`))).toEqual([404, 'SCORE_NOT_FOUND'])
    expect((await of.teacher.post(`${path}/restore`)).status).toBe(200)
  })

  test('stays deleted where it could not be given today', async () => {
    await of.teacher.delete(`/assessment-scores/${ids[0]}`)
    const other = await of.teacher.post('/assessment-scores', scoreOf(of, 0, 0, 5))
    const restore = () => of.teacher.post(`/assessment-scores/${ids[0]}/restore`)
    expect(refusal(await restore())).toEqual([409, 'SCORE_EXISTS'])
    await of.teacher.delete(`/assessment-scores/${other.data.id}`)
    await of.teacher.delete(`/assessment-scores/${ids[1]}`)
    await of.teacher.patch(`/assessments/${of.assessments[0]}`, { max_score: 6 })
    expect(refusal(await restore())).toEqual([400, 'SCORE_EXCEEDS_MAX'])
    await of.teacher.patch(`/assessments/${of.assessments[0]}`, { max_score: 10 })
    expect(refusal(await of.teacher.post(`/assessment-scores/${ids[1]}/restore`))).toEqual([400, 'NOT_ENROLLED'])
    await of.teacher.delete(`/assessments/${of.assessments[0]}`)
    expect(refusal(await restore())).toEqual([404, 'ASSESSMENT_NOT_FOUND'])
  })
})
