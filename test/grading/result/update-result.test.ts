import { beforeAll, describe, expect, test } from 'vitest'
import { refusal, badFields } from '../../call.ts'
import { auditRows, countRows, type World, world } from '../../world.ts'
import { computed, gradedSection } from '../graded-section.ts'

let w: World
beforeAll(async () => {
  w = await world()
})

const reason = 'The exam was marked again'

/** A draft of 80, and the verbs on it. */
async function given(course: object = {}) {
  const section = await gradedSection(w, { marks: [[80]], course })
  const [id] = await computed(w, section)
  const read = async () => (await w.registrar.get(`/results/${id}`)).data
  const patch = (body: object, ifMatch?: string, caller = section.teacher) =>
    caller.patch(`/results/${id}`, body, ifMatch === undefined ? {} : { 'if-match': ifMatch })
  return { section, id: id!, read, patch }
}

describe('changing a draft result by hand', () => {
  test('changes the percentage, and letter, points, value and outcome follow', async () => {
    const { id, patch } = await given()
    const etag = (await w.registrar.get(`/results/${id}`)).headers.get('etag')!
    const failed = await patch({ percentage: 59.99, reason }, etag)
    expect(failed.status).toBe(200)
    expect(failed.data).toMatchObject({
      percentage: 59.99,
      letter: 'F',
      points: 2.4,
      value: 59.99,
      outcome: 'fail',
      state: 'draft',
      version: 2,
    })
    const passed = await patch({ percentage: 90, reason }, failed.headers.get('etag')!)
    expect(passed.data).toMatchObject({ percentage: 90, letter: 'A+', points: 3.6, outcome: 'pass', version: 3 })
  })

  test('follows the scheme of the program', async () => {
    const { patch } = await given({ program_id: (await w.program({ grading_scheme: 'greek-20' })).id })
    const { data } = await patch({ percentage: 77.75, reason }, '"1"')
    expect(data).toMatchObject({ percentage: 77.75, letter: 'B', points: 3.11, value: 15.55, outcome: 'pass' })
  })

  test('keeps the reason, old and new in one audit row', async () => {
    const { id, section, patch } = await given()
    const before = await countRows('audit_log')
    await patch({ percentage: 85, reason }, '"1"')
    expect(await countRows('audit_log')).toBe(before + 1)
    const [audit] = await auditRows('result', id)
    expect(audit).toMatchObject({ action: 'result.update', actor_id: section.teacher.userId, reason })
    expect(JSON.parse(audit!.changes)).toEqual({
      percentage: { old: 80, new: 85 },
      letter: { old: 'B+', new: 'A' },
      points: { old: 3.2, new: 3.4 },
      value: { old: 80, new: 85 },
      set_by_hand: { old: false, new: true },
    })
  })

  test('without If-Match answers 428', async () => {
    const { read, patch } = await given()
    const answer = await patch({ percentage: 85, reason })
    expect([...refusal(answer), answer.error?.message]).toEqual([
      428,
      'PRECONDITION_REQUIRED',
      'Send If-Match with the ETag of the version you read.',
    ])
    expect((await read()).percentage).toBe(80)
  })

  test.each(['"2"', '"1x"', 'nonsense'])('against the version %s answers 412', async (ifMatch) => {
    const { read, patch } = await given()
    expect(refusal(await patch({ percentage: 85, reason }, ifMatch))).toEqual([412, 'PRECONDITION_FAILED'])
    expect(await read()).toMatchObject({ percentage: 80, version: 1 })
  })

  test('of two editors of the same version one is told that it is stale', async () => {
    const { read, patch } = await given()
    await patch({ percentage: 85, reason }, '"1"')
    expect(refusal(await patch({ percentage: 70, reason }, '"1"'))).toEqual([412, 'PRECONDITION_FAILED'])
    expect(await read()).toMatchObject({ percentage: 85, version: 2 })
  })

  test('without a reason is refused', async () => {
    const { read, patch } = await given()
    expect(refusal(await patch({ percentage: 85 }, '"1"'))).toEqual([400, 'RESULT_REASON_REQUIRED'])
    expect((await read()).version).toBe(1)
  })

  test.each([
    ['percentage', 100.01],
    ['percentage', -1],
    ['percentage', 80.125],
    ['percentage', '80'],
    ['reason', ' '],
    ['reason', 'x'.repeat(501)],
    ['letter', 'A'],
    ['state', 'published'],
    ['credits', 60],
  ])('a %s of %j answers 422 and names the field', async (field, value) => {
    const { patch } = await given()
    const answer = await patch({ percentage: 85, reason, [field]: value }, '"1"')
    expect([...refusal(answer), badFields(answer)]).toEqual([422, 'VALIDATION_ERROR', [`body.${field}`]])
  })

  test('is for the teacher of the section, the registrar and the admin', async () => {
    const { read, patch, section } = await given()
    const change = { percentage: 85, reason }
    expect(refusal(await patch(change, '"1"', await w.teacher()))).toEqual([404, 'RESULT_NOT_FOUND'])
    const student = await w.studentPersona()
    expect(refusal(await patch(change, '"1"', student))).toEqual([403, 'HTTP_403'])
    expect((await read()).version).toBe(1)
    const callers = [section.teacher, w.registrar, await w.admin()]
    for (const [index, caller] of callers.entries()) {
      const answer = await patch({ percentage: 81 + index, reason }, `"${1 + index}"`, caller)
      expect([answer.status, answer.data.percentage]).toEqual([200, 81 + index])
    }
  })

  test('an unknown one answers 404', async () => {
    const answer = await w.registrar.patch('/results/999999', { percentage: 85, reason }, { 'if-match': '"1"' })
    expect([...refusal(answer), answer.error?.message]).toEqual([
      404,
      'RESULT_NOT_FOUND',
      'Result with id 999999 not found.',
    ])
  })
})
