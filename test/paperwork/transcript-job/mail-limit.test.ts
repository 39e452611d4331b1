import { beforeAll, describe, expect, test } from 'vitest'
import { post } from '../../access/proof/known-device.ts'
import { countRows, type Persona, testEnv, unique, type World, world } from '../../world.ts'
import { execute } from '../../grading/graded-section.ts'

let w: World
let students: Persona[]
beforeAll(async () => {
  w = await world()
  students = await Promise.all([1, 2].map(() => w.studentPersona()))
})

const somebody = () => `hr${unique()}@example.org`

/** An order at production's scale. */
const order = (by: Persona, student: Persona, email: string) =>
  post(
    '/transcripts/enqueue',
    { student_id: student.studentId, email },
    { token: by.token!, vars: { SECOND_FACTOR_ROLES: '' } },
  )
const jobsTo = (email: string) => countRows(`transcript_job where email = '${email.toLowerCase()}'`)

describe('orders for one address', () => {
  test('are three an hour, whoever orders: the next is refused before anything is written, and says when to come back', async () => {
    const [me, other] = students as [Persona, Persona]
    const email = somebody()
    const orders = [
      [me, me],
      [other, other],
      [w.registrar, me],
    ] as const
    for (const [by, student] of orders) expect((await order(by, student, email)).status).toBe(202)
    const audits = await countRows('audit_log')
    for (const [by, student] of orders) {
      const { status, code, headers } = await order(by, student, email.toUpperCase())
      expect([status, code]).toEqual([429, 'RATE_LIMITED'])
      expect(Number(headers.get('retry-after'))).toBeGreaterThan(3500)
    }
    expect([await jobsTo(email), await countRows('audit_log')]).toEqual([3, audits])
    expect((await order(me, me, somebody())).status).toBe(202)
  })

  test('are three of ten at once', async () => {
    const email = somebody()
    const by = await w.admin()
    const statuses = await Promise.all(
      Array.from({ length: 10 }, () => order(by, students[0]!, email).then(({ status }) => status)),
    )
    expect(statuses.toSorted()).toEqual([202, 202, 202, 429, 429, 429, 429, 429, 429, 429])
    expect(await jobsTo(email)).toBe(3)
  })

  test('are counted when they were written only', async () => {
    const [me, other] = students as [Persona, Persona]
    const email = somebody()
    for (let i = 0; i < 4; i += 1) expect((await order(me, other, email)).code).toBe('STUDENT_NOT_FOUND')
    await execute("insert into maintenance (id, until) values (1, '2999-01-01T00:00:00.000Z')")
    for (let i = 0; i < 4; i += 1) expect((await order(me, me, email)).code).toBe('MAINTENANCE')
    await execute('delete from maintenance')
    expect((await order(me, me, email)).status).toBe(202)
  })
})

describe('an order for the address of the student', () => {
  test('is not counted where it is the proved one of their account', async () => {
    const me = await w.studentPersona()
    const by = await w.admin()
    for (let i = 0; i < 4; i += 1) expect((await order(by, me, me.email)).status).toBe(202)
  })

  test('is counted where nobody has proved it, or where it is that of another student', async () => {
    const [unproved, me] = [await w.studentPersona(), await w.studentPersona()]
    await testEnv.DB.prepare('update user set email_verified_at = null where id = ?').bind(unproved.userId).run()
    for (const [student, email] of [
      [unproved, unproved.email],
      [me, students[0]!.email],
    ] as const) {
      const by = await w.admin()
      for (let i = 0; i < 3; i += 1) expect((await order(by, student, email)).status).toBe(202)
      expect((await order(by, student, email)).code).toBe('RATE_LIMITED')
    }
  })
})
