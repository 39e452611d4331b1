import { beforeAll, describe, expect, test } from 'vitest'
import { badFields } from '../../call.ts'
import { type World, world } from '../../world.ts'

let w: World
const ids: Record<string, number> = {}
beforeAll(async () => {
  w = await world()
  const people = [
    ['georgios', { first_name: 'Γεώργιος', last_name: 'Παπαδόπουλος', latin_name: 'Georgios Papadopoulos' }],
    ['ioanna', { first_name: 'Ιωάννα', last_name: 'Παπαϊωάννου', latin_name: 'Ioanna Papaioannou' }],
    ['maria', { first_name: 'Μαρία', last_name: 'Άδου-Ρήγα', student_number: 'MM-77' }],
    ['stavros', { first_name: 'Σταύρος', last_name: 'Χατζηγκίκας' }],
    ['latin', { first_name: 'Xanthippi', last_name: 'Mpoumpoulina' }],
    ['ivan', { first_name: 'Иван', last_name: 'Шевченко' }],
    ['giorgi', { first_name: 'Giorgi', last_name: 'Tsereteli' }],
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
    [
      'eleven words of which the last only sounds alike',
      'γεω γεωρ γεωργ γεωργι παπ παπα παπαδ παπαδο παπαδοπ παπαδοπου papadopu',
      ['georgios'],
    ],
    [
      'eleven words of which the last is missing',
      'γεω γεωρ γεωργ γεωργι παπ παπα παπαδ παπαδο παπαδοπ παπαδοπου ζωη',
      [],
    ],
    ['a number', 'mm-77', ['maria']],
    ['a Latin accent left out', 'zoe', ['zoe']],
    ['a part of an e-mail', 'o_neil@', ['zoe']],
    ['what many have', 'παπα', ['georgios', 'ioanna']],
    ['a percent sign, which is no wildcard', '%', ['zoe']],
    ['an underscore, which is no wildcard', 'zoe_o', []],
    ['a quote', "o'n", ['zoe']],
    ['a Greek name in Latin letters', 'Hatzigikas', ['stavros']],
    ['a Greek name in other Latin letters', 'STAUROS xatzigkikas', ['stavros']],
    ['the beginning of a Greek name in Latin letters', 'xatzi', ['stavros']],
    ['the inside of a Greek name in Latin letters, which is too vague', 'gikas', []],
    ['a Latin name in Greek letters', 'μπουμπουλίνα', ['latin']],
    ['a Latin name in other Latin letters', 'Ksanthipi Bouboulina', ['latin']],
    ['a Cyrillic name in Latin letters', 'shevchenko', ['ivan']],
    ['a Cyrillic name in small letters', 'шевченко', ['ivan']],
    ['a Latin name in Georgian letters', 'წერეთელი', ['giorgi']],
    ['one word in each script', 'Ξανθίππη mpoump', ['latin']],
    ['capitals, which no skeleton is mistaken for', 'STAVROS', ['stavros']],
    ['a double name in Latin letters', 'adou-riga', ['maria']],
    ['a backslash and quotes', '\\ " \'', []],
    ['an emoji', '🎓', []],
    ['another script', 'イワン', []],
    ['nothing at all', '', ['georgios', 'ioanna', 'maria', 'stavros', 'latin', 'ivan', 'giorgi', 'zoe']],
    ['only spaces', '   ', ['georgios', 'ioanna', 'maria', 'stavros', 'latin', 'ivan', 'giorgi', 'zoe']],
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
    expect([answer.status, badFields(answer)[0]]).toEqual([422, 'query.search'])
  })

  test('takes as many words as fit', async () => {
    expect(await found(Array.from({ length: 100 }, () => 'π').join(' '))).toEqual(['georgios', 'ioanna'])
    const letters = [...'abcdefgijklmnoprstuvwxyz0123456789αβγδεζηθικλμνξοπρστυφχψω']
    expect(await found(letters.join(' '))).toEqual([])
    expect(await found([...'παπδοουλς'].flatMap((one) => [one, `${one} `]).join(' '))).toEqual(['georgios'])
    expect(await found('g e o r i o γ ε ω ρ ι ο παπαδόπουλος')).toEqual(['georgios'])
    expect(await found('g e o r i o γ ε ω ρ ι ο Papadopoulou')).toEqual([])
  })

  test('finds the other script in what belongs to a student', async () => {
    const section = await w.section({ course_id: (await w.course({ title: 'x', title_el: 'Οικονομετρία' })).id })
    const { id } = await w.enroll(section.id, ids['stavros']!)
    const first = async (path: `/${'enrollments' | 'sections'}?${string}`) =>
      (await w.registrar.get(path)).data.items.map((item) => item.id)
    expect(await first('/enrollments?search=hatzigikas')).toEqual([id])
    expect(await first('/enrollments?search=hatzinikos')).toEqual([])
    expect(await first('/sections?search=Ikonometria')).toEqual([section.id])
  })

  test('finds the new name once it was changed', async () => {
    const { id } = await w.student({ first_name: 'Ρωξάνη', last_name: 'Δούκα' })
    await w.registrar.patch(`/students/${id}`, { last_name: 'Φωκά' })
    const total = async (text: string) => (await w.registrar.get(`/students?search=${text}`)).data.total
    expect([await total('Phoka'), await total('Douka'), await total('Roksani')]).toEqual([1, 0, 1])
  })

  test('of sections looks through their courses', async () => {
    const course = await w.course({ title: 'Theory of Knowledge', title_el: 'Γνωσιολογία' })
    const section = await w.section({ course_id: course.id })
    const { data } = await w.registrar.get('/sections?search=ΓΝΩΣΙΟΛΟΓΙΑ')
    expect(data.items.map((item: { id: number }) => item.id)).toEqual([section.id])
  })
})
