import fc from 'fast-check'
import { beforeAll, describe, expect, test } from 'vitest'
import { importEntities } from '#/exchange/imported-entity/index.ts'
import { entityNames } from '#/exchange/imported-entity/schema.ts'
import { dayFields, dayOf } from '#/exchange/import-plan/day-cells.ts'
import { unique, type World, world } from '../../world.ts'
import { underWay } from '../../under-way.ts'
import { counts, csv, problems } from './files.ts'

let w: World
beforeAll(async () => {
  w = await world()
})

const written = (day: string) => day.split('-').toReversed().map(Number).join('/')
const sent = (entity: string, row: Record<string, unknown>, query = '?dates=dmy', language = 'en') =>
  w.registrar.post(`/imports/${entity}${query}`, csv([row], ';'), {
    'content-type': 'text/csv',
    'accept-language': language,
  })

describe('days as a Greek spreadsheet writes them', () => {
  const [start_date, end_date] = [underWay.start_date, underWay.end_date]
  const days: Record<string, string[]> = {
    terms: ['start_date', 'end_date', 'drop_deadline', 'withdraw_deadline'],
    students: ['date_of_birth', 'enrollment_date'],
    enrollments: ['enrolled_at', 'ended_at', 'member_from', 'member_until'],
    attendance: ['date'],
  }

  test('are known of every kind of row', () => {
    const found = entityNames.map((name) => [name, [...dayFields(importEntities[name].input.shape)].toSorted()])
    const expected = entityNames.map((name) => [name, (days[name] ?? []).toSorted()])
    expect(found).toEqual(expected)
  })

  test('are the same rows as with dates of ISO 8601', async () => {
    const term_code = `DT${unique()}`
    const section = await w.section({ term_id: (await w.term({ ...underWay, code: term_code })).id })
    const [student, other] = [await w.student(), await w.student()]
    await w.enroll(section.id, other.id)
    const seat = { course_code: section.course_code, term_code, section_number: section.number }
    const n = unique()
    const rows: Record<string, Record<string, unknown>> = {
      terms: { code: `D${n}`, name: 'Α', start_date, end_date, drop_deadline: start_date, withdraw_deadline: end_date },
      students: {
        student_number: `D-${n}`,
        last_name: 'Ράλλη',
        email: `d${n}@lyceum.test`,
        date_of_birth: '2004-02-29',
        enrollment_date: '2024-09-05',
      },
      enrollments: {
        ...seat,
        student_number: student.student_number,
        status: 'withdrawn',
        enrolled_at: start_date,
        ended_at: end_date,
        member_from: start_date,
        member_until: end_date,
      },
      attendance: { ...seat, student_number: other.student_number, date: start_date, status: 'present' },
    }
    for (const [entity, row] of Object.entries(rows)) {
      const fields = Object.fromEntries(days[entity]!.map((name) => [name, written(String(row[name]))]))
      const made = await sent(entity, { ...row, ...fields })
      expect([entity, problems(made), counts(made)]).toEqual([entity, [], [1, 0, 0, 0]])
      expect([entity, ...counts(await sent(entity, row, ''))]).toEqual([entity, 0, 0, 1, 0])
      expect([entity, ...counts(await sent(entity, row))]).toEqual([entity, 0, 0, 1, 0])
      expect(made.data.dates).toBe('dmy')
    }
  })

  test('are offered where a file that was sent without has one, and only there', async () => {
    const { student_number } = await w.student()
    const told = async (date_of_birth: string, query: string, language: string) =>
      (await sent('students', { student_number, date_of_birth }, query, language)).data.errors.map(
        ({ message }) => message,
      )
    expect(await told('05/03/2004', '', 'en')).toEqual([
      'must be a date such as 2026-03-25; for days such as 25/03/2026 send the file with dates=dmy',
    ])
    expect(await told('5/3/2004', '', 'el')).toEqual([expect.stringContaining('dates=dmy')])
    expect(await told('05/13/2004', '', 'en')).toEqual(['must be a date such as 2026-03-25'])
    expect(await told('31/02/2004', '?dates=dmy', 'en')).toEqual([
      'must be a day such as 25/03/2026, or a date such as 2026-03-25',
    ])
    expect(await told('05/13/2004', '?dates=dmy', 'el')).toEqual([expect.stringContaining('25/03/2026')])
    expect(await told('5/3/04', '?dates=dmy', 'en')).toHaveLength(1)
  })

  test('are real days, whichever they are', () => {
    const day = fc.date({ min: new Date('1900-01-01'), max: new Date('2199-12-31'), noInvalidDate: true })
    fc.assert(
      fc.property(day, fc.boolean(), (moment, isPadded) => {
        const date = moment.toISOString().slice(0, 10)
        const text = isPadded ? date.split('-').toReversed().join('/') : written(date)
        expect(dayOf(text)).toBe(date)
      }),
    )
    const three = fc.tuple(fc.integer({ min: 0, max: 99 }), fc.integer({ min: 0, max: 99 }))
    fc.assert(
      fc.property(three, ([d, m]) => {
        const isDay = m >= 1 && m <= 12 && d >= 1 && d <= new Date(Date.UTC(2023, m, 0)).getUTCDate()
        expect(dayOf(`${d}/${m}/2023`) !== `${d}/${m}/2023`).toBe(isDay)
      }),
    )
  })
})
