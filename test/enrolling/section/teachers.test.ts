import { beforeAll, describe, expect, test } from 'vitest'
import { auditRows, type Persona, unique, type World, world } from '../../world.ts'
import { refusal } from '../../call.ts'

let w: World
let term: { id: number; code: string }
let mine: { id: number; course_id: number }
let shared: { id: number }
let [eleni, anna]: Persona[] = []
const surname = 'Παπαδοπούλου'

beforeAll(async () => {
  w = await world()
  ;[eleni, anna] = [await w.teacher(), await w.teacher()]
  await renamed(eleni!, `Ελένη ${surname}`)
  await renamed(anna!, 'Άννα Βλάχου')
  term = await w.term({ code: `ΧΕΙΜ${unique()}` })
  mine = await w.section({ term_id: term.id })
  shared = await w.section({ term_id: term.id, title: 'Δίκτυα Οχημάτων', number: 'Λ' })
  await w.section({ term_id: term.id })
  await w.teach(mine.id, eleni!)
  await w.teach(shared.id, eleni!, anna!)
})

const renamed = async ({ userId }: Persona, full_name: string) =>
  (await w.admin()).patch(`/users/${userId}`, { full_name })
const listed = async (query: string, by: Pick<Persona, 'get'> = w.registrar) =>
  (await by.get(`/sections?term_id=${term.id}&${query}`)).data.items
const ids = async (query: string, by?: Pick<Persona, 'get'>) => (await listed(query, by)).map(({ id }) => id)
const found = (text: string, by?: Pick<Persona, 'get'>) => ids(`search=${encodeURIComponent(text)}`, by)

describe('the teachers of a section', () => {
  test('stand in its row wherever it is shown, in the order of a dictionary and without e-mails', async () => {
    const names = async (persona: Persona) => (await (await w.admin()).get(`/users/${persona.userId}`)).data.full_name
    const both = [anna!, eleni!]
    const expected = await Promise.all(both.map(async (one) => ({ user_id: one.userId, full_name: await names(one) })))
    const student = await w.studentPersona()
    expect((await listed('', student)).map(({ instructors }) => instructors.length)).toEqual([1, 2, 0])
    expect((await student.get(`/sections/${shared.id}`)).data.instructors).toEqual(expected)
    const { data } = await w.registrar.patch(`/sections/${shared.id}`, { capacity: 31 })
    expect([data.capacity, data.instructors]).toEqual([31, expected])
  })

  test('are what the list is narrowed by: one of them, or the caller', async () => {
    expect(await ids(`instructor_id=${anna!.userId}`)).toEqual([shared.id])
    expect(await ids(`instructor_id__in=${anna!.userId},${eleni!.userId}`)).toEqual([mine.id, shared.id])
    expect(await ids('taught_by=me', eleni)).toEqual([mine.id, shared.id])
    expect(await ids('taught_by=me', anna)).toEqual([shared.id])
    expect(await ids('taught_by=me')).toEqual([])
    expect(refusal(await w.registrar.get('/sections?taught_by=5'))).toEqual([422, 'VALIDATION_ERROR'])
  })

  test('are found by name, in either script; their e-mails are not', async () => {
    expect(await found(surname.toUpperCase())).toEqual([mine.id, shared.id])
    expect(await found('papadopoulou', await w.studentPersona())).toEqual([mine.id, shared.id])
    expect(await found(`${surname} vlachou`)).toEqual([shared.id])
    expect(await found(eleni!.email)).toEqual([])
    expect(await found('lyceum.test')).toEqual([])
  })
})

describe('a section is found by', () => {
  test.each(['δικτυα ΟΧΗΜΑΤΩΝ', 'diktya'])('its own title: %s', async (text) => {
    expect(await found(text)).toEqual([shared.id])
  })

  test('the codes that it shows, in whatever letters', async () => {
    const { course_code } = (await w.registrar.get(`/sections/${mine.id}`)).data
    expect(await found(course_code.toLowerCase())).toContain(mine.id)
    expect(await found(term.code.toLowerCase())).toHaveLength(3)
  })

  test('the title that it keeps when its course gets another', async () => {
    const course = await w.course({ title: `Παλαιός${unique()}`, title_el: null })
    const { id } = await w.section({ course_id: course.id, term_id: term.id })
    await w.enroll(id, (await w.student()).id)
    await w.registrar.patch(`/courses/${course.id}`, { title: `Νέος${unique()}` })
    expect(await found(course.title)).toEqual([id])
  })
})

describe('a section without a number', () => {
  test('gets the next that is free, and the audit row tells it', async () => {
    const of = { course_id: (await w.course()).id, term_id: (await w.term()).id }
    const made = [await w.section(of), await w.section({ ...of, number: '3' }), await w.section({ ...of, number: 'Β' })]
    const [second, fourth] = [await w.section(of), await w.section(of)]
    expect([...made, second, fourth].map(({ number }) => number)).toEqual(['1', '3', 'Β', '2', '4'])
    const [audit] = await auditRows('section', second.id)
    expect(JSON.parse(audit!.changes)).toMatchObject({ number: { new: '2' } })
  })

  test('of several at once each gets its own', async () => {
    const of = { course_id: (await w.course()).id, term_id: (await w.term()).id }
    const made = await Promise.all([1, 2, 3].map(() => w.section(of)))
    expect(made.map(({ number }) => number).toSorted()).toEqual(['1', '2', '3'])
  })

  test('is none that a change leaves behind', async () => {
    const { id } = await w.section()
    expect(refusal(await w.registrar.patch(`/sections/${id}`, { number: '' }))).toEqual([422, 'VALIDATION_ERROR'])
  })
})
