import { beforeAll, describe, expect, test } from 'vitest'
import { refusal } from '../../call.ts'
import { type Persona, persona, type World, world } from '../../world.ts'
import { gradedSection, published } from '../graded-section.ts'
import { decide, request } from './official.ts'

let w: World
let admin: Persona
let me: Persona
let teacher: Persona
let section: number
let ids: { result: number; theirs: number; approved: number; rejected: number; pending: number; other: number }

beforeAll(async () => {
  w = await world()
  admin = await w.admin()
  me = await w.studentPersona()
  const other = await w.student()
  const made = await gradedSection(w, { students: [me.studentId!, other.id], marks: [[80], [70]] })
  teacher = made.teacher
  section = made.id
  const [result, theirs] = (await published(w, made)) as [number, number]
  const asked = async (id: number, new_percentage: number) =>
    (await request(teacher, id, { new_percentage })).data.id as number
  const approved = await asked(result, 90)
  await decide(w.registrar, approved, true, 'Seen')
  const rejected = await asked(result, 100)
  await decide(admin, rejected, false, 'Not so')
  await w.registrar.post('/results/freeze', { section_id: section })
  const pending = await asked(result, 95)
  await decide(admin, pending)
  ids = { result, theirs, approved, rejected, pending, other: await asked(theirs, 75) }
})

const listed = async (caller: Persona, query = '') => {
  const { data } = await caller.get(`/results/changes${query}`)
  expect(data.total).toBe(data.items.length)
  return data.items.map(({ id }) => id)
}

describe('the list of changes', () => {
  test('is at its own address, not a result by the name of changes', async () => {
    expect((await w.registrar.get('/results/changes')).status).toBe(200)
  })

  test('shows staff all of them, teachers those of their sections', async () => {
    const all = [ids.approved, ids.rejected, ids.pending, ids.other]
    for (const caller of [w.registrar, admin, teacher])
      expect(await listed(caller, `?section_id=${section}`)).toEqual(all)
    expect(await listed(teacher)).toEqual(all)
    expect(await listed(await w.teacher())).toEqual([])
  })

  test('is filtered by status, result, section, student and requester', async () => {
    expect(await listed(w.registrar, '?status=pending')).toEqual([ids.pending, ids.other])
    expect(await listed(w.registrar, '?status__in=approved,rejected')).toEqual([ids.approved, ids.rejected])
    expect(await listed(w.registrar, `?result_id=${ids.theirs}`)).toEqual([ids.other])
    expect(await listed(w.registrar, `?student_id=${me.studentId}&status=pending`)).toEqual([ids.pending])
    expect(await listed(w.registrar, '?section_id=999999')).toEqual([])
    expect(await listed(w.registrar, `?requested_by=${w.registrar.userId}`)).toEqual([])
    expect(refusal(await w.registrar.get('/results/changes?status=waiting'))).toEqual([422, 'VALIDATION_ERROR'])
  })

  test('is ordered and paged like every list', async () => {
    expect(await listed(w.registrar, '?ordering=-id')).toEqual([ids.other, ids.pending, ids.rejected, ids.approved])
    const { data } = await w.registrar.get('/results/changes?page_size=1&ordering=created_at')
    expect([data.items[0]!.id, data.total, data.has_next]).toEqual([ids.approved, 4, true])
    const next = (await w.registrar.get(`/results/changes?page_size=1&ordering=created_at&cursor=${data.next_cursor}`))
      .data
    expect(next.items[0]!.id).toBe(ids.rejected)
  })

  test('shows students what became of their own, nothing that is pending, nothing of others', async () => {
    expect(await listed(me)).toEqual([ids.approved, ids.rejected])
    for (const query of ['?status=pending', `?result_id=${ids.theirs}`, `?student_id__in=${me.studentId! + 1}`])
      expect(await listed(me, query)).toEqual([])
  })

  test('is empty for a student without a record, and closed to strangers', async () => {
    expect(await listed(await persona('student'))).toEqual([])
    expect(refusal(await w.anonymous.get('/results/changes'))).toEqual([401, 'HTTP_401'])
  })
})

describe('the history of a result', () => {
  test('keeps old and new, who asked and who approved', async () => {
    const { data } = await w.registrar.get(`/results/${ids.result}/history`)
    expect(data).toMatchObject({ result_id: ids.result, state: 'frozen' })
    expect(data.published_at! < data.frozen_at!).toBe(true)
    const [approved, rejected, pending] = data.items
    expect(data.items).toHaveLength(3)
    expect(approved).toMatchObject({
      id: ids.approved,
      status: 'approved',
      old_percentage: 80,
      old_letter: 'B+',
      new_percentage: 90,
      new_letter: 'A+',
      requested_by: teacher.userId,
      approved_by: [
        {
          user_id: w.registrar.userId,
          full_name: (await w.registrar.get('/auth/me')).data.full_name,
          approved_at: approved!.resolved_at,
          note: 'Seen',
        },
      ],
    })
    expect(rejected).toMatchObject({ status: 'rejected', resolved_by: admin.userId, note: 'Not so', approved_by: [] })
    expect(pending).toMatchObject({ status: 'pending', old_percentage: 90, approvals: 1, approvals_needed: 2 })
    expect(pending!.approved_by).toHaveLength(1)
  })

  test('shows the student what is resolved', async () => {
    const { data } = await me.get(`/results/${ids.result}/history`)
    expect(data.items.map(({ id }: { id: number }) => id)).toEqual([ids.approved, ids.rejected])
  })

  test('is not found by other students and teachers, or where there is no result', async () => {
    const refused = [404, 'RESULT_NOT_FOUND']
    expect(refusal(await me.get(`/results/${ids.theirs}/history`))).toEqual(refused)
    expect(refusal(await (await w.teacher()).get(`/results/${ids.result}/history`))).toEqual(refused)
    expect(refusal(await w.registrar.get('/results/999999/history'))).toEqual(refused)
  })
})
