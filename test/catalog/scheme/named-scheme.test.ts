import { beforeAll, describe, expect, test } from 'vitest'
import { counts, csv, importFile } from '../../exchange/import/files.ts'
import { badFields, refusal } from '../../call.ts'
import { unique, type World, world } from '../../world.ts'

let w: World
beforeAll(async () => {
  w = await world()
})

/** How one scheme may be named. */
const names = ['greek-10', 'GREEK-10', 'ｇｒｅｅｋ-１０', 'grΕΕΚ-10']

describe.each(names)('a grading scheme named %s', (grading_scheme) => {
  const isMeant = { grading_scheme: 'greek-10' }

  test('is meant by a program and by a section, new ones and others', async () => {
    const program = await w.program({ grading_scheme })
    expect(program).toMatchObject(isMeant)
    const other = await w.program({ grading_scheme: 'letters' })
    const changed = await w.registrar.patch(`/programs/${other.id}`, { grading_scheme })
    expect([changed.status, changed.data]).toEqual([200, expect.objectContaining(isMeant)])
    const again = await w.registrar.patch(`/programs/${other.id}`, { grading_scheme })
    expect([again.status, again.data.version]).toEqual([200, changed.data.version])
    const section = await w.section({ grading_scheme })
    expect(section).toMatchObject(isMeant)
    const plain = await w.section()
    expect((await w.registrar.patch(`/sections/${plain.id}`, { grading_scheme, capacity: 7 })).data).toMatchObject({
      ...isMeant,
      capacity: 7,
    })
  })

  test('is meant by a file, and by a filter', async () => {
    const code = `F${unique()}`
    const rows = csv([{ code, title: 'Law', grading_scheme }])
    expect(counts(await importFile(w.registrar, 'programs', rows))).toEqual([1, 0, 0, 0])
    expect(counts(await importFile(w.registrar, 'programs', rows))).toEqual([0, 0, 1, 0])
    const [course, term] = [await w.course(), await w.term()]
    const sections = csv([{ course_code: course.code, term_code: term.code, number: 1, grading_scheme }])
    expect(counts(await importFile(w.registrar, 'sections', sections))).toEqual([1, 0, 0, 0])
    const found = await w.registrar.get(`/programs?code=${code}&grading_scheme=${encodeURIComponent(grading_scheme)}`)
    expect(found.data.items).toMatchObject([isMeant])
    expect((await w.registrar.get(`/sections?course_id=${course.id}`)).data.items).toMatchObject([isMeant])
    const [scheme] = (await w.registrar.get(`/grading-schemes?code=${encodeURIComponent(grading_scheme)}`)).data.items
    expect(scheme?.code).toBe('greek-10')
  })
})

test('of a body with other problems, a scheme that is meant is none', async () => {
  const taken = await w.program()
  const answer = await w.registrar.post('/programs', { code: taken.code, title: 'X', grading_scheme: 'LETTERS' })
  expect([...refusal(answer), badFields(answer)]).toEqual([409, 'PROGRAM_CODE_TAKEN', ['body.code']])
  const unknown = await w.registrar.post('/programs', { code: taken.code, title: 'X', grading_scheme: 'percent' })
  expect(badFields(unknown)).toEqual(['body.code', 'body.grading_scheme'])
})

test.each([
  ['A', 'a'],
  ['A', 'Α'],
  ['Άριστα', 'ΑΡΙΣΤΑ'],
])('a scheme has no two letters that read the same: %s and %s', async (one, other) => {
  const bands = [
    { minimum: 80, letter: one, passing: true },
    { minimum: 50, letter: other, passing: true },
    { minimum: 0, letter: 'F', passing: false },
  ]
  const answer = await w.registrar.post('/grading-schemes', { code: `L${unique()}`, pass_minimum: 50, bands })
  expect([...refusal(answer), answer.error?.details.errors?.map(({ code }) => code)]).toEqual([
    422,
    'SCHEME_UNSOUND',
    ['LETTER_DUPLICATE'],
  ])
})
