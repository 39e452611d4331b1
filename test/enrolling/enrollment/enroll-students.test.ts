import { beforeAll, describe, expect, test } from 'vitest'
import { auditRows, countRows, type World, world } from '../../world.ts'

let w: World
beforeAll(async () => {
  w = await world()
})

const students = (count: number) => Promise.all(Array.from({ length: count }, () => w.student()))
const bulk = (sectionId: number, ids: number[], query = '') =>
  w.registrar.post(`/sections/${sectionId}/enroll/bulk${query}`, { student_ids: ids })

describe('enrolling many students', () => {
  test('seats them in the order given until the section is full, and says who got no seat', async () => {
    const section = await w.section({ capacity: 2 })
    const ids = (await students(3)).map(({ id }) => id)
    const answer = await bulk(section.id, ids)
    expect(answer.data).toEqual({
      created: 2,
      updated: 0,
      skipped: 0,
      failed: 1,
      errors: [{ index: 2, code: 'SECTION_FULL', message: 'Section is at full capacity (2). There is no waitlist.' }],
    })
    const { items } = (await w.registrar.get(`/enrollments?section_id=${section.id}`)).data
    expect(items.map(({ student_id }: { student_id: number }) => student_id)).toEqual(ids.slice(0, 2))
    expect((await w.registrar.get(`/sections/${section.id}`)).data.seats_taken).toBe(2)
    expect((await auditRows('section', section.id)).map(({ action }) => action)).toEqual([
      'enrollment.bulk',
      'section.create',
    ])
    const [act] = await auditRows('section', section.id)
    const [row] = await auditRows('enrollment', items[1]!.id)
    expect(row!.summary).toBe(`#${act!.id}`)
    expect([row!.action, JSON.parse(row!.changes)]).toEqual([
      'enrollment.bulk',
      {
        section_id: { new: section.id },
        student_id: { new: ids[1] },
        status: { new: 'enrolled' },
        enrolled_at: { new: items[1]!.enrolled_at },
      },
    ])
  })

  test('gives each item its own reason', async () => {
    const section = await w.section()
    const [seated, held, inactive, free] = await students(4)
    await w.enroll(section.id, seated!.id)
    const hold = { kind: 'academic', blocks: ['enrollment'], office: 'Dean', reason: 'Advising' }
    await w.registrar.post(`/students/${held!.id}/holds`, hold)
    await w.registrar.patch(`/students/${inactive!.id}`, { status: 'on_leave' })
    const { data } = await bulk(section.id, [seated!.id, held!.id, inactive!.id, 999_999, free!.id, free!.id])
    expect(data.created).toBe(1)
    expect(data.errors.map(({ index, code }: { index: number; code: string }) => [index, code])).toEqual([
      [0, 'ALREADY_ENROLLED'],
      [1, 'HOLD'],
      [2, 'STUDENT_NOT_ACTIVE'],
      [3, 'STUDENT_NOT_FOUND'],
      [5, 'ALREADY_ENROLLED'],
    ])
  })

  test.each(['?atomic=true', '?dry_run=true'])(
    'with %s writes nothing when one of them cannot be enrolled',
    async (query) => {
      const section = await w.section({ capacity: 1 })
      const ids = (await students(2)).map(({ id }) => id)
      const before = [await countRows('enrollment'), await countRows('audit_log')]
      expect((await bulk(section.id, ids, query)).data).toMatchObject({
        failed: 1,
        errors: [{ index: 1, code: 'SECTION_FULL' }],
      })
      expect([await countRows('enrollment'), await countRows('audit_log')]).toEqual(before)
    },
  )

  test('two lists at once never overbook', async () => {
    const section = await w.section({ capacity: 5 })
    const [a, b] = [await students(4), await students(4)]
    await Promise.all(
      [a, b].map((list) =>
        bulk(
          section.id,
          list.map(({ id }) => id),
        ),
      ),
    )
    const { seats_taken } = (await w.registrar.get(`/sections/${section.id}`)).data
    const { total } = (await w.registrar.get(`/enrollments?section_id=${section.id}`)).data
    expect(total).toBe(seats_taken)
    expect(seats_taken).toBeLessThanOrEqual(5)
  })
})

describe('transferring a student', () => {
  async function twoSections(capacity = 5) {
    const from = await w.section()
    const to = await w.section({
      course_id: from.course_id as number,
      term_id: from.term_id as number,
      number: '2',
      capacity,
    })
    const student = await w.student()
    return { from, to, student, seat: await w.enroll(from.id, student.id) }
  }

  test('is one act with two rows, each of which tells of it', async () => {
    const { from, to, seat } = await twoSections()
    const answer = await w.registrar.post(`/enrollments/${seat.id}/transfer`, { section_id: to.id })
    expect([answer.status, answer.data.section_id, answer.data.status]).toEqual([201, to.id, 'enrolled'])
    expect((await w.registrar.get(`/enrollments/${seat.id}`)).data.status).toBe('transferred')
    const seats = await Promise.all(
      [from, to].map(async ({ id }) => (await w.registrar.get(`/sections/${id}`)).data.seats_taken),
    )
    expect(seats).toEqual([0, 1])
    expect((await auditRows('enrollment', answer.data.id)).map(({ action }) => action)).toEqual(['enrollment.transfer'])
    const [ended, made] = await auditRows('enrollment', seat.id)
    expect([ended!.action, made!.action]).toEqual(['enrollment.transfer', 'enrollment.create'])
    expect(JSON.parse(ended!.changes)).toMatchObject({
      status: { old: 'enrolled', new: 'dropped' },
      end_reason: { old: null, new: 'transferred' },
      transferred_to: { new: answer.data.id },
    })
  })

  test('to a full section keeps the old seat', async () => {
    const { to, seat } = await twoSections(0)
    const answer = await w.registrar.post(`/enrollments/${seat.id}/transfer`, { section_id: to.id })
    expect([answer.status, answer.error?.code]).toEqual([400, 'SECTION_FULL'])
    expect((await w.registrar.get(`/enrollments/${seat.id}`)).data.status).toBe('enrolled')
  })

  test('goes to the same course and term only, and from a live seat only', async () => {
    const { to, seat } = await twoSections()
    const elsewhere = await w.registrar.post(`/enrollments/${seat.id}/transfer`, { section_id: (await w.section()).id })
    expect([elsewhere.status, elsewhere.error?.code]).toEqual([400, 'TRANSFER_OTHER_COURSE'])
    await w.registrar.post(`/enrollments/${seat.id}/drop`)
    const ended = await w.registrar.post(`/enrollments/${seat.id}/transfer`, { section_id: to.id })
    expect([ended.status, ended.error?.code]).toEqual([409, 'ENROLLMENT_ENDED'])
  })

  test('of ten at once for one seat moves one, and everybody keeps exactly one seat', async () => {
    const { from, to } = await twoSections(1)
    const seats = await Promise.all((await students(10)).map(({ id }) => w.enroll(from.id, id)))
    const answers = await Promise.all(
      seats.map(({ id }) => w.registrar.post(`/enrollments/${id}/transfer`, { section_id: to.id })),
    )
    expect(answers.filter(({ status }) => status === 201)).toHaveLength(1)
    expect(answers.filter(({ error }) => error?.code === 'SECTION_FULL')).toHaveLength(9)
    expect((await w.registrar.get(`/enrollments?section_id=${from.id}&status=enrolled`)).data.total).toBe(10)
    expect((await w.registrar.get(`/enrollments?section_id=${to.id}&status=enrolled`)).data.total).toBe(1)
  })
})
