import { beforeAll, describe, expect, test } from 'vitest'
import { refusal } from '../../call.ts'
import { csv, importFile, problems } from '../../exchange/import/files.ts'
import { execute, rowOf } from '../../grading/graded-section.ts'
import { auditRows, testEnv, type World, world } from '../../world.ts'
import { underWay } from '../../under-way.ts'

let w: World
let course: Awaited<ReturnType<World['course']>>
let term: Awaited<ReturnType<World['term']>>
let sections: { id: number; quiz: number }[]
beforeAll(async () => {
  w = await world()
  term = await w.term(underWay)
  course = await w.course()
  sections = []
  for (const number of ['1', '2', '3']) {
    const { id } = await w.section({ course_id: course.id, term_id: term.id, number, waitlist_capacity: 1 })
    const quiz = (await w.assessment(id, { type: 'quiz', title: 'Quiz', max_score: 100 })).id
    sections.push({ id, quiz })
  }
})

const transfer = async (seat: number, section_id: number) => {
  const { status, data } = await w.registrar.post(`/enrollments/${seat}/transfer`, { section_id })
  expect(status).toBe(201)
  return data.id
}
const scoreIn = async (place: number, student: number) =>
  (await w.registrar.get(`/assessment-scores?section_id=${sections[place]!.id}&student_id=${student}`)).data.items[0]!
const told = async (score: number) => {
  const rows = await auditRows('score', score)
  return rows.map(({ action, summary, changes }) => [action, summary, JSON.parse(changes)])
}

/** Somebody whose 50 went with them to the second section. */
async function moved() {
  const student = await w.student()
  const seat = await w.enroll(sections[0]!.id, student.id)
  const given = { assessment_id: sections[0]!.quiz, student_id: student.id, score: 50 }
  const { data } = await w.registrar.post('/assessment-scores', given)
  const there = await transfer(seat.id, sections[1]!.id)
  return {
    id: student.id,
    number: student.student_number,
    original: data.id,
    seat: there,
    ...(await copyOf(student.id)),
  }
}
const copyOf = async (student: number) => ({ copy: (await scoreIn(1, student)).id })
const pointsOf = (id: number) => rowOf<{ score: number }>('select score from score where id = ?', id)

const file = (place: number, student_number: string, score: number) =>
  importFile(
    w.registrar,
    'scores',
    csv([
      {
        course_code: course.code,
        term_code: term.code,
        section_number: String(place + 1),
        student_number,
        assessment_title: 'Quiz',
        score,
      },
    ]),
  )

describe('a score that a transfer took along', () => {
  test('is closed where it was, by every way, and says where it counts', async () => {
    const of = await moved()
    const at = `/assessment-scores/${of.original}` as const
    for (const answer of [await w.registrar.patch(at, { score: 80 }), await w.registrar.delete(at)]) {
      expect(refusal(answer)).toEqual([409, 'SCORE_CARRIED'])
      expect(answer.error?.message).toBe(
        `The student moved to section 2, and this score counts there: score ${of.copy} of the assessment with id ${sections[1]!.quiz}. Change that one.`,
      )
    }
    const imported = await file(0, of.number, 80)
    expect(problems(imported)).toEqual([[2, 'student_number', 'SCORE_CARRIED']])
    expect((await file(0, of.number, 50)).data).toMatchObject({ skipped: 1, failed: 0 })
    for (const set of ['score = 8000', "deleted_at = '2026-01-01'"])
      await expect(execute(`update score set ${set} where id = ?`, of.original)).rejects.toThrow('score_is_carried')
    expect(await pointsOf(of.original)).toEqual({ score: 5000 })
    expect((await w.registrar.patch(`/assessment-scores/${of.copy}`, { score: 60 })).status).toBe(200)
  })

  test('does not come back where it was', async () => {
    const of = await moved()
    await testEnv.DB.batch([
      testEnv.DB.prepare('update score set carried_to = null where id = ?').bind(of.original),
      testEnv.DB.prepare("update score set deleted_at = '2026-01-01' where id = ?").bind(of.original),
      testEnv.DB.prepare('update score set carried_to = ? where id = ?').bind(of.copy, of.original),
    ])
    const answer = await w.registrar.post(`/assessment-scores/${of.original}/restore`)
    expect(refusal(answer)).toEqual([409, 'SCORE_CARRIED'])
  })

  test('twice names the last section', async () => {
    const of = await moved()
    await transfer(of.seat, sections[2]!.id)
    const answer = await w.registrar.patch(`/assessment-scores/${of.original}`, { score: 80 })
    expect(answer.error?.message).toContain('moved to section 3')
  })

  test('comes back with the student, and nothing newer is lost', async () => {
    const of = await moved()
    await w.registrar.patch(`/assessment-scores/${of.copy}`, { score: 70 })
    await transfer(of.seat, sections[0]!.id)
    expect(await scoreIn(0, of.id)).toMatchObject({ id: of.original, score: 70, carried_to: null })
    expect((await w.registrar.patch(`/assessment-scores/${of.original}`, { score: 80 })).status).toBe(200)
    expect(refusal(await w.registrar.patch(`/assessment-scores/${of.copy}`, { score: 1 }))).toEqual([
      409,
      'SCORE_CARRIED',
    ])
  })

  test('counts again where its student enrolls anew and it is changed', async () => {
    const of = await moved()
    await w.registrar.post(`/enrollments/${of.seat}/drop`)
    const seat = await w.enroll(sections[0]!.id, of.id)
    expect((await w.registrar.patch(`/assessment-scores/${of.original}`, { score: 80 })).data).toMatchObject({
      score: 80,
      carried_to: null,
    })
    await transfer(seat.id, sections[1]!.id)
    expect(await scoreIn(1, of.id)).toMatchObject({ id: of.copy, score: 80, carried_to: null })
  })
})

describe('each score that a transfer changes or makes has a row of its own, beside that of the act', () => {
  test('there and back', async () => {
    const of = await moved()
    const [act] = await auditRows('enrollment', of.seat)
    const beside = ['enrollment.transfer', `#${act!.id}`]
    const made = { score: { new: 50 }, state: { new: 'graded' }, carried_from: { new: of.original } }
    expect(await told(of.copy)).toEqual([[...beside, made]])
    expect((await told(of.original))[0]).toEqual([...beside, { carried_to: { old: null, new: of.copy } }])

    await w.registrar.patch(`/assessment-scores/${of.copy}`, { score: 70 })
    const back = await transfer(of.seat, sections[0]!.id)
    const [acted] = await auditRows('enrollment', back)
    const besideBack = ['enrollment.transfer', `#${acted!.id}`]
    const replaced = {
      score: { old: 50, new: 70 },
      state: { old: 'graded', new: 'graded' },
      carried_from: { new: of.copy },
      carried_to: { old: of.copy, new: null },
    }
    expect((await told(of.original))[0]).toEqual([...besideBack, replaced])
    expect((await told(of.copy))[0]).toEqual([...besideBack, { carried_to: { old: null, new: of.original } }])
    expect(await told(of.original)).toHaveLength(3)
  })

  test('by a swap from a waitlist, too', async () => {
    const student = await w.student()
    const place = { course_id: course.id, term_id: term.id, number: 'F', capacity: 1, waitlist_capacity: 1 }
    const full = await w.section(place)
    const quiz = await w.assessment(full.id, { type: 'quiz', title: 'Quiz', max_score: 100 })
    const first = await w.enroll(full.id, student.id)
    const given = { assessment_id: quiz.id, student_id: student.id, score: 50 }
    const original = (await w.registrar.post('/assessment-scores', given)).data.id
    await transfer(first.id, sections[1]!.id)
    const { id: copy } = await scoreIn(1, student.id)
    await w.registrar.patch(`/assessment-scores/${copy}`, { score: 70 })
    const blocking = await w.enroll(full.id, (await w.student()).id)
    await w.registrar.post(`/sections/${full.id}/waitlist`, { student_id: student.id, swap: true })
    await w.registrar.post(`/enrollments/${blocking.id}/drop`)
    const drop = (await auditRows('enrollment', blocking.id)).find(({ action }) => action === 'enrollment.drop')
    const beside = ['enrollment.transfer', `#${drop!.id}`]
    const replaced = {
      score: { old: 50, new: 70 },
      state: { old: 'graded', new: 'graded' },
      carried_from: { new: copy },
      carried_to: { old: copy, new: null },
    }
    expect((await told(original))[0]).toEqual([...beside, replaced])
    expect((await told(copy))[0]).toEqual([...beside, { carried_to: { old: null, new: original } }])
  })
})
