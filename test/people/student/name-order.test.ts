import { beforeAll, describe, expect, test } from 'vitest'
import type { AnswerAt } from '../../answer-at.ts'
import type { Answer } from '../../call.ts'
import { applicant } from '../../admission/application/applied.ts'
import { ndjsonRows } from '../../exchange/export/downloaded.ts'
import { unique, type World, world } from '../../world.ts'

/** In the order of a dictionary. Names that are the same but for accents are in the order in which they are written. */
const inOrder = [
  ['Άγρας', 'Ζήνων'],
  ['Αδάμ', 'Ήρα'],
  ['Εμμανουήλ', 'Έρση'],
  ['Ξένος', 'Άννα'],
  ['Ξένος', 'Βίας'],
  ['Ξένος-Ράλλης', 'Αγγελική'],
  ['Ξενοσίδης', 'Άρης'],
  ['Ώτος', 'Ίρις'],
  ['Åkerman', 'Zoë'],
  ['Alm', 'Åsa'],
  ['Zorn', 'Élan'],
] as const
type Name = (typeof inOrder)[number]
const lastNames = inOrder.map(([last]) => last)

const shuffled = inOrder.toSorted(([, a], [, b]) => (a.length - b.length || a < b ? 1 : -1))

let w: World
let program_id: number
let section: { id: number }
beforeAll(async () => {
  w = await world()
  program_id = (await w.program()).id
  section = await w.section()
  for (const [last_name, first_name] of shuffled) {
    const { id } = await w.student({ last_name, first_name, program_id })
    await w.enroll(section.id, id)
  }
})

type Row = { last_name: string; first_name: string }
const namesOf = (rows: readonly object[]) => rows.map((row) => (row as Row).last_name)

async function walked(query: string) {
  const rows: object[] = []
  let cursor: string | null = ''
  while (cursor !== null) {
    const path = `/students?program_id=${program_id}&page_size=2&${query}` as const
    const { status, data }: Answer<AnswerAt<'GET', typeof path>> = await w.registrar.get(
      cursor === '' ? path : (`${path}&cursor=${cursor}` as typeof path),
    )
    expect(status).toBe(200)
    rows.push(...data.items)
    expect(rows.length, 'pages that do not end').toBeLessThan(1000)
    cursor = data.next_cursor
  }
  return rows
}

const fullNames = (names: readonly Name[]) => names.map(([last, first]) => `${last} ${first}`)

describe('people are listed by name as a dictionary has them', () => {
  test.each([
    ['as a rule', '', inOrder],
    ['by last name', 'ordering=last_name,first_name', inOrder],
    ['backwards', 'ordering=-name', inOrder.toReversed()],
    ['by first name', 'ordering=first_name', inOrder.toSorted((a, b) => collator.compare(a[1], b[1]))],
    [
      'with first names backwards',
      'ordering=last_name,-first_name',
      [...inOrder.slice(0, 3), inOrder[4], inOrder[3], ...inOrder.slice(5)],
    ],
  ] as const)('%s, and page by page with a cursor', async (_, ordering, expected) => {
    const { data } = await w.registrar.get(`/students?program_id=${program_id}&${ordering}`)
    expect(data.items.map(({ last_name, first_name }) => [last_name, first_name])).toEqual(expected)
    expect(await walked(ordering)).toEqual(data.items)
  })

  test('an answer shows no key', async () => {
    const { data } = await w.registrar.get(`/students?program_id=${program_id}`)
    expect(Object.keys(data.items[0]!).filter((field) => /key|order|student_name/.test(field))).toEqual([])
  })

  test('in exports', async () => {
    const file = await w.registrar.get(`/exports/students.ndjson?program_id=${program_id}`)
    expect(namesOf(await ndjsonRows(file))).toEqual(lastNames)
  })

  test('in gradebooks, final grades, attendance and rosters', async () => {
    const gradebook = await w.registrar.get(`/sections/${section.id}/gradebook`)
    expect(gradebook.data.students.map(({ student_name }) => student_name)).toEqual(fullNames(inOrder))
    const summary = await w.registrar.get(`/attendance/section-summary?section_id=${section.id}`)
    expect(summary.data.students.map(({ student_name }) => student_name)).toEqual(fullNames(inOrder))
    const roster = await w.registrar.get(`/enrollments?section_id=${section.id}&ordering=student_name`)
    expect(roster.data.items.map(({ student_name }) => student_name)).toEqual(fullNames(inOrder))
  })

  test('in waitlists that are asked for by name; else the first is in front', async () => {
    const full = await w.section({ capacity: 1, waitlist_capacity: 3 })
    await w.enroll(full.id, (await w.student()).id)
    for (const last_name of ['Ώτος', 'Άγρας']) {
      const student_id = (await w.student({ last_name })).id
      expect((await w.registrar.post(`/sections/${full.id}/waitlist`, { student_id })).status).toBe(201)
    }
    const path = `/sections/${full.id}/waitlist` as const
    const namesIn = (items: { student_name: string }[]) => items.map(({ student_name }) => student_name.split(' ')[0])
    expect(namesIn((await w.registrar.get(path)).data.items)).toEqual(['Ώτος', 'Άγρας'])
    expect(namesIn((await w.registrar.get(`${path}?ordering=student_name`)).data.items)).toEqual(['Άγρας', 'Ώτος'])
  })
})

const collator = new Intl.Collator('el')

describe('the key follows the name', () => {
  const placeOf = async (last_name: string) => {
    const { data } = await w.registrar.get(`/students?program_id=${program_id}`)
    return namesOf(data.items).indexOf(last_name)
  }

  test('when it is changed', async () => {
    const { id } = await w.student({ last_name: 'Ωμέγας', program_id })
    await w.registrar.patch(`/students/${id}`, { last_name: 'Έκτορας' })
    expect(await placeOf('Έκτορας')).toBe(2)
    await w.registrar.delete(`/students/${id}`)
  })

  test('when a file says one half of it: the other half counts as it is', async () => {
    const student = await w.student({ last_name: 'Ωμέγας', first_name: 'Αύρα', program_id })
    const file = `student_number,email,last_name\n${student.student_number},${student.email},Ξένος\n`
    expect((await w.registrar.post('/imports/students', file, { 'content-type': 'text/csv' })).data.updated).toBe(1)
    const { data } = await w.registrar.get(`/students?program_id=${program_id}`)
    const namesakes = data.items.filter(({ last_name }) => last_name === 'Ξένος')
    expect(namesakes.map(({ first_name }) => first_name)).toEqual(['Άννα', 'Αύρα', 'Βίας'])
    await w.registrar.delete(`/students/${student.id}`)
  })

  test('when it is imported, and imported again', async () => {
    const n = unique()
    const file = (last: string) => `student_number,last_name,first_name,email\nK-${n},${last},Άννα,k${n}@lyceum.test\n`
    const csv = { 'content-type': 'text/csv' }
    await w.registrar.post('/imports/students', file('Ωμέγας'), csv)
    const { data } = await w.registrar.get(`/students?student_number=K-${n}`)
    await w.registrar.patch(`/students/${data.items[0]!.id}`, { program_id })
    expect(await placeOf('Ωμέγας')).toBe(7)
    await w.registrar.post('/imports/students', file('Έκτορας'), csv)
    expect(await placeOf('Έκτορας')).toBe(2)
    await w.registrar.delete(`/students/${data.items[0]!.id}`)
  })
})

describe('accounts, applications and invitations', () => {
  const greek = ['Άννα', 'Δίας', 'Έρση', 'Ζωή', 'Ήρα']
  const mixed = [3, 0, 4, 2, 1].map((i) => greek[i]!)

  test('accounts', async () => {
    const admin = await w.admin()
    const mark = `q${unique()}`
    for (const [i, name] of mixed.entries())
      await admin.post('/users', {
        email: `${mark}.${i}@lyceum.test`,
        full_name: name,
        password: 'Correct-Horse-9!',
        role: 'faculty',
      })
    const path = `/users?email__contains=${mark}` as const
    expect((await admin.get(path)).data.items.map(({ full_name }) => full_name)).toEqual(greek)
    expect((await admin.get(`${path}&ordering=-full_name`)).data.items.map(({ full_name }) => full_name)).toEqual(
      greek.toReversed(),
    )
  })

  test('invitations', async () => {
    const admin = await w.admin()
    const mark = `i${unique()}`
    for (const [i, full_name] of mixed.entries())
      await admin.post('/users/invitations', { email: `${mark}.${i}@lyceum.test`, full_name, role: 'faculty' })
    const { data } = await admin.get(`/users/invitations?email__contains=${mark}&ordering=full_name`)
    expect(data.items.map(({ full_name }) => full_name)).toEqual(greek)
  })

  test('applications', async () => {
    const [program, term] = [await w.program(), await w.term()]
    for (const last_name of mixed) {
      const person = await applicant()
      await person.post('/applications', {
        program_id: program.id,
        term_id: term.id,
        first_name: 'Χ',
        last_name,
      })
    }
    const { data } = await w.registrar.get(`/applications?program_id=${program.id}&ordering=last_name`)
    expect(namesOf(data.items)).toEqual(greek)
  })
})

test('the instructors of a section', async () => {
  const teachers = []
  for (const name of ['Ωρίων', 'Έρση', 'Ζωή', 'Άρης']) {
    const teacher = await w.teacher()
    await (await w.admin()).patch(`/users/${teacher.userId}`, { full_name: name })
    teachers.push(teacher)
  }
  const { id } = await w.section()
  await w.teach(id, ...teachers)
  const { data } = await w.registrar.get(`/sections/${id}/instructors`)
  expect(data.instructors.map(({ full_name }) => full_name)).toEqual(['Άρης', 'Έρση', 'Ζωή', 'Ωρίων'])
})
