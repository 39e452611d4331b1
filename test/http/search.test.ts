import { beforeAll, describe, expect, test } from 'vitest'
import { type World, world } from '../world.ts'

let w: World
const ids: Record<string, number> = {}
beforeAll(async () => {
  w = await world()
  const people = [
    ['georgios', { first_name: 'Γεώργιος', last_name: 'Παπαδόπουλος', latin_name: 'Georgios Papadopoulos' }],
    ['ioanna', { first_name: 'Ιωάννα', last_name: 'Παπαϊωάννου', latin_name: 'Ioanna Papaioannou' }],
    ['maria', { first_name: 'Μαρία', last_name: 'Άδου-Ρήγα', student_number: 'MM-77' }],
    ['zoe', { first_name: 'Zoë', last_name: "O'Neil 100%", email: 'zoe.o_neil@lyceum.test' }],
  ] as const
  for (const [name, fields] of people) ids[name] = (await w.student(fields)).id
})

const found = async (search: string, more = '') =>
  (await w.registrar.get(`/students?ordering=id&search=${encodeURIComponent(search)}${more}`)).data.items.map(
    (item: { id: number }) => Object.keys(ids).find((name) => ids[name] === item.id),
  )

describe('searching', () => {
  test.each([
    ['a part of a word', 'απαδοπουλ', ['georgios']],
    ['small letters without tonos', 'παπαδοπουλος', ['georgios']],
    ['the name as it is written', 'Παπαδόπουλος', ['georgios']],
    ['capitals, whose sigma at the end is an ordinary one', 'ΠΑΠΑΔΟΠΟΥΛΟΣ', ['georgios']],
    ['an ordinary sigma at the end', 'παπαδοπουλοσ', ['georgios']],
    ['a final sigma in the middle of what is written', 'γιος παπα', ['georgios']],
    ['dialytika and tonos together', 'παπαϊωαννου', ['ioanna']],
    ['no dialytika', 'ΠΑΠΑΙΩΑΝΝΟΥ', ['ioanna']],
    ['decomposed accents', 'Μαρία'.normalize('NFD'), ['maria']],
    ['two words in any order', 'παπα ιωαννα', ['ioanna']],
    ['two words of two fields', 'georgios παπαδ', ['georgios']],
    ['words with spaces around and between', '  παπα   γεωργ ', ['georgios']],
    ['words of which one is missing', 'παπα ζωη', []],
    ['a number', 'mm-77', ['maria']],
    ['a Latin accent left out', 'zoe', ['zoe']],
    ['a part of an e-mail', 'o_neil@', ['zoe']],
    ['what many have', 'παπα', ['georgios', 'ioanna']],
    ['a percent sign, which is no wildcard', '%', ['zoe']],
    ['an underscore, which is no wildcard', 'zoe_o', []],
    ['a quote', "o'n", ['zoe']],
    ['nothing at all', '', ['georgios', 'ioanna', 'maria', 'zoe']],
    ['only spaces', '   ', ['georgios', 'ioanna', 'maria', 'zoe']],
    ['something longer than a LIKE pattern may be', 'π'.repeat(200), []],
  ])('finds by %s', async (_, text, expected) => {
    expect(await found(text)).toEqual(expected)
  })

  test('counts what it finds', async () => {
    const { data } = await w.registrar.get('/students?search=παπα&page_size=1')
    expect([data.total, data.items.length, data.has_next]).toEqual([2, 1, true])
  })

  test('goes together with filters', async () => {
    await w.registrar.patch(`/students/${ids['ioanna']}`, { study_year: 4 })
    expect(await found('παπα', '&study_year=4')).toEqual(['ioanna'])
  })

  test('refuses more than 200 characters', async () => {
    const answer = await w.registrar.get(`/students?search=${'x'.repeat(201)}`)
    expect([answer.status, answer.error?.details.errors?.[0]?.path]).toEqual([422, 'query.search'])
  })

  test('takes as many words as fit', async () => {
    expect(await found(Array.from({ length: 100 }, () => 'π').join(' '))).toEqual(['georgios', 'ioanna'])
  })

  test('of sections looks through their courses', async () => {
    const course = await w.course({ title: 'Theory of Knowledge', title_el: 'Γνωσιολογία' })
    const section = await w.section({ course_id: course.id })
    const { data } = await w.registrar.get('/sections?search=ΓΝΩΣΙΟΛΟΓΙΑ')
    expect(data.items.map((item: { id: number }) => item.id)).toEqual([section.id])
  })

  test('is not offered where there is nothing to search', async () => {
    const answer = await w.registrar.get('/terms?search=x')
    expect([answer.status, answer.error?.details.errors?.[0]?.path]).toEqual([422, 'query.search'])
  })
})
