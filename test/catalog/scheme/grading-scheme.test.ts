import { beforeAll, describe, expect, test } from 'vitest'
import { refusal, badFields, placeOf } from '../../call.ts'
import { shippedSchemes } from '#/engines/marks/index.ts'
import { gradingSchemeOf } from '#/catalog/scheme/index.ts'
import { auditRows, type World, world } from '../../world.ts'
import { computed, execute, gradedSection } from '../../grading/graded-section.ts'

let w: World
beforeAll(async () => {
  w = await world()
})

const merit = { minimum: 72.5, letter: 'merit', points: 4, passing: true }
const pass = { minimum: 47.5, letter: 'pass', points: 2.5, passing: true }
const fail = { minimum: 0, letter: 'fail', points: 0, passing: false }
const own = { scale_max: 20, pass_minimum: 47.5, bands: [merit, pass, fail] }
const shippedOne = async (code: string) => (await w.registrar.get(`/grading-schemes?code=${code}`)).data.items[0]!

describe('the shipped grading schemes', () => {
  test('are the four of the rule book, figure by figure', async () => {
    const { data } = await w.registrar.get('/grading-schemes?shipped=true&ordering=id')
    expect(data.items.map((row) => gradingSchemeOf(row))).toEqual(shippedSchemes)
  })

  test.each(['greek-10', 'greek-20'])('%s has names for its bands in both languages', async (code) => {
    const { bands } = await shippedOne(code)
    expect(
      bands.map(({ name, name_el }) => [/^[A-Z][a-z ]+$/.test(name!), /^\p{Lu}[\p{Ll} ]+$/u.test(name_el!)]),
    ).toEqual(bands.map(() => [true, true]))
    expect(bands[0]).toMatchObject({ name: 'Excellent', name_el: 'Άριστα' })
  })

  test.each(shippedSchemes.map(({ code }) => code))('%s cannot be deleted', async (code) => {
    const { id } = await shippedOne(code)
    const answer = await w.registrar.delete(`/grading-schemes/${id}`)
    expect([...refusal(answer), answer.error?.message]).toEqual([
      409,
      'SCHEME_SHIPPED',
      `The grading scheme ${code} belongs to the system and cannot be deleted. It does no harm to leave it unused.`,
    ])
  })

  test('can have another pass mark: 9.5 of 20', async () => {
    const { id, bands } = await shippedOne('greek-20')
    const lower = bands.map((band) => (band.minimum === 50 ? { ...band, minimum: 47.5 } : band))
    const changed = await w.registrar.patch(`/grading-schemes/${id}`, { pass_minimum: 47.5, bands: lower })
    expect([changed.status, changed.data.pass_minimum]).toEqual([200, 47.5])
    const course = { program_id: (await w.program({ grading_scheme: 'greek-20' })).id }
    const section = await gradedSection(w, { marks: [[47.5], [47.47]], course })
    const { data } = await section.teacher.get(`/sections/${section.id}/final-grades`)
    const grades = data.grades.map(({ final }: { final: object }) => final)
    expect(grades).toMatchObject([
      { letter: 'D', value: 9.5, passing: true },
      { letter: 'F', passing: false },
    ])
  })
})

describe('an own grading scheme', () => {
  test('is written with one audit row and grades what belongs to a program of it', async () => {
    const made = await w.scheme({ code: 'Merit/20', ...own })
    expect(made).toMatchObject({ code: 'Merit/20', ...own, shipped: false, version: 1 })
    const [audit, ...others] = await auditRows('grading_scheme', made.id)
    expect([others, audit?.action]).toEqual([[], 'grading_scheme.create'])
    const course = { program_id: (await w.program({ grading_scheme: 'Merit/20' })).id }
    const section = await gradedSection(w, { marks: [[80], [50], [47.47]], course })
    const grades = (await section.teacher.get(`/sections/${section.id}/final-grades`)).data.grades
    const shown = grades.map(({ scheme, final }: { scheme: string; final: object }) => ({ scheme, ...final }))
    expect(shown).toEqual([
      { scheme: 'Merit/20', percentage: 80, letter: 'merit', points: 4, value: 16, passing: true },
      { scheme: 'Merit/20', percentage: 50, letter: 'pass', points: 2.5, value: 10, passing: true },
      { scheme: 'Merit/20', percentage: 47.45, letter: 'fail', points: 0, value: 9.49, passing: false },
    ])
    const [result] = await computed(w, section)
    expect((await w.registrar.get(`/results/${result}`)).data).toMatchObject({ letter: 'merit', points: 4 })
    const byHand = { percentage: 60, reason: 'Recounted' }
    const { data } = await w.registrar.patch(`/results/${result}`, byHand, { 'if-match': '"1"' })
    expect(data).toMatchObject({ letter: 'pass', points: 2.5, value: 12 })
  })

  test('is refused with every problem at one time', async () => {
    const bands = [pass, { ...pass, minimum: 60, points: 5 }]
    const answer = await w.registrar.post('/grading-schemes', { ...own, code: 'Bad', pass_minimum: 1, bands })
    expect(refusal(answer)).toEqual([422, 'SCHEME_UNSOUND'])
    expect(answer.error?.details.errors?.map((one) => [placeOf(one), one.code])).toEqual([
      ['body.bands', 'BANDS_NOT_DESCENDING'],
      ['body.bands', 'LOWEST_BAND_NOT_AT_ZERO'],
      ['body.bands', 'LETTER_DUPLICATE'],
      ['body.pass_minimum', 'PASS_MINIMUM_MISMATCH'],
      ['body.bands', 'POINTS_OUT_OF_RANGE'],
      ['body.bands', 'POINTS_NOT_MONOTONE'],
    ])
    expect(answer.error?.details.errors?.every(({ message }) => message.length > 10)).toBe(true)
  })

  test('is checked as a whole when a part of it changes', async () => {
    const made = await w.scheme(own)
    const answer = await w.registrar.patch(`/grading-schemes/${made.id}`, { pass_minimum: 50 })
    expect([...refusal(answer), badFields(answer)]).toEqual([422, 'SCHEME_UNSOUND', ['body.pass_minimum']])
    expect((await w.registrar.patch(`/grading-schemes/${made.id}`, { bands: [] })).error?.details.errors).toMatchObject(
      [{ code: 'NO_BANDS' }],
    )
  })

  test.each([
    ['scale_max', 15],
    ['pass_minimum', 101],
    ['bands', 'A'],
    ['shipped', true],
  ])('with a %s of %j answers 422 and names the field', async (field, value) => {
    const answer = await w.registrar.post('/grading-schemes', { ...own, code: 'Odd', [field]: value })
    expect([...refusal(answer), badFields(answer)]).toEqual([422, 'VALIDATION_ERROR', [`body.${field}`]])
  })

  test('has a code that no other has, and that never changes', async () => {
    const made = await w.scheme()
    const twice = await w.registrar.post('/grading-schemes', { ...own, code: made['code'] })
    expect(refusal(twice)).toEqual([409, 'SCHEME_CODE_TAKEN'])
    const renamed = await w.registrar.patch(`/grading-schemes/${made.id}`, { code: 'Other' })
    expect(refusal(renamed)).toEqual([400, 'SCHEME_CODE_FIXED'])
    await expect(execute("update grading_scheme set code = 'Other' where id = ?", made.id)).rejects.toThrow(
      'scheme_code_fixed',
    )
  })

  test('stays as it is from the first result on', async () => {
    const made = await w.scheme(own)
    const course = { program_id: (await w.program({ grading_scheme: made['code'] })).id }
    const section = await gradedSection(w, { marks: [[80]], course })
    const path = `/grading-schemes/${made.id}` as const
    const lower = [merit, { ...pass, points: 2 }, fail]
    expect((await w.registrar.patch(path, { bands: lower })).data.version).toBe(2)
    await computed(w, section)
    for (const change of [{ bands: own.bands }, { scale_max: 10 }])
      expect(refusal(await w.registrar.patch(path, change))).toEqual([409, 'SCHEME_HAS_RESULTS'])
    const same = await w.registrar.patch(path, { bands: lower, scale_max: 20 })
    expect([same.status, same.data.version]).toEqual([200, 2])
  })

  test('is not deleted while a program names it, and can be restored', async () => {
    const made = await w.scheme()
    const program = await w.program({ grading_scheme: made['code'] })
    const path = `/grading-schemes/${made.id}` as const
    expect(refusal(await w.registrar.delete(path))).toEqual([409, 'SCHEME_IN_USE'])
    await w.registrar.patch(`/programs/${program.id}`, { grading_scheme: 'letters' })
    expect((await w.registrar.delete(path)).status).toBe(204)
    expect(refusal(await w.registrar.get(path))).toEqual([404, 'SCHEME_NOT_FOUND'])
    expect((await w.registrar.post(`${path}/restore`)).data.code).toBe(made['code'])
  })
})

describe('a program', () => {
  test('names a grading scheme that is there', async () => {
    const body = { code: 'NoScheme', title: 'None', grading_scheme: 'percent' }
    const program = await w.program()
    for (const answer of [
      await w.registrar.post('/programs', body),
      await w.registrar.patch(`/programs/${program.id}`, { grading_scheme: 'percent' }),
    ])
      expect([...refusal(answer), answer.error?.message]).toEqual([
        404,
        'PROGRAM_SCHEME_NOT_FOUND',
        'There is no grading scheme with the code percent. Check the code.',
      ])
  })

  test('is not restored once its scheme is gone', async () => {
    const made = await w.scheme()
    const program = await w.program({ grading_scheme: made['code'] })
    await w.registrar.delete(`/programs/${program.id}`)
    await w.registrar.delete(`/grading-schemes/${made.id}`)
    const back = await w.registrar.post(`/programs/${program.id}/restore`)
    expect(refusal(back)).toEqual([404, 'PROGRAM_SCHEME_NOT_FOUND'])
  })
})
