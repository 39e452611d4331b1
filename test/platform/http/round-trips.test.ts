import { beforeAll, describe, expect, test } from 'vitest'
import type { Answer } from '../../call.ts'
import { newAccount } from '../../access/identity/account.ts'
import { resetToken } from '../../access/mailed-token/mailed.ts'
import { codeIn, protectedAccount, timePasses } from '../../access/second-factor/second-factor.ts'
import { password, type Persona, testEnv, type World, world } from '../../world.ts'
import { timingOf } from './serve.ts'

let w: World
let me: Persona
let teacher: Persona
const ids = { program: 0, course: 0, term: 0, section: 0, student: 0, enrollment: 0 }
beforeAll(async () => {
  w = await world()
  ids.program = (await w.program()).id
  ids.course = (await w.course()).id
  ids.term = (await w.term()).id
  ids.section = (await w.section({ course_id: ids.course, term_id: ids.term })).id
  me = await w.studentPersona()
  teacher = await w.teacher()
  ids.student = me.studentId!
  ids.enrollment = (await w.enroll(ids.section, ids.student)).id
  await w.teach(ids.section, teacher)
})

const trips = (answer: Answer) => {
  const { queries, roundTrips } = timingOf(answer)
  return [answer.status, queries, roundTrips]
}

/** Rows in bulk, by one statement: what a table of some years holds. */
const fill = (rows: number) =>
  testEnv.DB.prepare(
    `insert into student (student_number, first_name, last_name, email, study_year, enrollment_date, search_text, created_at, updated_at)
     select 'B-' || value, 'Name', 'Surname ' || (value % 977), 'b' || value || '@lyceum.test', 1 + value % 4, '2024-09-20',
       'b-' || value || ' surname', '2024-09-20T00:00:00.000Z', '2024-09-20T00:00:00.000Z'
     from (with recursive n (value) as (select 1 union all select value + 1 from n where value < ?) select value from n)`,
  )
    .bind(rows)
    .run()

describe('a list', () => {
  test('takes the same queries in one round trip with ten rows and with ten thousand', async () => {
    await fill(10)
    const paths = [
      '/students?page_size=50',
      '/students?page_size=50&search=surname',
      '/students?page_size=50&count=false',
    ] as const
    const few = []
    for (const path of paths) few.push(trips(await w.registrar.get(path)))
    await testEnv.DB.prepare("delete from student where student_number like 'B-%'").run()
    await fill(10_000)
    const many = await Promise.all(paths.map((path) => w.registrar.get(path)))
    expect(few).toEqual([
      [200, 2, 1],
      [200, 2, 1],
      [200, 1, 1],
    ])
    expect(many.map(trips)).toEqual(few)
    expect(many[0]!.data).toMatchObject({ total: 10_001, total_pages: 201 })
    expect(many[0]!.data.items).toHaveLength(50)
  })

  test('of the deepest page and behind a cursor takes no more', async () => {
    const deep = await w.registrar.get('/students?page_size=50&page=200')
    expect([trips(deep), deep.data.items.length]).toEqual([[200, 2, 1], 50])
    const cursor = deep.data.next_cursor
    const next = await w.registrar.get(`/students?page_size=50&cursor=${cursor}`)
    expect([trips(next), next.data.items.length]).toEqual([[200, 1, 1], 1])
  })
})

describe('a read', () => {
  test.each([
    ['/programs', 2],
    ['/courses', 2],
    ['/terms', 2],
    ['/sections', 2],
    ['/enrollments', 2],
    ['/programs/:program', 1],
    ['/courses/:course', 1],
    ['/terms/:term', 1],
    ['/sections/:section', 1],
    ['/students/:student', 1],
    ['/students/:student/record', 5],
    ['/enrollments/:enrollment', 1],
    ['/auth/me', 1],
  ])('%s takes one round trip', async (path, queries) => {
    const filled = path.replace(/:(\w+)/, (_, noun: keyof typeof ids) => String(ids[noun]))
    expect(trips(await w.registrar.get(filled))).toEqual([200, queries, 1])
  })

  test('by somebody who sees only their own takes no more', async () => {
    expect(trips(await me.get('/students'))).toEqual([200, 2, 1])
    expect(trips(await me.get(`/students/${ids.student}`))).toEqual([200, 1, 1])
    expect(trips(await teacher.get('/students'))).toEqual([200, 2, 1])
    expect(trips(await me.get('/enrollments'))).toEqual([200, 2, 1])
  })

  test('of somebody else’s row, or of none, takes one', async () => {
    expect(trips(await me.get('/students/999999'))).toEqual([404, 1, 1])
  })

  test('that is refused before it asks the database takes none', async () => {
    expect(trips(await w.registrar.get('/students?page_size=0'))).toEqual([422, 0, 0])
    expect(trips(await w.anonymous.get('/students'))).toEqual([401, 0, 0])
  })

  test('that the role does not allow takes the one that records the attempt', async () => {
    expect(trips(await me.post('/programs', {}))).toEqual([403, 1, 1])
  })
})

describe('a write', () => {
  test('that needs to know nothing is one batch: change, guard, audit row, what looks alike, new state', async () => {
    expect(trips(await w.registrar.post('/programs', { code: 'TRIP', title: 'x' }))).toEqual([201, 5, 1])
    expect(trips(await w.registrar.post('/courses', { code: 'TRIP', title: 'x', credits: 1 }))).toEqual([201, 5, 1])
    const body = { course_id: ids.course, term_id: ids.term, number: 'TRIP' }
    expect(trips(await w.registrar.post('/sections', body))).toEqual([201, 5, 1])
  })

  test('that decides is one batch after one load', async () => {
    const student = { student_number: 'TRIP', first_name: 'x', last_name: 'y', email: 'trip@lyceum.test' }
    const created = await w.registrar.post('/students', student)
    expect(trips(created)).toEqual([201, 7, 2])
    expect(trips(await w.registrar.patch(`/programs/${ids.program}`, { title: 'New' }))).toEqual([200, 5, 2])
    expect(trips(await w.registrar.patch(`/programs/${ids.program}`, { title: 'New' }))).toEqual([200, 1, 1])
    expect(trips(await w.registrar.delete(`/students/${created.data.id}`))).toEqual([204, 4, 2])
    expect(trips(await w.registrar.post(`/students/${created.data.id}/restore`))).toEqual([200, 5, 2])
    const seat = await w.registrar.post(`/sections/${ids.section}/enroll`, { student_id: created.data.id })
    expect([seat.status, timingOf(seat).roundTrips]).toEqual([201, 2])
  })

  test('that concerns a seat is one batch after its loads, however many wait', async () => {
    const section = await w.section({ capacity: 3, waitlist_capacity: 50 })
    const students = await Promise.all(Array.from({ length: 23 }, async () => (await w.student()).id))
    const path = `/sections/${section.id}` as const
    const bulk = await w.registrar.post(`${path}/enroll/bulk`, { student_ids: students.slice(0, 3) })
    expect([bulk.status, timingOf(bulk).roundTrips]).toEqual([200, 2])
    const pairs = students.slice(0, 9).map((student_id) => ({ section_id: ids.section, student_id }))
    const basket = await w.registrar.post('/enrollments/bulk', { enrollments: pairs })
    expect([basket.status, timingOf(basket).roundTrips]).toEqual([200, 2])
    for (const student_id of students.slice(3)) {
      const joined = await w.registrar.post(`${path}/waitlist`, { student_id })
      expect([joined.status, timingOf(joined).roundTrips]).toEqual([201, 2])
    }
    const [first] = (await w.registrar.get(`/enrollments?section_id=${section.id}`)).data.items
    const dropped = await w.registrar.post(`/enrollments/${first!.id}/drop`)
    expect([dropped.status, timingOf(dropped).roundTrips]).toEqual([200, 3])
    const [next] = (await w.registrar.get(`/enrollments?section_id=${section.id}&status=enrolled`)).data.items
    const patched = await w.registrar.patch(`/enrollments/${next!.id}`, { status: 'dropped' })
    expect([patched.status, timingOf(patched).roundTrips]).toEqual([200, 3])
    const raised = await w.registrar.patch(path, { capacity: 13 })
    expect([raised.data.seats_taken, timingOf(raised).roundTrips]).toEqual([13, 3])
    expect(trips(await w.registrar.get(`${path}/waitlist`))).toEqual([200, 2, 1])
    const check = await w.registrar.post(`${path}/enroll/check`, { student_id: students.at(-1) })
    expect([check.status, timingOf(check).roundTrips]).toEqual([200, 1])
  })

  test('with an Idempotency-Key looks for it before and keeps the answer after', async () => {
    const key = { 'idempotency-key': 'trip' }
    const body = { code: 'TRIP2', title: 'x' }
    expect(trips(await w.registrar.post('/programs', body, key))).toEqual([201, 8, 3])
    expect(trips(await w.registrar.post('/programs', body, key))).toEqual([201, 1, 1])
  })
})

describe('a sign-in', () => {
  const login = (email: string, secret = password) => w.anonymous.post('/auth/login', { email, password: secret })

  test('is one read and one batch, refused or not, whether an account has the e-mail or not', async () => {
    const { email } = await newAccount()
    expect(trips(await login(email))).toEqual([200, 5, 2])
    expect(trips(await login(email, 'Wrong-Horse-9!'))).toEqual([401, 2, 2])
    expect(timingOf(await login('nobody@lyceum.test')).roundTrips).toBe(2)
    for (let i = 0; i < 4; i += 1) await login(email, 'Wrong-Horse-9!')
    expect(trips(await login(email))).toEqual([429, 0, 0])
  })

  test('with a second factor is one read for the challenge, one and a batch for the code', async () => {
    const { email, id, secret } = await protectedAccount()
    await timePasses(id)
    const first = await login(email)
    expect(trips(first)).toEqual([200, 1, 1])
    const { mfa_token } = first.data
    const wrong = await w.anonymous.post('/auth/mfa/login', { mfa_token, code: '000000' })
    expect(trips(wrong)).toEqual([401, 3, 2])
    const right = await w.anonymous.post('/auth/mfa/login', { mfa_token, code: await codeIn(secret) })
    expect(trips(right)).toEqual([200, 8, 2])
    const { refresh_token } = right.data
    expect(trips(await w.anonymous.post('/auth/refresh', { refresh_token }))).toEqual([200, 6, 2])
  })

  test('is proved again by one read and one batch; taking its second factor away reads which sessions ended, too', async () => {
    const { me, recovery } = await protectedAccount()
    expect(trips(await me.post('/auth/mfa/step-up', { code: recovery[0] }))).toEqual([200, 10, 2])
    expect(trips(await me.post('/auth/mfa/disable', { password, code: recovery[1] }))).toEqual([204, 12, 3])
  })

  test('that was forgotten takes one read to know whose it is, one batch, and one read for the sessions that ended', async () => {
    const { email } = await newAccount()
    const body = { token: await resetToken(email), new_password: 'Another-Horse-7!' }
    expect(timingOf(await w.anonymous.post('/auth/password-reset/confirm', body)).roundTrips).toBe(3)
    expect(trips(await w.anonymous.post('/auth/password-reset/confirm', body))).toEqual([400, 2, 2])
  })
})
