import { expect, test } from 'vitest'
import { execute, rowOf } from '../../grading/graded-section.ts'
import { world } from '../../world.ts'

test('older data that breaks newer rules is listed in sentences of the reader’s language, page by page', async () => {
  const w = await world()
  const [course, term] = [await w.course(), await w.term()]
  const place = { course_id: course.id, term_id: term.id }
  const [one, two] = [await w.section({ ...place, number: '1' }), await w.section({ ...place, number: '2' })]
  const student = await w.student()
  await w.enroll(one.id, student.id)
  const day = '2026-10-02T00:00:00.000Z'
  await execute(
    'insert into enrollment (section_id, student_id, enrolled_at, created_at, updated_at, legacy) values (?, ?, ?, ?, ?, 1)',
    two.id,
    student.id,
    day,
    day,
    day,
  )
  const { id } = await rowOf<{ id: number }>('select max(id) as id from enrollment')
  await execute('update section set capacity_before = 1 where id = ?', two.id)
  const { data } = await w.registrar.get('/reports/legacy?kind__in=second_seat,raised_capacity')
  expect(data.items).toEqual([
    {
      kind: 'raised_capacity',
      id: two.id,
      entity: 'section',
      text: `Section 2 of ${course.code}, ${term.code} had a capacity of 1; files had completed more seats in it, so that it is 30.`,
    },
    {
      kind: 'second_seat',
      id,
      entity: 'enrollment',
      text: `Student ${student.student_number} has a second seat in ${course.code}, ${term.code}: section 2. Drop or delete the one that should not be; one with an official result stays.`,
    },
  ])
  const greek = { 'accept-language': 'el' }
  const first = await w.registrar.get('/reports/legacy?page_size=1&kind__in=second_seat,raised_capacity', greek)
  const next = await w.registrar.get(
    `/reports/legacy?page_size=1&kind__in=second_seat,raised_capacity&cursor=${first.data.next_cursor}`,
    greek,
  )
  expect(next.data.items.map(({ text }) => text)).toEqual([
    `Ο φοιτητής ${student.student_number} έχει δεύτερη εγγραφή στο ${course.code}, ${term.code}: τμήμα 2. Διαγράψτε όποια δεν πρέπει να υπάρχει· όποια έχει επίσημο αποτέλεσμα παραμένει.`,
  ])
  await w.registrar.delete(`/enrollments/${id}`)
  expect((await w.registrar.get('/reports/legacy?kind=second_seat')).data.total).toBe(0)
})
