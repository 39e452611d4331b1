import { expect, test } from 'vitest'
import { backedUp, lineOf, readCatalog } from '#/operations/snapshot/catalog.ts'
import { type Fate, mergeOf } from '#/platform/database/merging.ts'
import { systemContext, testEnv } from '../world.ts'
import { primary } from '#/operations/snapshot/d1.ts'

const catalog = () => readCatalog(primary(systemContext()))

test('every table is in a backup but those that are left out on purpose', async () => {
  const { tables } = await catalog()
  const without = tables.filter((table) => !backedUp({ tables }).includes(table))
  expect(without.map(({ name }) => name).toSorted()).toEqual([
    'audit_high_water',
    'backup_change',
    'backup_key',
    'backup_run',
    'email_confirmation',
    'expect_write',
    'idempotency_key',
    'import_writing',
    'job_run',
    'mail_delivery',
    'maintenance',
    'password_reset',
    'row_count',
    'session',
    'spent_refresh',
    'write_receipt',
    'write_recovery',
  ])
})

test('every table says what becomes of it when a backup is restored', async () => {
  const { tables } = await catalog()
  expect(tables.length).toBeGreaterThan(50)
  expect(tables.filter(({ name }) => !mergeOf(name)).map(({ name }) => name)).toEqual([])
})

test('what outlives a restore, or is undone by it, is declared on purpose', async () => {
  const { tables } = await catalog()
  const named = (fate: Fate) =>
    tables
      .filter((table) => table.fate === fate)
      .map(({ name }) => name)
      .toSorted()
  expect(named('grown')).toEqual([
    'audit_chain',
    'audit_log',
    'audit_renewal',
    'audit_seal',
    'daily_activity',
    'letter',
    'transcript_issue',
    'transcript_record',
  ])
  expect(named('current')).toEqual([
    'approval',
    'dead_letter',
    'invitation',
    'outbox',
    'recovery_code',
    'student_number_series',
    'totp',
    'transcript_job',
    'user',
  ])
  expect(named('emptied')).toEqual([
    'email_confirmation',
    'expect_write',
    'idempotency_key',
    'import_writing',
    'password_reset',
    'row_count',
    'write_recovery',
  ])
  const declared = (exception: 'ended' | 'final' | 'staying' | 'unfinished' | 'erased') =>
    tables.flatMap(({ name, merge }) => (merge[exception] ? [name] : [])).toSorted()
  expect(declared('ended')).toEqual([
    'application',
    'enrollment_override',
    'hold',
    'letter',
    'student',
    'transcript_issue',
  ])
  expect(declared('final')).toEqual(['application', 'result_change', 'service_request'])
  expect([declared('staying'), declared('unfinished')]).toEqual([['student'], ['import_job']])
})

test('whoever was erased stays so: of every table of persons by its fate or by declaration', async () => {
  const { tables } = await catalog()
  const salted = tables.filter(({ columns }) => columns.includes('audit_salt'))
  expect(salted.map(({ name }) => name).toSorted()).toEqual(['application', 'invitation', 'student', 'user'])
  for (const { name, fate, merge } of salted)
    expect([name, fate === 'current' || merge.erased?.includes('audit_salt')]).toEqual([name, true])
})

test('every table of a backup has a primary key', async () => {
  expect(backedUp(await catalog()).filter(({ key }) => key.length === 0)).toEqual([])
})

test.each([1, 32, 33, 64, 65, 80])('a row of %d columns is one line, whatever its values end with', async (count) => {
  const values = Array.from({ length: count }, (_, n) => [`"]`, '[', n, null, ''][n % 5]!)
  const columns = values.map((_, n) => `c${n}`)
  const line = lineOf({ columns }, 'wide')
  const named = columns.map((name) => `? as ${name}`).join(', ')
  const row = await testEnv.DB.prepare(`select ${line} as line from (select ${named}) wide`)
    .bind(...values)
    .first<{ line: string }>()
  expect(JSON.parse(row!.line)).toEqual(values)
})

test('every value is an integer or a text, which JSON keeps as they are', async () => {
  const { results } = await testEnv.DB.prepare(
    `select m.name, p.name as col, p.type from sqlite_master m join pragma_table_info(m.name) p
     where m.type = 'table' and m.name not like 'sqlite%' and m.name not like '\\_cf%' escape '\\' and m.name <> 'd1_migrations'
       and p.type not in ('INTEGER', 'TEXT')`,
  ).all()
  expect(results).toEqual([])
})

test('parents come before their children', async () => {
  const { tables } = await catalog()
  const names = tables.map(({ name }) => name)
  for (const { name, references } of tables)
    for (const { table } of references)
      expect([name, table, names.indexOf(table) < names.indexOf(name)]).toEqual([name, table, true])
})
