import { beforeAll, describe, expect, test } from 'vitest'
import { recordAct } from '#/platform/audit/record-act.ts'
import { sealAuditLog } from '#/operations/audit-log/index.ts'
import { type Persona, systemContext, testEnv, type World, world } from '../../world.ts'
import { at, lastRow, type Problem, tamper } from './tampering.ts'

type Row = Record<string, string | number | null>

let w: World
let admin: Persona
/** As many rows as one of them has bytes: each is changed in another byte, and one look finds them all. */
let rows: Row[]
beforeAll(async () => {
  w = await world()
  admin = await w.admin()
  const { id } = await w.course()
  const origin = {
    method: 'PATCH',
    path: `/api/v1/courses/${id}`,
    status: 200,
    ip: '203.0.113.7',
    userAgent: 'Lyceum/1',
  }
  const ctx = { ...systemContext(), origin, requestId: 'byte-by-byte' }
  const filled = { entity: 'course', id, reason: 'by hand', summary: 'Αλλαγή' }
  for (let n = 0; n < 120; n += 1)
    await recordAct(ctx, { ...filled, changes: { title: { old: `Λόγος ${n}`, new: `Λόγος ${n + 1}` } } })
  await sealAuditLog(systemContext())
  const { results } = await testEnv.DB.prepare("select * from audit_log where request_id = 'byte-by-byte'").all<Row>()
  rows = results
})

async function problems(): Promise<Problem[]> {
  const { data } = await admin.get('/audit/verify')
  return data.problems
}

/** A statement for each byte of a column that changes this byte, each in another row. */
const changesOf = (column: string, bytes: number) =>
  Array.from({ length: bytes }, (_, i) => {
    const [hex, row] = [`hex(cast(${column} as text))`, rows[i]!]
    const other = `iif(substr(${hex}, ${2 * i + 1}, 2) = '33', '34', '33')`
    const changed = `cast(unhex(substr(${hex}, 1, ${2 * i}) || ${other} || substr(${hex}, ${2 * i + 3})) as text)`
    return `update or ignore audit_log set ${column} = ${changed} where id = ${row['id']}`
  })

const bytesOf = (value: Row[string]) => new TextEncoder().encode(String(value)).length
const byId = ({ id }: Row) => at('altered', Number(id))

async function changed(): Promise<Row[]> {
  const { results } = await testEnv.DB.prepare("select * from audit_log where request_id = 'byte-by-byte'").all<Row>()
  const now = new Map(results.map((row) => [row['id'], JSON.stringify(row)]))
  return rows.filter((row) => now.get(row['id']!) !== JSON.stringify(row))
}

describe('a changed byte is found and located', () => {
  test.each([
    'at',
    'actor_role',
    'action',
    'entity_type',
    'entity_id',
    'summary',
    'reason',
    'method',
    'path',
    'ip',
    'user_agent',
    'request_id',
  ])('wherever it is in %s', async (column) => {
    const bytes = Math.min(...rows.map((row) => bytesOf(row[column]!)))
    const found = await tamper(changesOf(column, bytes), async () => {
      expect(await changed()).toHaveLength(bytes)
      return problems()
    })
    expect(found).toEqual(rows.slice(0, bytes).map(byId))
  })

  test('wherever it is in the changes, if what is left is JSON at all', async () => {
    const bytes = Math.min(...rows.map((row) => bytesOf(row['changes']!)))
    const { found, expected } = await tamper(changesOf('changes', bytes), async () => ({
      found: await problems(),
      expected: (await changed()).map(byId),
    }))
    expect(expected.length).toBeGreaterThan(bytes / 2)
    expect(found).toEqual(expected)
  })
})

describe('a row is found and located', () => {
  const set = (change: string) => `update audit_log set ${change} where id = ${rows[7]!['id']}`

  test.each([
    ['whose text moved into the next column', "summary = summary || ' b', reason = substr(reason, 3)"],
    ['whose text changed places with another', 'summary = reason, reason = summary'],
    ['that goes on behind a zero byte', "reason = reason || char(0) || 'forged'"],
    ['with nothing where there was an empty text', "reason = ''"],
    ['whose last character was cut off', 'path = substr(path, 1, length(path) - 1)'],
    ['whose letters are composed otherwise', "summary = replace(summary, 'ή', 'η' || char(769))"],
  ])('%s', async (_, change) => {
    expect(await tamper([set(change)], problems)).toEqual([byId(rows[7]!)])
  })

  const columns = `at, actor_id, actor_role, action, entity_type, entity_id, changes, summary, reason, success, method, path,
    status, ip, user_agent, request_id`
  const copyTo = (id: number) =>
    `insert into audit_log (id, ${columns}) select ${id}, ${columns} from audit_log where id = ${rows[7]!['id']}`

  test.each([0, -1, -9_007_199_254_740_991])('that was put in before all others, as %i', async (id) => {
    expect(await tamper([copyTo(id)], problems)).toEqual([at('inserted', id)])
  })

  test('that was put between two, which moves those behind it', async () => {
    const place = Number(rows[7]!['id']) + 1
    const last = await lastRow()
    const found = await tamper(
      [
        `update audit_log set id = -id where id >= ${place}`,
        `update audit_log set id = -id + 1 where id < 0`,
        copyTo(place),
      ],
      problems,
    )
    expect(found[0]).toEqual(at('altered', place))
    expect(found.filter(({ from_id }) => from_id < place || from_id > last)).toEqual([])
  })

  test('that was put behind the last after its place was taken from another', async () => {
    const last = await lastRow()
    expect(await tamper([`delete from audit_log where id = ${last}`, copyTo(last)], problems)).toEqual([
      at('altered', last),
    ])
  })

  test('that was taken out, and none else', async () => {
    for (const row of [rows[0]!, rows[7]!, rows.at(-1)!])
      expect(await tamper([`delete from audit_log where id = ${row['id']}`], problems)).toEqual([
        at('removed', Number(row['id'])),
      ])
  })
})
