import { beforeAll, describe, expect, test } from 'vitest'
import { refusal, badFields } from '../../call.ts'
import { auditRows, countRows, type World, world } from '../../world.ts'
import { gradedSection, rowOf, scoreOf } from '../graded-section.ts'

let w: World
beforeAll(async () => {
  w = await world()
})

const nothing = { created: 0, updated: 0, skipped: 0, failed: 0, errors: [] }

/** One student has 80 and nothing, the other 60 and 50; then a request with everything that can go wrong. */
async function given() {
  const section = await gradedSection(w, {
    weights: [50, 50],
    marks: [
      [80, null],
      [60, 50],
    ],
  })
  const stranger = (await w.student()).id
  const elsewhere = (await w.assessment((await w.section()).id)).id
  const scores = [
    scoreOf(section, 0, 1, 90), // created
    scoreOf(section, 1, 0, 65.5), // updated
    scoreOf(section, 1, 1, 50), // as it is
    { ...scoreOf(section, 0, 0, 70), assessment_id: elsewhere },
    { ...scoreOf(section, 0, 0, 70), student_id: stranger },
    scoreOf(section, 0, 0, 105),
  ]
  const errors = [
    { index: 3, code: 'ASSESSMENT_NOT_FOUND', message: `Assessment with id ${elsewhere} not found.` },
    {
      index: 4,
      code: 'NOT_ENROLLED',
      message: `The student with id ${stranger} is not enrolled in this section. Have the student enrolled first.`,
    },
    { index: 5, code: 'SCORE_EXCEEDS_MAX', message: 'Score (105) cannot exceed max_score (100)' },
  ]
  return { section, scores, errors, path: `/sections/${section.id}/gradebook` as const }
}

/** Every score of a section and the number of audit rows: what a request that writes nothing leaves alone. */
async function stateOf(sectionId: number) {
  const { items } = (await w.registrar.get(`/assessment-scores?section_id=${sectionId}`)).data
  return { items, audits: await countRows('audit_log') }
}

describe('saving a gradebook', () => {
  test('writes what fits, counts it, and reports the rest by index', async () => {
    const { section, scores, errors, path } = await given()
    const answer = await section.teacher.put(path, { scores })
    expect(answer.status).toBe(200)
    expect(answer.data).toEqual({ created: 1, updated: 1, skipped: 1, failed: 3, errors })
    const { items } = await stateOf(section.id)
    const kept = items.map((one: Record<string, unknown>) => [
      one['student_id'],
      one['assessment_id'],
      one['score'],
      one['version'],
    ])
    const [a, b] = section.students
    const [first, second] = section.assessments
    expect(kept).toEqual([
      [a, first, 80, 1],
      [b, first, 65.5, 2],
      [b, second, 50, 1],
      [a, second, 90, 1],
    ])
  })

  test('writes a score of which the state alone changed', async () => {
    const { section, path } = await given()
    const banked = { ...scoreOf(section, 0, 0, 80), state: 'banked' }
    const { data } = await section.teacher.put(path, { scores: [banked] })
    expect([data.updated, data.skipped]).toEqual([1, 0])
    expect((await stateOf(section.id)).items[0]).toMatchObject({ score: 80, state: 'banked', version: 2 })
  })

  test('reports in the language of the caller', async () => {
    const { section, path } = await given()
    const answer = await section.teacher.put(
      path,
      { scores: [scoreOf(section, 0, 0, 105)] },
      { 'accept-language': 'el' },
    )
    expect(answer.data.errors).toEqual([
      {
        index: 0,
        code: 'SCORE_EXCEEDS_MAX',
        message: 'Ο βαθμός (105) δεν μπορεί να υπερβαίνει τη μέγιστη βαθμολογία (100).',
      },
    ])
  })

  test('leaves one audit row for the whole request, with old and new', async () => {
    const { section, scores, path } = await given()
    const before = await countRows('audit_log')
    await section.teacher.put(path, { scores })
    expect(await countRows('audit_log')).toBe(before + 1)
    const [audit] = await auditRows('section', section.id)
    expect(audit).toMatchObject({ action: 'gradebook.update', actor_id: section.teacher.userId, status: 200 })
    expect(JSON.parse(audit!.changes)).toEqual({
      scores: {
        old: [null, { ...scoreOf(section, 1, 0, 60), state: 'graded' }],
        new: [
          { ...scoreOf(section, 0, 1, 90), state: 'graded' },
          { ...scoreOf(section, 1, 0, 65.5), state: 'graded' },
        ],
      },
    })
  })

  test('atomic writes nothing unless everything fits', async () => {
    const { section, scores, errors, path } = await given()
    const before = await stateOf(section.id)
    const answer = await section.teacher.put(`${path}?atomic=true`, { scores })
    expect(answer.status).toBe(200)
    expect(answer.data).toEqual({ created: 0, updated: 0, skipped: 3, failed: 3, errors })
    expect(await stateOf(section.id)).toEqual(before)
    const fitting = await section.teacher.put(`${path}?atomic=true`, { scores: scores.slice(0, 3) })
    expect(fitting.data).toEqual({ ...nothing, created: 1, updated: 1, skipped: 1 })
    expect((await stateOf(section.id)).items).toHaveLength(4)
  })

  test.each(['', '&atomic=true'])('a dry run%s writes nothing and reports the same', async (options) => {
    const { section, scores, path } = await given()
    const before = await stateOf(section.id)
    const dry = await section.teacher.put(`${path}?dry_run=true${options}`, { scores })
    expect(await stateOf(section.id)).toEqual(before)
    const real = await section.teacher.put(`${path}?${options.slice(1)}`, { scores })
    expect([dry.status, dry.data]).toEqual([200, real.data])
  })

  test('what is there already writes nothing', async () => {
    const { section, path } = await given()
    const before = await stateOf(section.id)
    const answer = await section.teacher.put(path, { scores: [scoreOf(section, 0, 0, 80), scoreOf(section, 1, 1, 50)] })
    expect(answer.data).toEqual({ ...nothing, skipped: 2 })
    expect(await stateOf(section.id)).toEqual(before)
  })

  test('takes states without points', async () => {
    const { section, path } = await given()
    const answer = await section.teacher.put(path, {
      scores: [scoreOf(section, 0, 0, 'excused'), scoreOf(section, 1, 0, 'exempt'), scoreOf(section, 0, 1, 'missing')],
    })
    expect(answer.data).toEqual({ ...nothing, created: 1, updated: 2 })
  })

  test('a malformed item answers 422, names its place, and nothing is written', async () => {
    const { section, path } = await given()
    const before = await stateOf(section.id)
    const scores = [scoreOf(section, 0, 1, 90), scoreOf(section, 1, 0, 70.125), scoreOf(section, 1, 1, -1)]
    const answer = await section.teacher.put(path, { scores })
    expect(refusal(answer)).toEqual([422, 'VALIDATION_ERROR'])
    expect(badFields(answer)).toEqual(['body.scores.1.score', 'body.scores.2.score'])
    expect(await stateOf(section.id)).toEqual(before)
  })

  test('the same student twice for one assessment answers 422, names each further row, and nothing is written', async () => {
    const { section, path } = await given()
    const before = await stateOf(section.id)
    const places = [
      [0, 0],
      [0, 1],
      [1, 0],
      [0, 1],
      [0, 0],
    ] as const
    const scores = places.map(([student, work], index) => scoreOf(section, student, work, index))
    const answer = await section.teacher.put(path, { scores })
    expect([...refusal(answer), badFields(answer)]).toEqual([
      422,
      'VALIDATION_ERROR',
      ['body.scores.3.student_id', 'body.scores.4.student_id'],
    ])
    expect(answer.error?.details.errors?.[0]).toMatchObject({ code: 'invalid', message: 'is there twice' })
    expect(await stateOf(section.id)).toEqual(before)
  })

  test('an empty list and an unknown option answer 422', async () => {
    const { section, scores, path } = await given()
    expect(badFields(await section.teacher.put(path, { scores: [] }))).toEqual(['body.scores'])
    expect(badFields(await section.teacher.put(`${path}?atomic=1`, { scores }))).toEqual(['query.atomic'])
    expect(badFields(await section.teacher.put(`${path}?force=true`, { scores }))).toEqual(['query.force'])
  })

  test('another teacher finds no such section', async () => {
    const { section, scores, path } = await given()
    const stranger = await w.teacher()
    const before = await stateOf(section.id)
    expect(refusal(await stranger.put(path, { scores }))).toEqual([404, 'SECTION_NOT_FOUND'])
    expect(await stateOf(section.id)).toEqual(before)
  })

  test('two thousand scores go in one batch, with one audit row', async () => {
    const weights = Array.from({ length: 50 }, () => 2)
    const section = await gradedSection(w, { weights, marks: Array.from({ length: 40 }, () => []) })
    const scores = section.students.flatMap((_, student) =>
      weights.map((_, work) => scoreOf(section, student, work, student + work / 100)),
    )
    const before = await countRows('audit_log')
    const answer = await section.teacher.put(`/sections/${section.id}/gradebook`, { scores })
    expect(answer.data).toEqual({ ...nothing, created: 2000 })
    expect(answer.headers.get('server-timing')).toContain('in 2 round trips')
    expect(await countRows('audit_log')).toBe(before + 1)
    const written = await rowOf(
      'select count(*) as n, sum(score) as total from live_score where assessment_id in (select id from assessment where section_id = ?)',
      section.id,
    )
    const total = scores.reduce((sum, { score }) => sum + Math.round(score! * 100), 0)
    expect(written).toEqual({ n: 2000, total })
  })
})
