import { beforeAll, describe, expect, test } from 'vitest'
import { Student } from '#/people/student/index.ts'
import { shows } from '#/platform/fields.ts'
import { type Persona, type World, world } from '../../world.ts'
import { ndjsonRows, textOf } from '../../exchange/export/downloaded.ts'
import { gradedSection } from '../../grading/graded-section.ts'

const secrets = { father_name: 'Μενέλαος', date_of_birth: '2003-02-17', phone: '+306900112233' }
const hidden = Object.keys(Student.shape).filter((field) => !shows(Student.shape[field as 'id'], 'faculty'))

let w: World
let me: Persona
let teacher: Persona
let sectionId: number
beforeAll(async () => {
  w = await world()
  me = await w.studentPersona({ latin_name: 'Eleni Pappa', study_year: 4, ...secrets })
  const graded = await gradedSection(w, { students: [me.studentId!], marks: [[70]], released: true })
  teacher = graded.teacher
  sectionId = graded.id
})

describe('what teaching does not need of a student', () => {
  test('is not in what faculty read; everything else is', async () => {
    const { data: whole } = await w.registrar.get(`/students/${me.studentId}`)
    expect(whole).toMatchObject(secrets)
    expect(hidden).toEqual(expect.arrayContaining(Object.keys(secrets)))
    const { data: shown } = await teacher.get(`/students/${me.studentId}`)
    const rest = Object.fromEntries(Object.entries(whole).filter(([field]) => !hidden.includes(field)))
    expect(shown).toEqual(rest)
    expect(Object.keys(shown)).toEqual(
      expect.arrayContaining(['student_number', 'latin_name', 'email', 'study_year', 'status']),
    )
    expect((await teacher.get('/students')).data.items).toEqual([rest])
  })

  test.each(['registrar', 'admin', 'the student'])('is there for %s', async (who) => {
    const by = who === 'admin' ? await w.admin() : who === 'registrar' ? w.registrar : me
    expect((await by.get(`/students/${me.studentId}`)).data).toMatchObject(secrets)
    const { data } = await by.get(`/students?search=${encodeURIComponent('Eleni Pappa')}&page_size=200&ordering=-id`)
    expect(data.items.find(({ id }: { id: number }) => id === me.studentId)).toMatchObject(secrets)
    const rows = await ndjsonRows(await by.get('/exports/students.ndjson'))
    expect(rows.find(({ id }) => id === me.studentId)).toMatchObject(secrets)
  })

  test('is not in the files of faculty, the names of the columns included', async () => {
    const csv = await textOf(await teacher.get('/exports/students.csv'))
    expect(csv.split('\r\n')[0]).toBe(
      '\uFEFFid,student_number,first_name,last_name,latin_name,email,program_id,study_year,enrollment_date,status,version,created_at,updated_at,program_code',
    )
    const [row] = await ndjsonRows(await teacher.get('/exports/students.ndjson'))
    expect(row).toMatchObject({ id: me.studentId, latin_name: 'Eleni Pappa' })
    for (const field of hidden) expect(row).not.toHaveProperty(field)
  })

  test.each([
    () => '/students?search=pappa',
    () => '/search?q=pappa',
    () => `/students/${me.studentId}/record`,
    () => `/enrollments?section_id=${sectionId}`,
    () => `/sections/${sectionId}/gradebook`,
    () => '/exports/enrollments.csv',
    () => '/exports/scores.ndjson',
  ])('is on no other way to the student: %s', async (path) => {
    const answer = await teacher.get(path())
    expect(answer.status).toBe(200)
    const text = await answer.response.text()
    expect(text).not.toBe('')
    for (const secret of Object.values(secrets)) expect(text).not.toContain(secret)
  })

  test.each(
    hidden.flatMap((field) => [`${field}=x`, `${field}__gte=2000-01-01`, `${field}__contains=0`, `ordering=${field}`]),
  )('cannot be found out by ?%s', async (query) => {
    for (const path of ['/students', '/exports/students.csv', '/exports/students.ndjson'])
      expect((await teacher.get(`${path}?${query}`)).status).toBe(422)
    const body = { name: `by ${query}`, list: 'students', query: Object.fromEntries(new URLSearchParams(query)) }
    expect((await teacher.post('/saved-filters', body)).status).toBe(422)
  })

  test.each(Object.values(secrets))('cannot be found by searching for %s', async (secret) => {
    const q = encodeURIComponent(secret)
    expect((await teacher.get(`/students?search=${q}`)).data.items).toEqual([])
    expect(JSON.stringify((await teacher.get(`/search?q=${q}`)).data)).not.toContain(`"id":${me.studentId},`)
  })

  test('an ETag of the one answer does not stand for the other', async () => {
    const { headers } = await w.registrar.get(`/students/${me.studentId}`)
    const etag = headers.get('etag')!
    expect((await teacher.get(`/students/${me.studentId}`, { 'if-none-match': etag })).status).toBe(200)
    expect((await w.registrar.get(`/students/${me.studentId}`, { 'if-none-match': etag })).status).toBe(304)
  })
})
