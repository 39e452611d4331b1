import { beforeAll, describe, expect, test } from 'vitest'
import { chunked, serve } from '../../platform/http/serve.ts'
import { testEnv, type World, world } from '../../world.ts'
import { counts, csv, finished, importFile } from './files.ts'

let w: World
beforeAll(async () => {
  w = await world()
})

describe('a file', () => {
  test('above 5 MiB goes to its place in parts, and arrives whole', async () => {
    const blanks = ' '.repeat(4000)
    const rows = Array.from({ length: 1500 }, (_, n) => ({
      code: `WIDE-${n}`,
      title: `${'π'.repeat(190)}${blanks}`,
      title_el: 'π'.repeat(190),
      credits: 5,
    }))
    const wide = csv(rows)
    expect(new TextEncoder().encode(wide).length).toBeGreaterThan(6_000_000)
    const headers = { authorization: `Bearer ${w.registrar.token}`, 'content-type': 'text/csv' }
    const body = chunked(new TextEncoder().encode(wide))
    const answer = await serve('/api/v1/imports/courses?dry_run=true', { method: 'POST', headers, body })
    expect(answer.status).toBe(202)
    const { data } = (await answer.json()) as { data: { id: string } }
    const done = await finished(w.registrar, data.id)
    expect(counts(done)).toEqual([1500, 0, 0, 0])
    expect(done.data.size).toBe(new TextEncoder().encode(wide).length)
  }, 90_000)

  test('above 32 MiB is refused, with and without its length', async () => {
    const headers = { authorization: `Bearer ${w.registrar.token}`, 'content-type': 'text/csv' }
    const bytes = new Uint8Array(32 * 1024 * 1024 + 1).fill(10)
    bytes.set(new TextEncoder().encode('code,title,credits\n'))
    for (const body of [bytes, chunked(bytes)]) {
      const answer = await serve('/api/v1/imports/courses', { method: 'POST', headers, body })
      expect([answer.status, await answer.json()]).toMatchObject([413, { error: { code: 'HTTP_413' } }])
    }
    expect((await testEnv.DOCUMENTS.list({ prefix: 'imports/' })).objects).toEqual([])
  }, 30_000)
})

test('a small file with many rows that the database refuses goes on in the background', async () => {
  const { course_code, term_code, number: section_number } = await w.section()
  const section = { course_code, term_code, section_number, type: 'quiz' }
  const rows = Array.from({ length: 91 }, (_, n) => ({
    ...section,
    title: `Quiz ${n}`,
    weight: n === 0 ? 100 : n % 2 ? 0 : 50,
  }))
  const answer = await importFile(w.registrar, 'assessments', csv(rows))
  expect([answer.status, answer.data.finished_at]).toEqual([202, null])
  expect(counts(await finished(w.registrar, answer.data.id))).toEqual([46, 0, 0, 45])
  const errors = (await w.registrar.get(`/imports/${answer.data.id}/errors?page_size=200`)).data.items
  expect(errors.map(({ line }: { line: number }) => line)).toEqual(
    rows.flatMap(({ weight }, n) => (weight === 50 ? [n + 2] : [])),
  )
}, 60_000)
