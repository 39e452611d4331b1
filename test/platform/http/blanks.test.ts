import { beforeAll, describe, expect, test } from 'vitest'
import { badFields } from '../../call.ts'
import { unique, type World, world } from '../../world.ts'

let w: World
beforeAll(async () => {
  w = await world()
})

const blanks = ['', '   ', '\u00a0\t']

describe('what a form leaves empty', () => {
  test.each(blanks)('is not given, where it need not be: %j', async (blank) => {
    const n = unique()
    const { data, status } = await w.registrar.post('/students', {
      student_number: `BL-${n}`,
      first_name: 'Ελένη',
      last_name: 'Παππά',
      latin_name: blank,
      phone: blank,
      date_of_birth: blank,
      email: `bl${n}@lyceum.test`,
      enrollment_date: '2025-09-20',
    })
    expect([status, data.latin_name, data.phone, data.date_of_birth]).toEqual([201, null, null, null])
  })

  test.each(blanks)('takes away what was there: %j', async (blank) => {
    const { id } = await w.student({ phone: '+302101234567' })
    expect((await w.registrar.patch(`/students/${id}`, { phone: blank })).data.phone).toBeNull()
  })

  test.each(blanks)('is missed, where it must be given: %j', async (blank) => {
    const answer = await w.registrar.post('/programs', { code: `BL${unique()}`, title: blank })
    expect([answer.status, badFields(answer)]).toEqual([422, ['body.title']])
    expect(answer.error?.details.errors).toMatchObject([{ code: 'too_short', message: 'must not be empty' }])
  })

  test.each(blanks)('cannot replace what must be there, nor pass for a change: %j', async (blank) => {
    const [program, student] = [await w.program(), await w.student()]
    for (const [path, field] of [
      [`/programs/${program.id}`, 'title'],
      [`/students/${student.id}`, 'email'],
      [`/students/${student.id}`, 'student_number'],
    ] as const) {
      const answer = await w.registrar.patch(path, { [field]: blank })
      expect([path, answer.status, ...new Set(badFields(answer))]).toEqual([path, 422, `body.${field}`])
    }
  })

  test('means the same inside of a list', async () => {
    const { id } = await w.section()
    const meeting = { weekday: 1, start: '09:00', end: '11:00', room: '' }
    const { data } = await w.registrar.put(`/sections/${id}/meetings`, { meetings: [meeting] })
    expect(data.meetings).toEqual([{ ...meeting, room: null }])
  })

  test('in a query restricts nothing', async () => {
    const { code } = await w.program()
    const { data } = await w.registrar.get(`/programs?code=${code}&search=&ordering=&page_size=&cursor=`)
    expect([data.total, data.page_size]).toEqual([1, 50])
  })
})

test('one answer names what is wrong in the address, the query and the body', async () => {
  const answer = await w.registrar.put('/sections/x/gradebook?dry_run=perhaps', { scores: 5 })
  expect([answer.status, badFields(answer)]).toEqual([422, ['path.id', 'query.dry_run', 'body.scores']])
})
