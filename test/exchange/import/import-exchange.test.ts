import { beforeAll, expect, test } from 'vitest'
import { countRows, unique, type World, world } from '../../world.ts'
import { counts, csv, finished, importFile } from './files.ts'
import { smallSteps } from './small-steps.ts'

smallSteps(25)

let w: World
beforeAll(async () => {
  w = await world()
})

/** Students of a file of two steps of writing and more. */
async function many(count: number) {
  const prefix = `EX${unique()}-`
  const rows = Array.from({ length: count }, (_, n) => ({
    student_number: `${prefix}${n}`,
    first_name: 'Ά',
    last_name: 'Β',
    email: `${prefix}${n}@lyceum.test`.toLowerCase(),
  }))
  const { data } = await importFile(w.registrar, 'students', csv(rows))
  expect(counts(await finished(w.registrar, data.id))).toEqual([count, 0, 0, 0])
  return rows
}

test('e-mails change hands between rows that are far apart, while another row takes the one of an earlier line', async () => {
  const rows = await many(400)
  const own = rows.map(({ email }) => email)
  const last = rows.length - 1
  const wanted = own.map((email, n) => (n === 0 ? own[last]! : n === last ? own[200]! : n === 200 ? own[0]! : email))
  const free = `free${unique()}@lyceum.test`
  wanted[3] = free
  wanted[5] = free
  const changed = rows.map(({ student_number }, n) => ({ student_number, email: wanted[n] }))
  for (const query of ['?dry_run=true', '']) {
    const { data } = await importFile(w.registrar, 'students', csv(changed), { query })
    expect(counts(await finished(w.registrar, data.id))).toEqual([0, 4, 395, 1])
    const { items } = (await w.registrar.get(`/imports/${data.id}/errors`)).data
    expect(items).toMatchObject([{ line: 7, code: 'IMPORT_VALUE_TWICE' }])
  }
  const numbers = [0, 3, 5, 200, last].map((n) => rows[n]!.student_number)
  const now = (await w.registrar.get(`/students?student_number__in=${numbers.join(',')}&ordering=id`)).data.items
  expect(now.map(({ email, version }) => [email, version])).toEqual([
    [own[last], 2],
    [free, 2],
    [own[5], 1],
    [own[0], 2],
    [own[200], 2],
  ])
  expect(await countRows("student where email like 'exchanged-%'")).toBe(0)
}, 60_000)
