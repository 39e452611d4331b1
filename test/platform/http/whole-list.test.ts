import { beforeAll, describe, expect, test } from 'vitest'
import { badFields } from '../../call.ts'
import { testEnv, unique, type World, world } from '../../world.ts'

let w: World
let path: `/students/${number}/holds`
const ids: Record<string, number> = {}
beforeAll(async () => {
  w = await world()
  const { id } = await w.student({ student_number: `WL-${unique()}` })
  path = `/students/${id}/holds`
  const holds = [
    ['fees', { kind: 'financial', blocks: ['enrollment'], office: 'Ταμείο', reason: 'Τέλη Φοίτησης' }],
    [
      'books',
      { kind: 'academic', blocks: ['transcript', 'graduation'], office: 'Library', reason: 'Two books of Shevchenko' },
    ],
  ] as const
  for (const [name, hold] of holds) ids[name] = (await w.registrar.post(path, hold)).data.id
})

const found = async (search: string) => {
  const { status, data } = await w.registrar.get(`${path}?search=${encodeURIComponent(search)}`)
  expect([status, data.total, data.has_next]).toEqual([200, data.items.length, false])
  return data.items.map(({ id }) => Object.keys(ids).find((name) => ids[name] === id)).toReversed()
}

describe('a list that comes whole is searched', () => {
  test.each([
    ['without accents', 'τελη', ['fees']],
    ['in capitals', 'ΤΑΜΕΙΟ', ['fees']],
    ['in another alphabet', 'tameio', ['fees']],
    ['in Cyrillic', 'шевченко', ['books']],
    ['by the inside of a word', 'οιτησ', ['fees']],
    ['by several words in any order', 'books library', ['books']],
    ['by words of which one is missing', 'books τελη', []],
    ['by what stands in a list of the row', 'graduation', ['books']],
    ['by a code that looks alike', 'ｗｌ-', ['fees', 'books']],
    ['by nothing at all', '', ['fees', 'books']],
    ['by only blanks', '  ', ['fees', 'books']],
    ['by no moment', new Date().toISOString().slice(0, 7), []],
  ])('%s', async (_, text, expected) => {
    expect(await found(text)).toEqual(expected)
  })

  test('by ids, also of who did it', async () => {
    expect(await found(String(ids['books']))).toContain('books')
    expect(await found(String(w.registrar.userId))).toEqual(['fees', 'books'])
  })

  test('by what it shows only: not by what rests beside it', async () => {
    const admin = await w.admin()
    const asked = { id: `${unique()}`.padStart(22, 'a'), at: new Date().toISOString() }
    await testEnv.DB.prepare(
      "insert into approval (id, operation, subject, input, requested_by, requested_at, expires_at) values (?1, 'backup.restore', 'felt for', '{\"name\":\"in-the-wish\"}', ?2, ?3, ?3)",
    )
      .bind(asked.id, admin.userId, asked.at)
      .run()
    const search = async (text: string) => (await admin.get(`/approvals?search=${text}`)).data.items.map(({ id }) => id)
    expect(await search('felt%20for')).toEqual([asked.id])
    expect(await search('in-the-wish')).toEqual([])
    const { data } = await admin.get('/approvals?search=felt&status=approved')
    expect(data.items).toEqual([])
  })

  test('and takes no other parameter', async () => {
    const answer = await w.registrar.get(`${path}?serach=x` as typeof path)
    expect([answer.status, badFields(answer)]).toEqual([422, ['query.serach']])
  })
})
