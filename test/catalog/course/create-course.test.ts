import { beforeAll, describe, expect, test } from 'vitest'
import { badFields, refusal } from '../../call.ts'
import { auditRows, countRows, unique, type World, world } from '../../world.ts'

let w: World
beforeAll(async () => {
  w = await world()
})

const usualRule = { late_counts: 100, excused: 'left_out', minimum: 75 }

const code = () => `CS${unique()}`
const create = (fields: object = {}) =>
  w.registrar.post('/courses', { code: code(), title: 'Databases', credits: 6, ...fields })

describe('creating a course', () => {
  test('answers the row with its defaults', async () => {
    const own = code()
    const answer = await create({ code: own })
    expect(answer.status).toBe(201)
    expect(answer.data).toEqual({
      id: answer.data.id,
      code: own,
      title: 'Databases',
      title_el: null,
      credits: 6,
      program_id: null,
      program_code: null,
      absence_penalty: 0,
      attendance_rule: usualRule,
      archived_at: null,
      version: 1,
      created_at: answer.data.updated_at,
      updated_at: expect.any(String),
    })
  })

  test('keeps its code as it is typed, composed; it is found in whatever letters', async () => {
    const n = unique()
    for (const [typed, kept] of [
      [`cs${n}a`, `cs${n}a`],
      [`Πλη${n}`, `Πλη${n}`],
      [`ε\u0301ν${n}`, `έν${n}`],
    ] as const) {
      const { id, code } = (await create({ code: typed })).data
      expect(code).toBe(kept)
      const found = await w.registrar.get(`/courses?code=${encodeURIComponent(typed.toUpperCase())}`)
      expect(found.data.items.map((one) => [one.id, one.code])).toEqual([[id, kept]])
    }
  })

  test('gives its code as it is typed to its sections', async () => {
    const { id, code } = (await create({ code: `mα${unique()}` })).data
    const section = await w.section({ course_id: id })
    expect([section.code, section.course_code]).toEqual([code, code])
  })

  test('finds a code that is taken in any case', async () => {
    const { data } = await create()
    const before = [await countRows('course'), await countRows('audit_log')]
    const answer = await create({ code: data.code.toLowerCase() })
    expect([answer.status, answer.error?.code]).toEqual([409, 'COURSE_CODE_TAKEN'])
    expect(answer.error?.message).toBe(
      `There is already a course whose code is, or looks like, ${data.code.toLowerCase()}. Choose another.`,
    )
    expect([await countRows('course'), await countRows('audit_log')]).toEqual(before)
  })

  test('keeps decimals exactly', async () => {
    const { data } = await create({ credits: 7.5, absence_penalty: 0.29 })
    expect((await w.registrar.get(`/courses/${data.id}`)).data).toMatchObject({ credits: 7.5, absence_penalty: 0.29 })
    const stored = await create({ credits: 59.9, absence_penalty: 33.33 })
    expect([stored.data.credits, stored.data.absence_penalty]).toEqual([59.9, 33.33])
  })

  test.each([0, 0.1, 60])('takes %d credits', async (credits) => {
    expect((await create({ credits })).data.credits).toBe(credits)
  })

  test.each([
    ['credits', { credits: 60.1 }],
    ['credits', { credits: -0.1 }],
    ['credits', { credits: 7.55 }],
    ['credits', { credits: undefined }],
    ['credits', { credits: null }],
    ['absence_penalty', { absence_penalty: 100.01 }],
    ['absence_penalty', { absence_penalty: 1.005 }],
    ['program_id', { program_id: 0 }],
    ['program_id', { program_id: 1.5 }],
    ['code', { code: 'A;B' }],
  ])('refuses a wrong %s: %j', async (field, wrong) => {
    const answer = await create(wrong)
    expect([answer.status, answer.error?.code]).toEqual([422, 'VALIDATION_ERROR'])
    expect([...new Set(badFields(answer))]).toEqual([`body.${field}`])
  })

  test('in a program that is not there, or no longer, answers 404', async () => {
    const absent = await create({ program_id: 999_999 })
    expect([absent.status, absent.error?.code]).toEqual([404, 'COURSE_PROGRAM_NOT_FOUND'])
    expect(absent.error?.message).toBe('Program with id 999999 not found.')
    const program = await w.program()
    await w.registrar.delete(`/programs/${program.id}`)
    expect((await create({ program_id: program.id })).error?.code).toBe('COURSE_PROGRAM_NOT_FOUND')
  })

  test('leaves one audit row with the new values', async () => {
    const program = await w.program()
    const { data } = await create({ program_id: program.id })
    const [audit, ...others] = await auditRows('course', data.id)
    expect(others).toEqual([])
    expect(audit).toMatchObject({ action: 'course.create', actor_id: w.registrar.userId, status: 201 })
    expect(JSON.parse(audit!.changes)).toEqual({
      code: { new: data.code },
      title: { new: 'Databases' },
      credits: { new: 6 },
      program_id: { new: program.id },
      absence_penalty: { new: 0 },
      attendance_rule: { new: usualRule },
    })
  })

  test.each([
    ['ß', 10, 'SS'],
    ['ΐ', 5, 'ΐ'],
  ])('takes a code that is longer in capitals (%s), and tells it by them', async (letter, times, capital) => {
    const code = letter.repeat(times)
    expect(await create({ code })).toMatchObject({ status: 201, data: { code } })
    expect(refusal(await create({ code: capital.repeat(times) }))).toEqual([409, 'COURSE_CODE_TAKEN'])
    expect((await w.registrar.get('/courses?page_size=200')).status).toBe(200)
  })
})
