import { beforeAll, describe, expect, test } from 'vitest'
import { badFields, refusal } from '../../call.ts'
import { counts, csv, importFile } from '../../exchange/import/files.ts'
import { execute } from '../../grading/graded-section.ts'
import { meanwhile } from '../../platform/database/between.ts'
import { codeOf, json, serveWith } from '../../platform/http/serve.ts'
import { countRows, type World, world } from '../../world.ts'

let w: World
beforeAll(async () => {
  w = await world()
})

/** A term that is over, with attendance on two days and a seat that ended on one. */
async function taught() {
  const term = await w.term({ start_date: '2025-10-01', end_date: '2026-02-15' })
  const section = await w.section({ term_id: term.id })
  const [there, gone] = [await w.student(), await w.student()]
  await w.enroll(section.id, there.id)
  const seat = await w.enroll(section.id, gone.id)
  await execute(`update enrollment set member_from = '2025-10-01' where section_id = ${section.id}`)
  for (const date of ['2025-10-06', '2026-01-20'])
    await w.registrar.post('/attendance', { section_id: section.id, student_id: there.id, date, status: 'present' })
  await w.registrar.patch(`/enrollments/${seat.id}`, { member_from: '2025-10-05', member_until: '2026-01-30' })
  return {
    ...term,
    section_id: section.id,
    path: `/terms/${term.id}` as const,
    row: (await w.registrar.get(`/terms/${term.id}`)).data,
  }
}

describe('a term with days in use', () => {
  test('does not move away from them: what they are, how many, the first and the last is said', async () => {
    const { path, row } = await taught()
    const before = await countRows('audit_log')
    const early = await w.registrar.patch(path, { end_date: '2026-01-10' })
    expect([...refusal(early), early.error?.message]).toEqual([
      409,
      'TERM_DAYS_OUTSIDE',
      'Days that are in use would be outside of the term: records of attendance: 1, from 2026-01-20 to 2026-01-20; first and last days of seats: 1, from 2026-01-30 to 2026-01-30. Keep them inside, or correct the attendance and the days of the seats first.',
    ])
    expect(badFields(early)).toEqual(['body.end_date'])
    expect(early.error?.details).toMatchObject({
      outside: [
        { kind: 'attendance', count: 1, first: '2026-01-20', last: '2026-01-20' },
        { kind: 'seat', count: 1, first: '2026-01-30', last: '2026-01-30' },
      ],
    })
    const both = await w.registrar.put(path, { ...row, start_date: '2025-10-07', end_date: '2026-01-29' })
    expect(both.error?.details).toMatchObject({ outside: [{ count: 1, first: '2025-10-06' }, { count: 2 }] })
    expect((await w.registrar.get(path)).data).toEqual(row)
    expect(await countRows('audit_log')).toBe(before)
  })

  test('moves as far as they reach: seats since its first day follow it', async () => {
    const { path, section_id } = await taught()
    const days = async () =>
      (await w.registrar.get(`/enrollments?section_id=${section_id}&ordering=id`)).data.items.map(
        ({ member_from, member_until }) => [member_from, member_until],
      )
    const moved = { start_date: '2025-10-05', end_date: '2026-01-30' }
    expect((await w.registrar.patch(path, moved)).data).toMatchObject(moved)
    expect(await days()).toEqual([
      ['2025-10-05', null],
      ['2025-10-05', '2026-01-30'],
    ])
    expect((await w.registrar.patch(path, { start_date: '2025-09-01', end_date: '2026-03-01' })).status).toBe(200)
    expect(await days()).toEqual([
      ['2025-09-01', null],
      ['2025-09-01', '2026-03-01'],
    ])
  })

  test('is renamed when days are outside already, from before', async () => {
    const { id, path } = await taught()
    await execute('drop trigger term_keeps_its_days')
    await execute(`update term set end_date = '2026-01-10' where id = ${id}`)
    await execute(keeping)
    expect((await w.registrar.patch(path, { name: 'Short', end_date: '2026-01-09' })).status).toBe(200)
  })

  test('is refused by a file, with the line and the field', async () => {
    const { row, path } = await taught()
    const lines = [
      { code: row.code, start_date: '2025-10-20', end_date: row.end_date },
      { code: row.code, start_date: row.start_date, end_date: '2026-01-10' },
    ]
    for (const [line, field, said] of [
      [
        lines[0]!,
        'start_date',
        'records of attendance: 1, from 2025-10-06 to 2025-10-06; first and last days of seats: 1',
      ],
      [lines[1]!, 'end_date', 'records of attendance: 1, from 2026-01-20'],
    ] as const) {
      const answer = await importFile(w.registrar, 'terms', csv([line]))
      expect(counts(answer)).toEqual([0, 0, 0, 1])
      expect(answer.data.errors).toMatchObject([
        { line: 2, field, code: 'TERM_DAYS_OUTSIDE', message: expect.stringContaining(said) },
      ])
    }
    expect((await w.registrar.get(path)).data).toEqual(row)
  })

  test('loses against attendance that is taken meanwhile', async () => {
    const { id, path } = await taught()
    const [section] = (await w.registrar.get(`/sections?term_id=${id}`)).data.items
    const [seat] = (await w.registrar.get(`/enrollments?section_id=${section!.id}&status=enrolled`)).data.items
    const DB = meanwhile(async () => {
      const record = { section_id: section!.id, student_id: seat!.student_id, date: '2026-02-10', status: 'present' }
      expect((await w.registrar.post('/attendance', record)).status).toBe(201)
    })
    const init = json('PATCH', { end_date: '2026-02-05' }, { authorization: `Bearer ${w.registrar.token}` })
    expect(await codeOf(await serveWith({ DB }, `/api/v1${path}`, init))).toBe('409 TERM_DAYS_OUTSIDE')
  })
})

const [keeping] = Object.values(
  import.meta.glob<string>('/migrations/0101_days_of_terms.sql', { query: '?raw', import: 'default', eager: true }),
).map((text) => text.slice(text.indexOf('create trigger'))) as [string]
