import { beforeAll, describe, expect, test } from 'vitest'
import { refreshSearchTexts } from '#/exchange/search/index.ts'
import { changeRequested, filed, resulted, saved } from '../../contract/sample-rows.ts'
import { invitee, newInvitation } from '../../access/mailed-token/mailed.ts'
import { type Persona, systemContext, testEnv, type World, world } from '../../world.ts'

let w: World
let admin: Persona
beforeAll(async () => {
  w = await world()
  admin = await w.admin()
})

type List = '/students' | '/terms' | '/results/changes' | '/requests' | '/saved-filters' | '/users/invitations'
const found = async (by: Persona | World['registrar'], list: List, text: string) =>
  (await by.get(`${list}?search=${encodeURIComponent(text)}`)).data.items.map(({ id }: { id: number }) => id)

const run = (statement: string, ...values: unknown[]) =>
  testEnv.DB.prepare(statement)
    .bind(...values)
    .run()

describe('what only some readers see of a student', () => {
  test('finds for them alone', async () => {
    const me = await w.studentPersona({ father_name: 'Ευστράτιος', phone: '+306900000017' })
    const section = await w.section()
    await w.enroll(section.id, me.studentId!)
    const teacher = await w.teacher()
    await w.teach(section.id, teacher)
    expect(await found(teacher, '/students', 'Ελένη')).toEqual([me.studentId])
    for (const text of ['ΕΥΣΤΡΑΤΙΟΣ', 'Ευστράτιος', '6900000017']) {
      for (const reader of [w.registrar, admin, me])
        expect(await found(reader, '/students', text)).toEqual([me.studentId])
      expect(await found(teacher, '/students', text)).toEqual([])
    }
    await w.registrar.patch(`/students/${me.studentId!}`, { father_name: 'Πανάρετος' })
    expect(await found(w.registrar, '/students', 'ΠΑΝΑΡΕΤΟΣ')).toEqual([me.studentId])
    expect(await found(w.registrar, '/students', 'ΕΥΣΤΡΑΤΙΟΣ')).toEqual([])
  })

  test('finds in no list that does not show it', async () => {
    const { id } = await w.student({ father_name: 'Θεμιστοκλής' })
    const section = await w.section()
    await w.enroll(section.id, id)
    expect((await w.registrar.get('/enrollments?search=Θεμιστοκλής')).data.items).toEqual([])
    expect((await w.registrar.get('/search?q=Θεμιστοκλής')).data.hits).toEqual([])
  })
})

/** Rows of before, each with a text in Greek: the list, the text, and a row that has it. */
const before: [list: List, text: string, row: () => Promise<number>][] = [
  ['/terms', 'Εαρινό', async () => (await w.term({ name: 'Εαρινό' })).id],
  ['/students', 'Ευστάθιος', async () => (await w.student({ father_name: 'Ευστάθιος' })).id],
  [
    '/requests',
    'Υποτροφίες',
    async () => {
      const { id } = await filed(w)
      await run("update service_request set details = 'Υποτροφίες' where id = ?", id)
      return id
    },
  ],
  [
    '/saved-filters',
    'Πρωτοετείς',
    async () => {
      const { id } = await saved(w)
      await run("update saved_filter set name = 'Πρωτοετείς' where id = ?", id)
      return id
    },
  ],
  ['/users/invitations', 'Ισμήνη', () => newInvitation(invitee({ full_name: 'Ισμήνη' }))],
  [
    '/results/changes',
    'Άθροιση',
    async () => {
      const { result } = await resulted(w, 'publish')
      const wish = { result_id: result.id, new_percentage: 91, reason: 'Λάθος στην Άθροιση' }
      return (await w.registrar.post('/results/change-request', wish)).data.id
    },
  ],
  [
    '/results/changes',
    'Παραλείφθηκε',
    async () => {
      const { id } = await changeRequested(w)
      await admin.post('/results/approve-change', { change_id: id, approved: true, note: 'Παραλείφθηκε' })
      return id
    },
  ],
]
const columns = {
  term: 'search_text',
  student: 'registry_text',
  service_request: 'search_text',
  saved_filter: 'search_text',
  invitation: 'search_text',
  result_change: 'search_text',
  result_change_approval: 'search_text',
}

test('rows of before are found as they are written, and in capitals once the job has come by', async () => {
  const rows: { list: List; text: string; id: number }[] = []
  for (const [list, text, row] of before) rows.push({ list, text, id: await row() })
  for (const [table, column] of Object.entries(columns)) await run(`update ${table} set ${column} = ''`)
  const answers = async (typed: (text: string) => string) => {
    const all = []
    for (const { list, text } of rows)
      all.push(await found(list === '/users/invitations' ? admin : w.registrar, list, typed(text)))
    return all
  }
  const inCapitals = (text: string) => text.normalize('NFD').replaceAll(/\p{M}/gu, '').toUpperCase()
  const each = rows.map(({ id }) => [id])
  expect(await answers((text) => text)).toEqual(each)
  await refreshSearchTexts(systemContext())
  expect(await answers(inCapitals)).toEqual(each)
  expect(await refreshSearchTexts(systemContext())).toBe(0)
})

describe('the audit log', () => {
  test('is searched by the words of its summaries in either language', async () => {
    const { id, student_number } = await w.student()
    await w.registrar.patch(`/students/${id}`, { first_name: 'Άννα' })
    const summaries = async (text: string, language = 'en') =>
      (
        await admin.get(`/audit/logs?search=${encodeURIComponent(`${text} ${student_number}`)}`, {
          'accept-language': language,
        })
      ).data.items.map(({ summary }) => summary)
    expect(await summaries('created student')).toEqual([`created student ${student_number}`])
    expect(await summaries('CHANGED')).toEqual([`changed student ${student_number}`])
    expect(await summaries('αλλαγη φοιτητης', 'el')).toEqual([`Αλλαγή: φοιτητής ${student_number}`])
    expect(await summaries('deleted')).toEqual([])
    expect(await summaries('refused')).toEqual([])
    await (await w.teacher()).delete(`/students/${id}`)
    for (const text of ['refused student', 'Ο ΡΟΛΟΣ δεν το επιτρεπει', 'ΔΕΝ ΕΓΙΝΕ φοιτητής'])
      expect((await admin.get(`/audit/logs?search=${encodeURIComponent(text)}`)).data.items[0]).toMatchObject({
        action: 'student.delete',
        success: false,
      })
  })
})

test('an account names its student and is found by the name', async () => {
  const me = await w.studentPersona({ first_name: 'Αριάδνη', last_name: 'Κρητικού' })
  const { data } = await admin.get('/users?search=ΑΡΙΑΔΝΗ%20kritikou')
  expect(data.items).toMatchObject([{ id: me.userId, student_name: 'Κρητικού Αριάδνη' }])
  expect(data.items[0]!.student_number).toMatch(/^2026-/)
})

test('the history of a result is a list that is searched', async () => {
  const { result_id, section_id } = await changeRequested(w)
  const { number } = (await w.registrar.get(`/sections/${Number(section_id)}`)).data
  const { data } = await w.registrar.get(`/results/${Number(result_id)}/history?search=marked`)
  expect(data).toMatchObject({
    result_id,
    state: 'published',
    total: 1,
    has_next: false,
    items: [{ section_number: number }],
  })
  const results = (await w.registrar.get(`/results?section_id=${Number(section_id)}`)).data.items
  expect(results).toMatchObject([{ id: result_id, section_number: number }])
  const none = await w.registrar.get(`/results/${Number(result_id)}/history?search=nothing-has-this`)
  expect(none.data).toMatchObject({ result_id, state: 'published', total: 0, items: [] })
})
