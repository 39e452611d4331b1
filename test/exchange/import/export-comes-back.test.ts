import { beforeAll, describe, expect, test } from 'vitest'
import { type World, world } from '../../world.ts'
import { textOf } from '../export/downloaded.ts'
import { gradedSection } from '../../grading/graded-section.ts'
import { counts, importFile } from './files.ts'

let w: World
beforeAll(async () => {
  w = await world()
  const { id: term_id } = await w.term({ start_date: '2025-09-01', end_date: '2099-12-31' })
  const { id, students, assessments } = await gradedSection(w, {
    weights: [40, 60],
    marks: [
      [80, 90.25],
      [55, 0],
    ],
    term_id,
  })
  await w.registrar.patch(`/assessments/${assessments[1]}`, { title: 'The other one' })
  await w.registrar.put(`/sections/${id}/attendance`, {
    date: '2026-01-12',
    records: students.map((student_id, index) => ({
      student_id,
      status: index ? 'late' : 'absent',
      note: '-5 min; "bus"',
    })),
  })
  const { id: program_id } = await w.program({ title: '=1+1', credits_per_term: 37.5 })
  await w.student({ program_id, last_name: '+Πλάτων', first_name: "'=Άννα", father_name: '＝home' })
})

const entities = [
  'programs',
  'courses',
  'terms',
  'sections',
  'students',
  'enrollments',
  'attendance',
  'assessments',
  'scores',
]
const types = { csv: 'text/csv', ndjson: 'application/x-ndjson' }

describe.each(entities)('an export of %s', (entity) => {
  test.each(['csv', 'ndjson'] as const)('comes back as %s and changes nothing', async (format) => {
    const text = await textOf(await w.registrar.get(`/exports/${entity}.${format}`))
    const rows = text.trim().split('\n').length - (format === 'csv' ? 1 : 0)
    expect(rows).toBeGreaterThan(0)
    const answer = await importFile(w.registrar, entity, text, { type: types[format] })
    expect({ counts: counts(answer), errors: answer.data.errors }).toEqual({ counts: [0, 0, rows, 0], errors: [] })
  })
})

test('a column that no list shows is still refused', async () => {
  const answer = await importFile(w.registrar, 'programs', 'code,title,titel\nX1,One,Two\n')
  expect([answer.status, answer.error?.code]).toEqual([422, 'IMPORT_COLUMN_UNKNOWN'])
})
