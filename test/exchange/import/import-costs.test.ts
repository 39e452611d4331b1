import { beforeAll, expect, test } from 'vitest'
import { grown } from '../../platform/metrics/scrape.ts'
import { unique, type World, world } from '../../world.ts'
import { counts, csv, importFile } from './files.ts'

let w: World
beforeAll(async () => {
  w = await world()
})

/** How many rows the database reads for each line of a file that changes so many students; each may take the e-mail of the next. */
async function readPerLine(count: number, next: 0 | 1) {
  const prefix = `COST${unique()}-`
  const rows = Array.from({ length: count }, (_, n) => ({
    student_number: `${prefix}${n}`,
    last_name: 'Παππά',
    email: `${prefix}${n}@lyceum.test`.toLowerCase(),
  }))
  expect(counts(await importFile(w.registrar, 'students', csv(rows)))).toEqual([count, 0, 0, 0])
  const changed = rows.map((row, n) => ({ ...row, last_name: 'Κωστή', email: rows[(n + next) % count]!.email }))
  const read = await grown(async () => {
    const answer = await importFile(w.registrar, 'students', csv(changed), { query: '?confirm=true' })
    expect(counts(answer)).toEqual([0, count, 0, 0])
  })
  return read('db_rows_read_total') / count
}

test.each([
  ['that changes names', 0],
  ['in which e-mails change hands', 1],
] as const)(
  'a line of a long file %s costs as much as one of a short file',
  async (_, next) => {
    const [short, long] = [await readPerLine(100, next), await readPerLine(600, next)]
    expect(long / short).toBeLessThan(1.5)
  },
  60_000,
)
