import { beforeAll, expect, test } from 'vitest'
import { unique, type World, world } from '../../world.ts'
import { csv, ndjson } from './files.ts'

let w: World
beforeAll(async () => {
  w = await world()
})

const student = (fields: object) => ({
  student_number: `MS-${unique()}`,
  last_name: 'Σιδέρη',
  first_name: 'Νίκη',
  email: `ms${unique()}@lyceum.test`,
  ...fields,
})

async function messagesOf(entity: string, row: Record<string, unknown>, language: string, type = 'text/csv') {
  const file = type === 'text/csv' ? csv([row]) : ndjson([row])
  const headers = { 'content-type': type, 'accept-language': language }
  const { data } = await w.registrar.post(`/imports/${entity}?dry_run=true`, file, headers)
  return data.errors.map(({ field, message }) => [field, message])
}

test.each([
  [
    'students',
    student({ date_of_birth: '05/03/2007' }),
    'date_of_birth',
    'year-month-day: 2007-03-05',
    'έτος-μήνας-ημέρα: 2007-03-05',
  ],
  ['students', student({ first_name: '' }), 'first_name', 'A value is needed', 'χρειάζεται μια τιμή'],
  ['students', student({ phone: 'none' }), 'phone', '+30 210 123 4567', '+30 210 123 4567'],
  ['students', student({ email: 'niki' }), 'email', 'maria@uni.example', 'maria@uni.example'],
  ['students', student({ study_year: 2.5 }), 'study_year', 'whole number', 'ακέραιος'],
  ['students', student({ study_year: 'two' }), 'study_year', '7,5 where', '7,5 όπου'],
  ['students', student({ study_year: 13 }), 'study_year', 'At most 12', 'έως 12'],
  ['students', student({ study_year: 0 }), 'study_year', 'At least 1', 'τουλάχιστον 1'],
  ['students', student({ status: 'asleep' }), 'status', 'active, ', 'active, '],
  [
    'students',
    student({ father_name: 'x'.repeat(101) }),
    'father_name',
    'At most 100 characters',
    'έως 100 χαρακτήρες',
  ],
  ['students', student({ student_number: '?' }), 'student_number', 'CS-101', 'CS-101'],
  ['courses', { code: 'MSG', title: 'two\nlines', credits: 5 }, 'title', 'One line', 'μία γραμμή'],
  ['courses', { code: 'MSG', title: 'Logic', credits: 5.55 }, 'credits', 'multiples of 0.1', 'πολλαπλάσια του 0.1'],
  [
    'terms',
    { code: 'MSG', name: 'X', start_date: '2026-10-01', end_date: '2027-02-01', enrollment_opens_at: '2026-09-01' },
    'enrollment_opens_at',
    '2026-10-01T09:00:00+03:00',
    '2026-10-01T09:00:00+03:00',
  ],
  [
    'enrollments',
    { course_code: 'A', term_code: 'B', student_number: 'C', enrolled_at: '1/10/2026' },
    'enrolled_at',
    'A day (2026-10-01) or',
    'ημέρα (2026-10-01) ή',
  ],
] as const)('%s: %j', async (entity, row, field, english, greek) => {
  expect(await messagesOf(entity, row, 'en')).toEqual([[field, expect.stringContaining(english)]])
  expect(await messagesOf(entity, row, 'el')).toEqual([[field, expect.stringContaining(greek)]])
})

test('a line of NDJSON is told the same', async () => {
  const row = student({ colour: 'red', last_name: null })
  expect(await messagesOf('students', row, 'en', 'application/x-ndjson')).toEqual([
    ['last_name', expect.stringContaining('A value is needed')],
    ['colour', expect.stringContaining('no field of this name')],
  ])
})
