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
  ['students', student({ date_of_birth: '05/03/2007' }), 'date_of_birth', 'a date such as 2', 'ημερομηνία όπως 2'],
  ['students', student({ email: '' }), 'email', 'is missing', 'λείπει'],
  ['students', student({ phone: 'none' }), 'phone', '7 to 15 digits', '7 έως 15 ψηφία'],
  ['students', student({ email: 'niki' }), 'email', 'name@example.org', 'name@example.org'],
  ['students', student({ study_year: 2.5 }), 'study_year', 'whole number', 'ακέραιος'],
  ['students', student({ study_year: 'two' }), 'study_year', 'a number such as 3', 'αριθμός όπως 3'],
  ['students', student({ study_year: 13 }), 'study_year', 'at most 12', 'το πολύ 12'],
  ['students', student({ study_year: 0 }), 'study_year', 'at least 1', 'τουλάχιστον 1'],
  ['students', student({ status: 'asleep' }), 'status', 'active, ', 'active, '],
  [
    'students',
    student({ father_name: 'x'.repeat(101) }),
    'father_name',
    'at most 100 characters',
    'το πολύ 100 χαρακτήρες',
  ],
  ['students', student({ student_number: '?' }), 'student_number', 'CS-101', 'CS-101'],
  ['courses', { code: 'MSG', title: 'two\nlines', credits: 5 }, 'title', 'one line', 'μία γραμμή'],
  ['courses', { code: 'MSG', title: 'Logic', credits: 5.55 }, 'credits', 'one decimal', 'ένα δεκαδικό'],
  [
    'terms',
    { code: 'MSG', name: 'X', start_date: '2026-10-01', end_date: '2027-02-01', enrollment_opens_at: '2026-09-01' },
    'enrollment_opens_at',
    'with its offset such as 2',
    'με ζώνη όπως 2',
  ],
  [
    'enrollments',
    { course_code: 'A', term_code: 'B', student_number: 'C', enrolled_at: '1/10/2026' },
    'enrolled_at',
    'a date such as 2',
    'ημερομηνία όπως 2',
  ],
] as const)('%s: %j', async (entity, row, field, english, greek) => {
  const ofField = async (language: 'en' | 'el') =>
    (await messagesOf(entity, row, language)).filter(([name]) => name === field)
  expect(await ofField('en')).toEqual([[field, expect.stringContaining(english)]])
  expect(await ofField('el')).toEqual([[field, expect.stringContaining(greek)]])
})

test('a line of NDJSON is told the same', async () => {
  const row = student({ colour: 'red', email: null })
  expect(await messagesOf('students', row, 'en', 'application/x-ndjson')).toEqual([
    ['email', 'must not be empty'],
    ['colour', 'is not known here'],
  ])
})
