import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { readBackup } from '../../scripts/backup/read.mjs'
import { statementsOf } from '../../scripts/backup/statements.mjs'
import { type Command, runCommand } from './backup-command.ts'
import { handmade } from './handmade-backup.ts'

let folder: string
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'lyceum-e2e-'))
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const inFolder = (name: string) => join(folder, name)
const linesOf = (file: string) => readFileSync(file, 'utf8').split('\n').slice(0, -1)
const command: Command = (name, argv, extra) => runCommand(folder, name, argv, extra)

describe('a backup of rows that changed while it was made', () => {
  const ringKey = { kid: 'mine', key: new Uint8Array(32) }
  const env = { BACKUP_KEYS: JSON.stringify([{ kid: 'mine', k: 'A'.repeat(43) }]) }
  const long = `${"'😀;\n--".repeat(30_000)}$`
  const row = (...values: unknown[]) => JSON.stringify(values)
  const tables = [
    { name: 'town', columns: ['name', 'note'], key: ['name'], rows: 6 },
    { name: 'street', columns: ['id', 'town', 'length'], key: ['town', 'id'], rows: 3 },
    { name: 'visit', columns: ['id'], key: ['id'], rows: 1 },
  ]
  const schema = [
    'CREATE TABLE street (id integer, town text references town (name), length integer, primary key (town, id)) strict',
    'CREATE TABLE town (name text primary key, note text check (note is null or length(note) < 9 or note like "%$")) strict',
    'CREATE TABLE visit (id integer primary key) strict',
    'CREATE TABLE left_out (id integer primary key) strict',
    'CREATE INDEX town_note on town (note)',
    "CREATE TRIGGER no_more before insert on town begin select raise(abort, 'closed; for ever'); end",
  ].map((sql) => sql.replaceAll('"', "'"))
  const chunks: Parameters<typeof handmade>[1]['chunks'] = [
    ['rows', 'town', [row('A', null), row('B', 'old')]],
    ['rows', 'town', [row('C', 'gone'), row('Ω', "it's")]],
    ['rows', 'street', [row(9, 'A', 1), row(10, 'A', 9007199254740991), row(1, 'B', null)]],
    ['changes', 'town', ['{"gone":["C"]}', row('B', 'older'), row('😀', 'last'), '{"gone":["never"]}']],
    ['changes', 'street', [row(2, 'A', 5), '{"gone":["A",9]}']],
    ['changes', 'town', [row('\uFFFF', 'late'), row('AB', long), row('B', 'new')]],
    ['changes', 'visit', [row(1)]],
  ]
  const towns = [
    row('A', null),
    row('AB', long),
    row('B', 'new'),
    row('Ω', "it's"),
    row('\uFFFF', 'late'),
    row('😀', 'last'),
  ]

  test('has them as they were at the end, in the order of the key', async () => {
    writeFileSync(inFolder('moved.lyceum'), await handmade(ringKey, { schema, tables, chunks }))
    expect(await command('decrypt', ['moved.lyceum', '--out', 'rows'], env)).toMatchObject({ code: 0, stderr: '' })
    expect(linesOf(inFolder('rows/town.ndjson'))).toEqual(towns)
    expect(linesOf(inFolder('rows/street.ndjson'))).toEqual([
      row(2, 'A', 5),
      row(10, 'A', 9007199254740991),
      row(1, 'B', null),
    ])
    expect(linesOf(inFolder('rows/visit.ndjson'))).toEqual([row(1)])
  })

  test('is restored with rows longer than a statement may be, and with its triggers', async () => {
    expect(await command('restore', ['moved.lyceum', '--into', 'moved.sqlite'], env)).toMatchObject({
      code: 0,
      stderr: '',
    })
    const database = new DatabaseSync(inFolder('moved.sqlite'))
    const rows = database.prepare('select json_array(name, note) as line from town order by name').all()
    expect(rows.map(({ line }) => line)).toEqual(towns)
    const names = database.prepare("select name from sqlite_master where type = 'table' order by name").all()
    expect(names.map(({ name }) => name)).toEqual([
      'd1_migrations',
      'left_out',
      'sqlite_sequence',
      'street',
      'town',
      'visit',
    ])
    expect(() => database.exec("insert into town values ('Z', null)")).toThrow('closed; for ever')
    database.close()
    const restored = await readBackup(inFolder('moved.lyceum'), [ringKey])
    for await (const statement of statementsOf(restored)) expect(Buffer.byteLength(statement)).toBeLessThan(100_000)
  })

  test.for([
    [
      'rows fewer than the manifest says',
      { tables: [{ ...tables[0]!, rows: 7 }, ...tables.slice(1)] },
      'The backup cannot be used. table town: rows are missing.',
    ],
    [
      'a reference that leads nowhere',
      { chunks: [...chunks, ['changes', 'street', [row(10, 'nowhere', 1), '{"gone":["A",2]}']]] },
      'The backup cannot be used. references: 1 lead nowhere.',
    ],
    [
      'a table that the manifest does not name',
      { tables: tables.slice(0, 1) },
      'The backup cannot be used. table street: it is not where the manifest says.',
    ],
    [
      'a row that its schema refuses',
      { chunks: [...chunks, ['changes', 'town', [row('A', 'far too long')]]] },
      "SQLite says: CHECK constraint failed: note is null or length(note) < 9 or note like '%$'.",
    ],
  ] as [string, Partial<Parameters<typeof handmade>[1]>, string][])('with %s is refused', async ([, change, text]) => {
    writeFileSync(inFolder('odd.lyceum'), await handmade(ringKey, { schema, tables, chunks, ...change }))
    const { code, stderr } = await command('restore', ['odd.lyceum', '--into', 'odd.sqlite'], env)
    expect([code, stderr]).toEqual([1, `${text}\n`])
    expect(readdirSync(folder).filter((file) => file.startsWith('odd.sqlite'))).toEqual([])
  })
})
