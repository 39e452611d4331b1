import { beforeAll, expect, test } from 'vitest'
import { type World, world } from '../../world.ts'
import { csv, importFile, problems } from './files.ts'

let w: World
beforeAll(async () => {
  w = await world()
})

const sent = (entity: string, rows: Record<string, unknown>[]) => importFile(w.registrar, entity, csv(rows))

const files = [
  ['scores', { assessment_title: 'Exam', score: 10 }, 'assessment_title'],
  ['attendance', { date: '2025-10-01', status: 'present' }, null],
  ['assessments', { title: 'Essay', type: 'final', weight: 1, category_name: 'Labs' }, 'category_name'],
  ['enrollments', { enrolled_at: '2025-09-10' }, null],
] as const

test.each(files)(
  '%s that name nothing are blamed for the first column that finds nothing',
  async (entity, own, last) => {
    const section = await w.section({ number: '3' })
    await w.assessment(section.id, { title: 'Exam' })
    const { course_code, term_code } = (await w.registrar.get(`/sections/${section.id}`)).data
    const { student_number, id } = await w.student()
    await w.enroll(section.id, id)
    const person = entity === 'assessments' ? {} : { student_number }
    const row = { course_code, term_code, section_number: '3', ...person, ...own }
    const rows = [
      { ...row, course_code: 'NONE-1' },
      { ...row, term_code: 'NONE-1' },
      { ...row, course_code: 'NONE-1', term_code: 'NONE-1' },
      { ...row, section_number: '4' },
      ...(last ? [{ ...row, [last]: 'None' }] : []),
    ]
    const found = problems(await sent(entity, rows))
    expect(found).toEqual([
      [2, 'course_code', 'IMPORT_REFERENCE_NOT_FOUND'],
      [3, 'term_code', 'IMPORT_REFERENCE_NOT_FOUND'],
      [4, 'course_code', 'IMPORT_REFERENCE_NOT_FOUND'],
      [4, 'term_code', 'IMPORT_REFERENCE_NOT_FOUND'],
      [5, 'section_number', 'IMPORT_REFERENCE_NOT_FOUND'],
      ...(last ? [[6, last, 'IMPORT_REFERENCE_NOT_FOUND']] : []),
    ])
  },
)

test('rows of a file are imported in the audit log, whether it made or changed them', async () => {
  const admin = await w.admin()
  const { student_number, id } = await w.student()
  const made = `M${student_number}`
  const row = { first_name: 'Eleni', last_name: 'Doe', enrollment_date: '2025-09-01' }
  const program_code = (await w.program()).code
  await sent('students', [
    { student_number, ...row, email: `a${id}@example.org`, program_code },
    { student_number: made, ...row, email: `b${id}@example.org`, program_code },
  ])
  const other = (await w.registrar.get(`/students?student_number=${made}`)).data.items[0]!
  const told = async (of: number, language: string) => {
    const path = `/audit/logs?entity_type=student&entity_id=${of}&ordering=-id` as const
    return (await admin.get(path, { 'accept-language': language })).data.items[0]!.summary.replace(/ \(.*/, '')
  }
  expect([await told(id, 'en'), await told(id, 'el')]).toEqual([
    `changed by import student ${student_number}`,
    `Αλλαγή με εισαγωγή: φοιτητής ${student_number}`,
  ])
  expect([await told(other.id, 'en'), await told(other.id, 'el')]).toEqual([
    `imported student ${made}`,
    `Εισαγωγή: φοιτητής ${made}`,
  ])
})
