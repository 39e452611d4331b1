import { beforeAll, describe, expect, test } from 'vitest'
import { refusal, badFields } from '../../call.ts'
import { auditRows, countRows, type Persona, testEnv, type World, world } from '../../world.ts'
import { execute, gradedSection } from '../../grading/graded-section.ts'

const secret = 'Asked for help after a bereavement.\nΠένθος στην οικογένεια.'

let w: World
let student: Persona
let path: `/students/${number}/notes`
beforeAll(async () => {
  w = await world()
  student = await w.studentPersona()
  path = `/students/${student.studentId!}/notes`
})

describe('a note about a student', () => {
  test('carries its author and its time', async () => {
    const before = Date.now()
    const { status, data } = await w.registrar.post(path, { text: secret })
    expect(status).toBe(201)
    expect(data).toEqual({
      id: data.id,
      student_id: student.studentId,
      student_number: expect.stringMatching(/^2026-/),
      student_name: 'Παππά Ελένη',
      text: secret,
      author_id: w.registrar.userId,
      author_name: 'The registrar',
      created_at: expect.stringMatching(/Z$/),
    })
    expect(Date.parse(data.created_at)).toBeGreaterThanOrEqual(before - 1000)
  })

  test('is read by registrar and admin, newest first, each student for itself', async () => {
    const { id } = await w.student()
    const admin = await w.admin()
    await w.registrar.post(`/students/${id}/notes`, { text: 'First' })
    await admin.post(`/students/${id}/notes`, { text: 'Second' })
    for (const caller of [w.registrar, admin]) {
      const { items: notes } = (await caller.get(`/students/${id}/notes`)).data
      expect(notes.map((note: { text: string; author_id: number }) => [note.text, note.author_id])).toEqual([
        ['Second', admin.userId],
        ['First', w.registrar.userId],
      ])
    }
  })

  test('is on record whenever somebody reads it, and where there is no student nobody does', async () => {
    const { id } = await w.student()
    const admin = await w.admin()
    const readings = async () =>
      (await auditRows('student', id)).filter(({ action }) => action === 'student_note.read').map((row) => row.actor_id)
    await w.registrar.get(`/students/${id}/notes`)
    await admin.get(`/students/${id}/notes`)
    expect(await readings()).toEqual([admin.userId, w.registrar.userId])
    const before = await countRows('audit_log')
    await w.registrar.get('/students/999999/notes')
    expect(await countRows('audit_log')).toBe(before)
  })

  test('is nothing for faculty, for students, nor for the student', async () => {
    const section = await gradedSection(w, { students: [student.studentId!] })
    const before = await countRows('student_note')
    for (const caller of [section.teacher, await w.studentPersona(), student]) {
      expect(refusal(await caller.get(path))).toEqual([403, 'HTTP_403'])
      expect(refusal(await caller.post(path, { text: 'Mine' }))).toEqual([403, 'HTTP_403'])
    }
    expect((await w.anonymous.get(path)).status).toBe(401)
    expect(await countRows('student_note')).toBe(before)
  })

  test('is not copied into the audit log', async () => {
    const { data } = await w.registrar.post(path, { text: secret })
    const rows = await auditRows('student_note', data.id)
    expect(rows.map(({ action, actor_id }) => [action, actor_id])).toEqual([
      ['student_note.create', w.registrar.userId],
    ])
    expect(JSON.parse(rows[0]!.changes)).toEqual({
      student_id: { new: student.studentId },
      text: { new: '[redacted]' },
    })
    const all = await testEnv.DB.prepare(
      "select count(*) as n from audit_log where changes like '%bereavement%'",
    ).first()
    expect(all).toEqual({ n: 0 })
  })

  test('is about a student who is there', async () => {
    const { id } = await w.student()
    await w.registrar.post(`/students/${id}/notes`, { text: 'Leaves' })
    await w.registrar.delete(`/students/${id}`)
    for (const gone of [id, 999_999]) {
      expect(refusal(await w.registrar.get(`/students/${gone}/notes`))).toEqual([404, 'STUDENT_NOT_FOUND'])
      expect(refusal(await w.registrar.post(`/students/${gone}/notes`, { text: 'Gone' }))).toEqual([
        404,
        'STUDENT_NOT_FOUND',
      ])
    }
  })

  test.each([
    [{}, 'body.text'],
    [{ text: '' }, 'body.text'],
    [{ text: 'x'.repeat(4001) }, 'body.text'],
    [{ text: 'bell \u0007' }, 'body.text'],
    [{ text: 'Fine', author_id: 1 }, 'body.author_id'],
    [{ text: 'Fine', created_at: '2020-01-01T00:00:00.000Z' }, 'body.created_at'],
  ])('is refused as %j', async (body, field) => {
    const answer = await w.registrar.post(path, body)
    expect([answer.status, badFields(answer)]).toEqual([422, [field]])
  })

  test('answers the same to a repeated Idempotency-Key, and is written once', async () => {
    const before = await countRows('student_note')
    const send = () => w.registrar.post(path, { text: 'Once' }, { 'idempotency-key': 'note-once' })
    const [first, second] = [await send(), await send()]
    expect([first.status, second.data]).toEqual([201, first.data])
    expect(await countRows('student_note')).toBe(before + 1)
    const stored = testEnv.DB.prepare("select response from idempotency_key where key = 'note-once'")
    expect(await stored.first('response')).toBeNull()
  })

  test('never changes or goes away, by any route or statement', async () => {
    const { data } = await w.registrar.post(path, { text: 'Stays' })
    for (const method of ['put', 'patch', 'delete'] as const)
      expect((await w.registrar[method](`${path}/${data.id}`, undefined)).status).toBe(404)
    await expect(execute("update student_note set text = 'x' where id = ?", data.id)).rejects.toThrow(
      'student_note_append_only',
    )
    await expect(execute('delete from student_note where id = ?', data.id)).rejects.toThrow('student_note_append_only')
  })
})
