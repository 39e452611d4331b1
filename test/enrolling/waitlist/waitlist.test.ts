import { beforeAll, describe, expect, test } from 'vitest'
import { refusal } from '../../call.ts'
import { auditRows, countRows, type World, world } from '../../world.ts'
import { execute } from '../../grading/graded-section.ts'
import { block, fullSection, join, waitingIn } from './queue.ts'

let w: World
beforeAll(async () => {
  w = await world()
})

const ask = async (section_id: number, student_id?: number) =>
  w.registrar.post(`/sections/${section_id}/waitlist`, { student_id: student_id ?? (await w.student()).id })

describe('joining a waitlist', () => {
  test('puts the student at its end, tells the position and leaves one audit row', async () => {
    const section = await fullSection(w)
    const [first, second] = [await join(w, section.id, (await w.student()).id), await ask(section.id)]
    expect(first.position).toBe(1)
    expect(second.data).toMatchObject({ section_id: section.id, position: 2, skipped_at: null, skipped_reason: null })
    const rows = await auditRows('waitlist_entry', second.data.id)
    expect(rows).toMatchObject([{ action: 'waitlist.join', status: 201 }])
  })

  test('positions follow when somebody in front leaves', async () => {
    const { id, queue } = await fullSection(w, { waiting: 3 })
    expect((await w.registrar.delete(`/waitlist/${queue[0]!.id}`)).status).toBe(204)
    const { items } = (await w.registrar.get(`/sections/${id}/waitlist`)).data
    expect(items.map((one: { id: number; position: number }) => [one.id, one.position])).toEqual([
      [queue[1]!.id, 1],
      [queue[2]!.id, 2],
    ])
    expect(refusal(await w.registrar.delete(`/waitlist/${queue[0]!.id}`))).toEqual([404, 'WAITLIST_ENTRY_NOT_FOUND'])
    expect((await join(w, id, queue[0]!.student_id)).position).toBe(3)
  })

  test('of a section with free seats is not needed', async () => {
    const answer = await ask((await w.section({ waitlist_capacity: 5 })).id)
    expect(refusal(answer)).toEqual([400, 'WAITLIST_NOT_NEEDED'])
  })

  test('of a section without a waitlist, or with a full one, is refused', async () => {
    const none = await fullSection(w, { waitlist_capacity: 0 })
    expect(refusal(await ask(none.id))).toEqual([400, 'WAITLIST_CLOSED'])
    const full = await fullSection(w, { waitlist_capacity: 1, waiting: 1 })
    const answer = await ask(full.id)
    expect(refusal(answer)).toEqual([400, 'WAITLIST_FULL'])
    expect(answer.error?.message).toContain('(1)')
  })

  test('twice, or while enrolled, answers 409', async () => {
    const { id, seated, queue } = await fullSection(w, { waiting: 1 })
    expect(refusal(await ask(id, queue[0]!.student_id))).toEqual([409, 'ALREADY_WAITING'])
    expect(refusal(await ask(id, seated[0]!['student_id'] as number))).toEqual([409, 'ALREADY_ENROLLED'])
    expect(refusal(await ask(id, 999_999))).toEqual([404, 'STUDENT_NOT_FOUND'])
    expect(refusal(await ask(999_999))).toEqual([404, 'SECTION_NOT_FOUND'])
  })

  test('is for those who lack nothing but a seat; else every reason is given', async () => {
    const { id } = await fullSection(w)
    const student = await w.student()
    await block(w, student.id)
    const answer = await ask(id, student.id)
    expect(refusal(answer)).toEqual([400, 'SECTION_FULL'])
    expect(answer.error?.details.reasons?.map(({ code }) => code)).toEqual(['SECTION_FULL', 'HOLD'])
  })

  test('twenty at once for three places: three get one, and nobody two', async () => {
    const { id } = await fullSection(w, { waitlist_capacity: 3 })
    const students = await Promise.all(Array.from({ length: 10 }, () => w.student()))
    const before = await countRows('audit_log')
    const answers = await Promise.all([...students, ...students].map((student) => ask(id, student.id)))
    expect(answers.filter(({ status }) => status === 201)).toHaveLength(3)
    expect(answers.filter(({ status }) => status >= 500)).toEqual([])
    expect(new Set(await waitingIn(w, id)).size).toBe(3)
    expect(await countRows('audit_log')).toBe(before + 3)
  })
})

describe('the refusal of a full section', () => {
  test.each([
    [
      { waitlist_capacity: 5, waiting: 2 },
      'Section is at full capacity (1). The waitlist is open: the next position is 3.',
    ],
    [{ waitlist_capacity: 2, waiting: 2 }, 'Section is at full capacity (1). The waitlist is full.'],
    [{ waitlist_capacity: 0 }, 'Section is at full capacity (1). There is no waitlist.'],
  ])('says whether one can wait: %j', async (wish, message) => {
    const { id } = await fullSection(w, wish)
    const { error } = await w.registrar.post(`/sections/${id}/enroll`, { student_id: (await w.student()).id })
    expect(error).toMatchObject({ code: 'SECTION_FULL', message })
  })

  test('speaks Greek', async () => {
    const { id } = await fullSection(w, { waiting: 1 })
    const body = { student_id: (await w.student()).id }
    const { error } = await w.registrar.post(`/sections/${id}/enroll`, body, { 'accept-language': 'el' })
    expect(error?.message).toBe(
      'Το τμήμα έχει συμπληρώσει τη χωρητικότητά του (1). Η λίστα αναμονής είναι ανοιχτή: η επόμενη θέση είναι η 2.',
    )
  })
})

describe('who may wait and look', () => {
  test('a student joins, reads and leaves the own place only', async () => {
    const { id, queue } = await fullSection(w, { waiting: 1 })
    const me = await w.studentPersona()
    const mine = await me.post(`/sections/${id}/waitlist`, { student_id: me.studentId })
    expect([mine.status, mine.data.position]).toEqual([201, 2])
    const listed = (await me.get(`/sections/${id}/waitlist`)).data
    expect([listed.total, listed.items[0]!.id, listed.items[0]!.position]).toEqual([1, mine.data.id, 2])
    const foreign = await me.post(`/sections/${id}/waitlist`, { student_id: (await w.student()).id })
    expect(refusal(foreign)).toEqual([404, 'STUDENT_NOT_FOUND'])
    expect(refusal(await me.delete(`/waitlist/${queue[0]!.id}`))).toEqual([404, 'WAITLIST_ENTRY_NOT_FOUND'])
    expect((await me.delete(`/waitlist/${mine.data.id}`)).status).toBe(204)
  })

  test('a teacher reads the waitlists of the own sections and changes none', async () => {
    const { id, queue } = await fullSection(w, { waiting: 1 })
    const [teacher, stranger] = [await w.teacher(), await w.teacher()]
    await w.teach(id, teacher)
    expect((await teacher.get(`/sections/${id}/waitlist`)).data.total).toBe(1)
    expect((await stranger.get(`/sections/${id}/waitlist`)).data.total).toBe(0)
    expect(refusal(await teacher.delete(`/waitlist/${queue[0]!.id}`))).toEqual([403, 'HTTP_403'])
    expect(refusal(await w.registrar.get('/sections/999999/waitlist'))).toEqual([404, 'SECTION_NOT_FOUND'])
  })
})

describe('the database', () => {
  const insert = (section: number, student: number) =>
    execute(
      "insert into waitlist_entry (section_id, student_id, created_at, updated_at) values (?, ?, '', '')",
      section,
      student,
    )

  test('refuses a place beyond the limit, a second one, one beside a seat and one that is not needed', async () => {
    const { id, queue, seated } = await fullSection(w, { waitlist_capacity: 1, waiting: 1 })
    const { id: student } = await w.student()
    await expect(insert(id, student)).rejects.toThrow('waitlist_limit')
    await expect(insert(id, queue[0]!.student_id)).rejects.toThrow('UNIQUE')
    await expect(insert(id, seated[0]!['student_id'] as number)).rejects.toThrow('waitlist_while_enrolled')
    await expect(insert((await w.section({ waitlist_capacity: 1 })).id, student)).rejects.toThrow('waitlist_not_needed')
  })

  test('lets no place move or come back, and no section go that somebody waits for', async () => {
    const { id, queue } = await fullSection(w, { seats: 0, waiting: 1 })
    const entry = queue[0]!.id
    await expect(execute('update waitlist_entry set section_id = 1 where id = ?', entry)).rejects.toThrow(
      'waitlist_stays_put',
    )
    expect(refusal(await w.registrar.delete(`/sections/${id}`))).toEqual([409, 'SECTION_IN_USE'])
    await w.registrar.delete(`/waitlist/${entry}`)
    const revived = execute('update waitlist_entry set deleted_at = null where id = ?', entry)
    await expect(revived).rejects.toThrow('waitlist_ended_is_final')
    expect((await w.registrar.delete(`/sections/${id}`)).status).toBe(204)
  })

  test('takes a student who is deleted off the lists', async () => {
    const { id, queue } = await fullSection(w, { waiting: 2 })
    await w.registrar.delete(`/students/${queue[0]!.student_id}`)
    const { items } = (await w.registrar.get(`/sections/${id}/waitlist`)).data
    expect(items).toMatchObject([{ id: queue[1]!.id, position: 1 }])
  })
})
