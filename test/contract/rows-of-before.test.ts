import { beforeAll, describe, expect, test } from 'vitest'
import { execute } from '../grading/graded-section.ts'
import { applicant, applied } from '../admission/application/applied.ts'
import { filed } from './sample-rows.ts'
import { json, serve } from '../platform/http/serve.ts'
import { badFields, call, refusal } from '../call.ts'
import { countRows, type Persona, type World, world } from '../world.ts'

let w: World
let admin: Persona
beforeAll(async () => {
  w = await world()
  admin = await w.admin()
})

/** Rows with a value that no new one may have, from before its rule: where they are, and how they came to it. */
const ofBefore: Record<
  string,
  () => Promise<[path: `/${string}`, table: string, id: number, column: string, value: string]>
> = {
  'a Latin name in Greek letters': async () => student('latin_name', 'Μαρία Παπαδοπούλου'),
  'a phone without enough digits': async () => student('phone', '21012'),
  'a name with a link': async () => student('father_name', 'http://example.org'),
  'an e-mail that is none': async () => student('email', `old${Date.now()} at example`),
  'a student number with signs': async () => student('student_number', `#${Date.now()}`),
  'a day of enrollment to come': async () => student('enrollment_date', '2199-01-01'),
  'a course code with signs': async () => {
    const { id } = await w.course()
    return [`/courses/${id}`, 'course', id, 'code', `?${id}`]
  },
  'a term code with signs': async () => {
    const { id } = await w.term()
    return [`/terms/${id}`, 'term', id, 'code', `?${id}`]
  },
}

async function student(column: string, value: string): Promise<[`/${string}`, string, number, string, string]> {
  const { id } = await w.student()
  return [`/students/${id}`, 'student', id, column, value]
}

interface Told {
  status: number
  data: object
  error: { details: { errors: { in: string; path: string }[] } } | null
}
/** The answer as it stands: such rows are not of the form that is declared. */
async function ask(method: string, path: string, body?: object) {
  const init = json(method, body, { authorization: `Bearer ${admin.token}` })
  const response = await serve(`/api/v1${path}`, body ? init : { ...init, body: null })
  return { status: response.status, ...((await response.json()) as Omit<Told, 'status'>) }
}

describe.each(Object.keys(ofBefore))('%s, from before its rule', (what) => {
  test('stays when it is repeated, alone and beside a change, and is refused when it becomes another such', async () => {
    const [path, table, id, column, value] = await ofBefore[what]!()
    await execute(`update ${table} set ${column} = '${value}' where id = ${id}`)
    const { data: row } = await ask('GET', path)
    expect(row).toMatchObject({ [column]: value })
    const before = await countRows('audit_log')
    const again = await ask('PUT', path, row)
    expect([again.status, again.data]).toMatchObject([200, row])
    expect(await countRows('audit_log')).toBe(before)
    const beside = await ask('PATCH', path, { [column]: value, ...besides[table] })
    expect([beside.status, beside.data]).toMatchObject([200, { [column]: value, ...besides[table] }])
    const refused = await ask('PATCH', path, { [column]: others[column] ?? `${value}/` })
    expect([refused.status, refused.error!.details.errors.map((one) => one.path)]).toEqual([422, [column]])
  })
})

const besides: Record<string, object> = {
  student: { study_year: 4 },
  course: { title: 'Renamed' },
  term: { name: 'Renamed' },
}
const others: Record<string, string> = { enrollment_date: '2199-01-02', latin_name: 'Μαρία', father_name: 'ftp://' }

test('what is wrong beside a value of before is refused with both', async () => {
  const { id } = await w.student()
  await execute(`update student set latin_name = 'Μαρία' where id = ${id}`)
  const both = await admin.patch(`/students/${id}`, { latin_name: 'Μαρία', study_year: 99 })
  expect([both.status, badFields(both).toSorted()]).toEqual([422, ['body.latin_name', 'body.study_year']])
  const alone = await admin.patch(`/students/999999`, { latin_name: 'Μαρία' })
  expect(refusal(alone)).toEqual([404, 'STUDENT_NOT_FOUND'])
})

/** Rows that nobody changes any more. */
const closed: Record<string, () => Promise<`/${string}`>> = {
  'a submitted application': async () =>
    `/applications/${await applied(w, await applicant(), { status: 'submitted' })}`,
  'a rejected request': async () => {
    const { id } = await filed(w)
    await w.registrar.post(`/requests/${id}/transition`, { status: 'rejected', notes: 'No' })
    return `/requests/${id}`
  },
}

test.each(Object.keys(closed))('%s takes the row that it is, and nothing else', async (what) => {
  const path = await closed[what]!()
  const { data: row } = await call(admin, 'GET', path)
  const before = await countRows('audit_log')
  for (const method of ['PUT', 'PATCH'] as const) {
    const again = await call(admin, method, path, row as object)
    expect([again.status, again.data]).toMatchObject([200, row])
  }
  expect(await countRows('audit_log')).toBe(before)
  const field = path.startsWith('/requests') ? { details: 'More' } : { statement: 'More' }
  expect((await call(admin, 'PATCH', path, field)).status).toBe(409)
})
