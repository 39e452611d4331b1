import { beforeAll, expect, test } from 'vitest'
import { type World, world } from '../../world.ts'
import { moment } from '#/platform/text/moment.ts'
import { counts, csv, importFile } from './files.ts'

let w: World
beforeAll(async () => {
  w = await world()
})

const day = (days: number) => new Date(Date.now() + days * 86_400_000).toISOString()
const told = (instant: string) => moment('Europe/Athens', instant).en

async function place(term: object) {
  const course = await w.course()
  const { id: term_id, code: term_code } = await w.term({
    start_date: day(-60).slice(0, 10),
    end_date: day(60).slice(0, 10),
    ...term,
  })
  const sections = [1, 2].map((number) => w.section({ course_id: course.id, term_id, number: String(number) }))
  await Promise.all(sections)
  return (section_number: string, { student_number }: Record<string, unknown>, more: object = {}) => ({
    course_code: course.code as string,
    term_code: term_code as string,
    section_number,
    student_number,
    enrolled_at: day(-50),
    status: '',
    ended_at: '',
    ...more,
  })
}

async function warned(rows: Record<string, unknown>[], query = '') {
  const answer = await importFile(w.registrar, 'enrollments', csv(rows), { query })
  expect(answer.data.errors).toEqual([])
  return { counts: counts(answer), warnings: answer.data.warnings.map(({ line, field, code }) => [line, field, code]) }
}

test('seats of a term that goes on are written with a word about holds and the window', async () => {
  const row = await place({ enrollment_opens_at: day(-90), enrollment_closes_at: day(-70) })
  const [free, held, ended] = [await w.student(), await w.student(), await w.student()]
  const hold = { kind: 'financial', blocks: ['enrollment'], office: 'Bursar', reason: 'Fees' }
  for (const student of [held, ended]) await w.registrar.post(`/students/${student.id}/holds`, hold)
  const [one] = (await w.registrar.get(`/students/${ended.id}/holds`)).data.items
  await w.registrar.post(`/holds/${one!.id}/release`)
  const rows = [
    row('1', free),
    row('1', held),
    row('1', ended),
    row('2', held, { status: 'dropped', ended_at: day(-40) }),
  ]
  const late = (line: number) => [line, 'term_code', 'ENROLLMENT_WINDOW_CLOSED']
  const expected = { counts: [4, 0, 0, 0], warnings: [late(2), [3, 'student_number', 'HOLD'], late(3), late(4)] }
  expect(await warned(rows, '?dry_run=true')).toEqual(expected)
  expect(await warned(rows)).toEqual(expected)
})

test.each([
  [{ enrollment_opens_at: day(20) }, `It opens on ${told(day(20))}`],
  [{ enrollment_closes_at: day(-70) }, `It closed on ${told(day(-70))}`],
  [{ enrollment_opens_at: day(-90), enrollment_closes_at: day(-70) }, `It opens on ${told(day(-90))}`],
])('the word about the window says what is set of it: %j', async (term, said) => {
  const row = await place(term)
  const { data } = await importFile(w.registrar, 'enrollments', csv([row('1', await w.student())]))
  expect(data.warnings).toMatchObject([{ code: 'ENROLLMENT_WINDOW_CLOSED', message: expect.stringContaining(said) }])
  expect(data.warnings[0]!.message).not.toMatch(/-[ .]/)
})

test('what such a word says stands in the list of errors, told apart', async () => {
  const row = await place({})
  const student = await w.student()
  const hold = { kind: 'financial', blocks: ['enrollment'], office: 'Bursar', reason: 'Fees' }
  await w.registrar.post(`/students/${student.id}/holds`, hold)
  const rows = [row('1', student), row('9', student)]
  const { data } = await importFile(w.registrar, 'enrollments', csv(rows))
  expect([data.created, data.failed]).toEqual([1, 1])
  const list = async (query: string) => (await w.registrar.get(`/imports/${data.id}/errors${query}`)).data.items
  expect((await list('')).map(({ line, severity }) => [line, severity])).toEqual([
    [2, 'warning'],
    [3, 'error'],
  ])
  expect(await list('?severity=warning')).toMatchObject([
    { code: 'HOLD', message: 'A financial hold blocks this. Ask Bursar how to have it released.' },
  ])
})

test('history has no such words', async () => {
  const row = await place({
    start_date: '2024-09-01',
    end_date: '2025-02-01',
    enrollment_closes_at: '2024-10-01T00:00:00Z',
  })
  const student = await w.student()
  await w.registrar.post(`/students/${student.id}/holds`, {
    kind: 'financial',
    blocks: ['enrollment'],
    office: 'Bursar',
    reason: 'Fees',
  })
  expect(await warned([row('1', student, { enrolled_at: '2024-09-10' })])).toEqual({
    counts: [1, 0, 0, 0],
    warnings: [],
  })
})

test('a term on days on which its sections clash with others is written with a word about it', async () => {
  const [spring, summer] = [
    await w.term({ start_date: '2040-02-01', end_date: '2040-06-12' }),
    await w.term({ start_date: '2040-06-14', end_date: '2040-07-31' }),
  ]
  const meetings = [{ weekday: 3, start: '09:00', end: '11:00', room: 'IMPORT-1' }]
  for (const { id: term_id } of [spring, summer])
    await w.registrar.put(`/sections/${(await w.section({ term_id })).id}/meetings`, { meetings })
  const row = (end_date: string) => ({ code: spring.code, name: spring.name, start_date: spring.start_date, end_date })
  const imported = async (end_date: string) => {
    const { data } = await importFile(w.registrar, 'terms', csv([row(end_date)]), { query: '?confirm=true' })
    return [data.updated, data.warnings.map(({ code, message }) => [code, message.match(/\d+/)?.[0]])]
  }
  expect(await imported('2040-06-19')).toEqual([1, []])
  expect(await imported('2040-06-20')).toEqual([1, [['IMPORT_TERM_CLASHES', '1']]])
})
