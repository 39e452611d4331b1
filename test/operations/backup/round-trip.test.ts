import { beforeAll, expect, test } from 'vitest'
import { countRows, testEnv, type World, world } from '../../world.ts'
import { backUp, contents, restore, schema, verify } from './backups.ts'

let w: World
beforeAll(async () => {
  w = await world()
})

test('a backup brings back what was there, and nothing else', async () => {
  const section = await w.section({ capacity: 5 })
  const students = [await w.student(), await w.student({ first_name: 'Ζωή', last_name: 'Ωραιοζήλη' })]
  for (const student of students) await w.enroll(section.id, student.id)
  const before = await contents()
  const made = await backUp('first')
  expect(made).toMatchObject({ error_code: null, task: 'backup' })
  expect(await verify('first')).toMatchObject({ error_code: null })

  const schemaBefore = await schema()
  await w.registrar.patch(`/students/${students[0]!.id}`, { last_name: 'Changed' })
  const lost = await w.student()
  expect(await restore('first')).toMatchObject({ error_code: null, progress: { phase: 'done' } })
  const after = await contents()
  for (const table of Object.keys(before))
    if (!table.startsWith('audit_') && table !== 'outbox') expect([table, after[table]]).toEqual([table, before[table]])
  expect(await schema()).toEqual(schemaBefore)
  expect((await w.registrar.get(`/students/${lost.id}`)).status).toBe(404)
  expect(await countRows("sqlite_master where name like 'restore_%' or name like 'backup_note_%'")).toBe(0)
  expect((await testEnv.DB.prepare('pragma foreign_key_check').all()).results).toEqual([])
  expect((await w.registrar.patch(`/students/${students[0]!.id}`, { last_name: 'Again' })).status).toBe(200)
})

test('a table that came by no migration is left alone', async () => {
  await testEnv.DB.exec('create table stray (a integer) strict')
  await testEnv.DB.exec('insert into stray values (1)')
  expect(await backUp('with-stray')).toMatchObject({ error_code: null })
  await testEnv.DB.exec('insert into stray values (2)')
  expect(await restore('with-stray')).toMatchObject({ error_code: null })
  expect(await countRows('stray')).toBe(2)
  await testEnv.DB.exec('drop table stray')
})

test('a table that was added past the migrations keeps an older backup out', async () => {
  await backUp('without-it')
  await testEnv.DB.exec('create table added (id integer primary key) strict')
  expect(await restore('without-it')).toMatchObject({ error_code: 'BACKUP_SCHEMA_DIFFERS' })
  await testEnv.DB.exec('drop table added')
  expect(await restore('without-it')).toMatchObject({ error_code: null })
})
