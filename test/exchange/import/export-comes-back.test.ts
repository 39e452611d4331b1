import { beforeAll, describe, expect, test } from 'vitest'
import * as z from 'zod'
import { importEntities } from '#/exchange/imported-entity/index.ts'
import { type EntityName, entityNames } from '#/exchange/imported-entity/schema.ts'
import { harmlessCell } from '#/platform/text/spreadsheet.ts'
import { type World, world } from '../../world.ts'
import { textOf } from '../export/downloaded.ts'
import { gradedSection, scoreOf } from '../../grading/graded-section.ts'
import { future, past, underWay } from '../../under-way.ts'
import { counts, csv, importFile, ndjson } from './files.ts'

let w: World
beforeAll(async () => {
  w = await world()
  // Nothing of it is what a row has where a file says nothing.
  const { id: program_id } = await w.program({
    title: '=1+1',
    degree: 'BSc',
    credits_required: 240,
    credits_per_term: 37.5,
    grading_scheme: 'greek-20',
    repeat_policy: 'last',
  })
  const { id: term_id } = await w.term({
    ...underWay,
    name_el: 'Χειμερινό',
    enrollment_opens_at: `${past}T06:00:00.000Z`,
    enrollment_closes_at: `${future}T06:00:00.000Z`,
    drop_deadline: future,
    withdraw_deadline: underWay.end_date,
  })
  const section = await gradedSection(w, {
    weights: [40, 60],
    marks: [
      [80, 90.25],
      [55, 0],
    ],
    term_id,
    course: { program_id, absence_penalty: 0.5 },
    released: true,
  })
  const { id, students, assessments } = section
  const { id: category_id } = await w.category(id, { weight: 40 })
  const work = {
    title: 'The other one',
    title_el: 'Η άλλη',
    due_at: '2026-01-20T10:00:00Z',
    max_score: 95,
    category_id,
  }
  await w.registrar.patch(`/assessments/${assessments[1]}`, work)
  await w.registrar.put(`/sections/${id}/gradebook`, {
    scores: [{ ...scoreOf(section, 1, 0, 55), state: 'banked' }],
  })
  await w.registrar.patch(`/sections/${id}`, { waitlist_capacity: 7 })
  await w.registrar.put(`/sections/${id}/attendance`, {
    date: past,
    records: students.map((student_id, index) => ({
      student_id,
      status: index ? 'late' : 'absent',
      note: '-5 min; "bus"',
    })),
  })
  await w.student({
    program_id,
    last_name: '+Πλάτων',
    first_name: "'=Άννα",
    father_name: '＝home',
    phone: '+302100000000',
    study_year: 3,
    status: 'suspended',
  })
  const left = await w.enroll(id, (await w.student()).id)
  await w.registrar.post(`/enrollments/${left.id}/drop`)
})

const types = { csv: 'text/csv', ndjson: 'application/x-ndjson' }

describe.each(entityNames)('an export of %s', (entity) => {
  test.each(['csv', 'ndjson'] as const)('comes back as %s and changes nothing', async (format) => {
    const text = await textOf(await w.registrar.get(`/exports/${entity}.${format}`))
    const rows = text.trim().split('\n').length - (format === 'csv' ? 1 : 0)
    expect(rows).toBeGreaterThan(0)
    const answer = await importFile(w.registrar, entity, text, { type: types[format] })
    expect({ counts: counts(answer), errors: answer.data.errors }).toEqual({ counts: [0, 0, rows, 0], errors: [] })
  })
})

/** The fields that a file of these rows cannot do without. A score is graded where its state is not said. */
function indispensable(entity: EntityName): string[] {
  const { input, key } = importEntities[entity]
  const needed = Object.entries(input.shape).filter(
    ([name, field]) => key.fields.includes(name) || !z.safeParse(field, undefined).success,
  )
  return [...needed.map(([name]) => name), ...(entity === 'scores' ? ['score'] : [])]
}

describe.each(entityNames)('a file of %s that has no more columns than it must', (entity) => {
  test.each(['csv', 'ndjson'] as const)('leaves what else there is as it is, as %s', async (format) => {
    const text = await textOf(await w.registrar.get(`/exports/${entity}.ndjson`))
    const lines = text.trim().split('\n')
    const cell = (value: unknown) => (format === 'csv' && typeof value === 'string' ? harmlessCell(value) : value)
    const rows = lines.map((line) => {
      const row = JSON.parse(line) as Record<string, unknown>
      return Object.fromEntries(indispensable(entity).map((name) => [name, cell(row[name])]))
    })
    const file = format === 'csv' ? csv(rows) : ndjson(rows)
    const answer = await importFile(w.registrar, entity, file, { type: types[format] })
    const { errors } = answer.data
    expect({ counts: counts(answer), errors }).toEqual({ counts: [0, 0, rows.length, 0], errors: [] })
  })
})

test('a column that no list shows is still refused', async () => {
  const answer = await importFile(w.registrar, 'programs', 'code,title,titel\nX1,One,Two\n')
  expect([answer.status, answer.error?.code]).toEqual([422, 'IMPORT_COLUMN_UNKNOWN'])
})
