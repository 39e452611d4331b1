import { beforeAll, beforeEach, describe, expect, test, vi } from 'vitest'
import type { Answer } from '../../call.ts'
import { testEnv, type World, world } from '../../world.ts'
import { csvRows, ndjsonRows } from './downloaded.ts'

const many = 9000

let w: World
beforeAll(async () => {
  w = await world()
})

/** Students made in SQL because they are many: numbers `N-00001` and so on, names that tie a lot. */
beforeEach(async () => {
  await testEnv.DB.prepare('delete from student').run()
  await insert(1, many)
})

const insert = (from: number, to: number) =>
  testEnv.DB.prepare(
    `insert into student (student_number, first_name, last_name, email, study_year, enrollment_date, search_text, created_at, updated_at)
     select printf('N-%05d', value), 'Όνομα', 'Επώνυμο ' || (value % 7), 'n' || value || '@lyceum.test', 1, '2024-09-20',
       'n', '2024-09-20T00:00:00.000Z', '2024-09-20T00:00:00.000Z'
     from (with recursive n (value) as (select ?1 union all select value + 1 from n where value < ?2) select value from n)`,
  )
    .bind(from, to)
    .run()

const numbers = (from: number, to: number) =>
  Array.from({ length: to - from + 1 }, (_, i) => `N-${String(from + i).padStart(5, '0')}`)

const readerOf = ({ response }: Answer) => (response.body as ReadableStream<Uint8Array>).getReader()

/** All that is left, as text, and the size of the largest piece. */
async function drain(reader: ReadableStreamDefaultReader<Uint8Array>) {
  const decoder = new TextDecoder()
  let [text, largest, pieces] = ['', 0, 0]
  for (let piece = await reader.read(); !piece.done; piece = await reader.read()) {
    text += decoder.decode(piece.value, { stream: true })
    largest = Math.max(largest, piece.value.byteLength)
    pieces += 1
  }
  return { text, largest, pieces }
}

const numbersIn = (text: string) => [...text.matchAll(/"student_number":"(N-\d+)"/g)].map(([, number]) => number!)

describe('a long export', () => {
  test.each(['id', '-student_number', 'last_name,first_name'])(
    'by %s holds every row once, in order',
    async (ordering) => {
      const rows = await csvRows(await w.registrar.get(`/exports/students.csv?ordering=${ordering}`))
      const listed = rows.map((row) => row['student_number']!)
      expect(listed.toSorted()).toEqual(numbers(1, many))
      if (ordering === '-student_number') expect(listed).toEqual(numbers(1, many).toReversed())
      const list = await w.registrar.get(`/students?ordering=${ordering}&page_size=200`)
      const first = list.data.items.map((item: { student_number: string }) => item.student_number)
      expect(listed.slice(0, 200)).toEqual(first)
    },
  )

  test('arrives in pieces, none of which is more than a page', async () => {
    const answer = await w.registrar.get('/exports/students.ndjson?ordering=id')
    const { text, largest, pieces } = await drain(readerOf(answer))
    expect(numbersIn(text)).toEqual(numbers(1, many))
    expect(pieces).toBeGreaterThanOrEqual(5)
    expect(largest).toBeLessThan((text.length * 2) / 4)
  })

  test.each(['id', 'last_name,first_name', '-student_number'])(
    'by %s repeats and misses nothing while rows come and go',
    async (ordering) => {
      const reader = readerOf(await w.registrar.get(`/exports/students.ndjson?ordering=${ordering}`))
      const first = new TextDecoder().decode((await reader.read()).value)
      await insert(many + 1, many + 500)
      const sent = numbersIn(first)[1]!
      await testEnv.DB.prepare('delete from student where student_number = ?').bind(sent).run()
      const { text } = await drain(reader)
      const seen = numbersIn(first + text)
      expect(new Set(seen).size).toBe(seen.length)
      expect(seen.filter((number) => number <= 'N-09000').toSorted()).toEqual(numbers(1, many))
      if (ordering === 'id') expect(seen.slice(many)).toEqual(numbers(many + 1, many + 500))
    },
  )

  test('does not read ahead of who takes it', async () => {
    const reader = readerOf(await w.registrar.get('/exports/students.ndjson?ordering=id'))
    await reader.read()
    // Room for whatever would be read meanwhile.
    for (let trip = 0; trip < 50; trip += 1) await testEnv.DB.prepare('select 1').run()
    await testEnv.DB.prepare("update student set first_name = 'Later' where student_number = 'N-09000'").run()
    const { text } = await drain(reader)
    expect(text.trimEnd().split('\n').at(-1)).toContain('"first_name":"Later"')
  })

  test('that is not wanted any more ends there', async () => {
    const reader = readerOf(await w.registrar.get('/exports/students.ndjson?ordering=id'))
    await reader.read()
    await reader.cancel()
    expect(await ndjsonRows(await w.registrar.get('/exports/students.ndjson?student_number=N-00001'))).toHaveLength(1)
  })
})

describe('when the database fails', () => {
  const without = async (act: () => Promise<void>) => {
    const said = vi.spyOn(console, 'error').mockImplementation(() => undefined)
    try {
      await testEnv.DB.prepare('drop view live_student').run()
      await act()
      return said.mock.calls.map(([line]) => String(line))
    } finally {
      await testEnv.DB.prepare('create view live_student as select * from student where deleted_at is null').run()
      said.mockRestore()
    }
  }

  test('in the middle, the transfer breaks off, and the log says so without data', async () => {
    const reader = readerOf(await w.registrar.get('/exports/students.ndjson?ordering=id&search=n'))
    await reader.read()
    const lines = await without(async () => {
      await expect(drain(reader).then(({ pieces }) => `${pieces} pieces`)).rejects.toThrow()
    })
    const line = lines.find((one) => one.includes('export_broken_off'))!
    expect(JSON.parse(line)).toMatchObject({ level: 'error', event: 'export_broken_off', export: 'students' })
    expect(line).not.toMatch(/select|N-0|Όνομα|Επώνυμο/)
  })

  test('before anything was sent, it is an ordinary error', async () => {
    await without(async () => {
      const { status, error } = await w.registrar.get('/exports/students.csv')
      expect([status, error?.code]).toEqual([500, 'INTERNAL_SERVER_ERROR'])
    })
  })
})
