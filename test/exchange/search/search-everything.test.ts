import { beforeAll, describe, expect, test } from 'vitest'
import { timingOf } from '../../platform/http/serve.ts'
import { badFields } from '../../call.ts'
import { type Persona, persona, type World, world } from '../../world.ts'

interface Hit {
  type: string
  id: number
  title: string
  subtitle: string
  match: string
}

let w: World
let me: Persona
let teacher: Persona
const ids = { neighbour: 0, stranger: 0, program: 0, course: 0, section: 0, term: 0 }
beforeAll(async () => {
  w = await world()
  me = await w.studentPersona({ first_name: 'Ορέστης', last_name: 'Καραγιώργης', student_number: 'K-1' })
  ids.neighbour = (await w.student({ first_name: 'Νεφέλη', last_name: 'Καραγιάννη', student_number: 'K-2' })).id
  ids.stranger = (await w.student({ first_name: 'Άρτεμις', last_name: 'Μαυροκαρά', student_number: 'K-3' })).id
  ids.program = (await w.program({ code: 'KAR', title: 'Carpentry', title_el: 'Ξυλουργική Καρά' })).id
  ids.course = (await w.course({ code: 'KARA1', title: 'Karate', title_el: 'Καράτε' })).id
  ids.term = (await w.term({ code: 'T-KARA' })).id
  ids.section = (await w.section({ course_id: ids.course, term_id: ids.term, number: '7' })).id
  teacher = await w.teacher()
  await w.teach(ids.section, teacher)
  await w.enroll(ids.section, me.studentId!)
  await w.enroll(ids.section, ids.neighbour)
})

const search = async (caller: Pick<Persona, 'get'>, q: string, more = '', headers = {}): Promise<Hit[]> => {
  const { status, data } = await caller.get(`/search?q=${encodeURIComponent(q)}${more}`, headers)
  expect(status).toBe(200)
  return data.hits
}
const found = async (caller: Pick<Persona, 'get'>, q: string, more = '') =>
  (await search(caller, q, more)).map(({ type, id }) => `${type} ${id}`)

describe('searching everything', () => {
  test('by POST finds the same, with no name in the address', async () => {
    for (const caller of [w.registrar, teacher, me]) {
      const byBody = await caller.post('/search', { q: 'καρα', types: ['courses', 'students'], limit: 3 })
      expect(byBody.status).toBe(200)
      expect(byBody.data.hits.length).toBeGreaterThan(0)
      expect(byBody.data.hits).toEqual(await search(caller, 'καρα', '&types=courses,students&limit=3'))
    }
  })

  test('answers what was found with a title and what tells it apart, prefixes first', async () => {
    expect(await search(w.registrar, 'καρα')).toEqual([
      { type: 'students', id: ids.neighbour, title: 'Καραγιάννη Νεφέλη', subtitle: 'K-2', match: 'prefix' },
      { type: 'students', id: me.studentId, title: 'Καραγιώργης Ορέστης', subtitle: 'K-1', match: 'prefix' },
      { type: 'courses', id: ids.course, title: 'Karate', subtitle: 'KARA1', match: 'prefix' },
      { type: 'sections', id: ids.section, title: 'Karate', subtitle: 'KARA1 · T-KARA · 7', match: 'prefix' },
      { type: 'programs', id: ids.program, title: 'Carpentry', subtitle: 'KAR', match: 'prefix' },
      { type: 'students', id: ids.stranger, title: 'Μαυροκαρά Άρτεμις', subtitle: 'K-3', match: 'partial' },
    ])
  })

  test('answers Greek titles to those who ask for Greek', async () => {
    const hits = await search(w.registrar, 'kara', '&types=courses,programs', { 'accept-language': 'el' })
    expect(hits.map(({ title }) => title)).toEqual(['Καράτε', 'Ξυλουργική Καρά'])
  })

  test('finds a Greek name by its Latin form', async () => {
    expect(await found(w.registrar, 'Karayanni')).toEqual([`students ${ids.neighbour}`])
    expect(await found(w.registrar, 'artemis mavro')).toEqual([`students ${ids.stranger}`])
  })

  test('looks only where it is told to', async () => {
    expect(await found(w.registrar, 'καρα', '&types=programs,courses')).toEqual([
      `courses ${ids.course}`,
      `programs ${ids.program}`,
    ])
  })

  test('answers so many of each type, the best of them', async () => {
    expect(await found(w.registrar, 'καρα', '&types=students,programs&limit=1')).toEqual([
      `students ${ids.neighbour}`,
      `programs ${ids.program}`,
    ])
  })

  test('takes one round trip', async () => {
    expect(timingOf(await w.registrar.get('/search?q=kara'))).toEqual({ queries: 4, roundTrips: 1 })
  })

  test('finds nothing deleted', async () => {
    const { id } = await w.course({ title: 'Short-lived' })
    expect(await found(w.registrar, 'short-lived')).toEqual([`courses ${id}`])
    await w.registrar.delete(`/courses/${id}`)
    expect(await found(w.registrar, 'short-lived')).toEqual([])
  })
})

describe('who searches', () => {
  test('finds among students only themself, as a student', async () => {
    expect(await found(me, 'καρα', '&types=students')).toEqual([`students ${me.studentId}`])
    expect(await found(me, 'Νεφέλη')).toEqual([])
    expect(await found(me, 'καρα', '&types=courses,sections,programs')).toHaveLength(3)
  })

  test('finds the students of the own sections, as a teacher', async () => {
    expect(await found(teacher, 'καρα', '&types=students')).toEqual([
      `students ${ids.neighbour}`,
      `students ${me.studentId}`,
    ])
    expect(await found(await w.teacher(), 'καρα', '&types=students')).toEqual([])
  })

  test('finds no student, as a student account without a record', async () => {
    expect(await found(await persona('student'), 'K-', '&types=students')).toEqual([])
  })

  test('must be signed in', async () => {
    expect((await w.anonymous.get('/search?q=kara')).status).toBe(401)
  })
})

describe('whatever is asked', () => {
  test.each([
    ['a percent sign', '%'],
    ['underscores', '___'],
    ['a quote', "'"],
    ['quotes and a comment', `' or 1=1 -- "`],
    ['a backslash', '\\'],
    ['brackets and stars', '[*?]{}$'],
    ['an emoji', '🎓👩🏽‍🎓'],
    ['JSON', '{"a":1}'],
    ['a lone combining accent', '\u0301'],
    ['a word of 200 letters', 'ψ'.repeat(200)],
    ['a hundred words', Array.from({ length: 100 }, (_, i) => String.fromCharCode(0x400 + i)).join(' ')],
    ['a right-to-left mark', '\u200F'],
    ['another script', '李明'],
    ['__proto__', '__proto__'],
  ])('%s finds nothing and breaks nothing', async (_, q) => {
    expect(await found(w.registrar, q)).toEqual([])
  })

  test.each([
    ['no query', '', 'query.q'],
    ['an empty one', '?q=', 'query.q'],
    ['only spaces', '?q=%20%20%09', 'query.q'],
    ['more than 200 characters', `?q=${'x'.repeat(201)}`, 'query.q'],
    ['a control character', '?q=a%00b', 'query.q'],
    ['an unknown type', '?q=a&types=students,users', 'query.types.1'],
    ['no hits', '?q=a&limit=0', 'query.limit'],
    ['too many hits', '?q=a&limit=51', 'query.limit'],
    ['an unknown parameter', '?q=a&page=1', 'query.page'],
  ])('%s is refused', async (_, query, path) => {
    const answer = await w.registrar.get(`/search${query}`)
    expect([answer.status, badFields(answer)]).toEqual([422, [path]])
  })
})
