import { afterEach, beforeAll, describe, expect, test } from 'vitest'
import { orderNames } from '#/operations/name-order/index.ts'
import type { NameOrder } from '#/platform/words.ts'
import { countRows, systemContext, testEnv, unique, type World, world } from '../../world.ts'

let w: World
let program_id: number
beforeAll(async () => {
  w = await world()
  program_id = (await w.program()).id
  for (const last_name of ['Zorn', 'Öberg', 'Alm', 'Άγρας']) await w.student({ last_name, program_id })
})

const order = (NAME_ORDER: NameOrder = '') => {
  const ctx = systemContext()
  return orderNames({ ...ctx, settings: { ...ctx.settings, NAME_ORDER } })
}
afterEach(() => order())

const listed = async () => {
  const { data } = await w.registrar.get(`/students?program_id=${program_id}`)
  return data.items.map(({ last_name }) => last_name)
}
/** Rows as an older Lyceum has left them. */
const forget = (table: string, where = 'true') =>
  testEnv.DB.prepare(`update ${table} set sort_key = '', sorted_by = '' where ${where}`).run()

describe('rows that an older Lyceum wrote', () => {
  test('are listed before the job has come by, and in their place afterwards', async () => {
    await forget('student', `program_id = ${program_id}`)
    expect((await listed()).toSorted()).toEqual(['Alm', 'Zorn', 'Öberg', 'Άγρας'])
    expect(await order()).toBe(4)
    expect(await listed()).toEqual(['Άγρας', 'Alm', 'Öberg', 'Zorn'])
    expect(await order()).toBe(0)
  })

  test('do not change: neither version nor audit log tells of it', async () => {
    const { id, version, updated_at } = await w.student()
    await forget('student', `id = ${id}`)
    const audited = await countRows('audit_log')
    await order()
    expect((await w.registrar.get(`/students/${id}`)).data).toMatchObject({ version, updated_at })
    expect(await countRows('audit_log')).toBe(audited)
  })

  test('are found in every table of people, deleted ones too', async () => {
    const { id } = await w.student()
    await w.registrar.delete(`/students/${id}`)
    await (
      await w.admin()
    ).post('/users/invitations', { email: `o${unique()}@lyceum.test`, full_name: 'Ζωή', role: 'faculty' })
    const tables = ['student', 'user', 'application', 'invitation']
    for (const table of tables) await forget(table)
    await order()
    for (const table of tables) expect(await countRows(`${table} where sort_key = ''`), table).toBe(0)
  })

  test('are done in several runs when there are very many, and each is', async () => {
    const rows = 20_100
    await testEnv.DB.prepare(
      `insert into student (student_number, first_name, last_name, email, study_year, enrollment_date, search_text, created_at, updated_at)
       select 'NO-' || value, 'Όνομα', 'Επώνυμο', 'no' || value || '@lyceum.test', 1, '2024-09-20', 'old', '2024', '2024'
       from (with recursive n (value) as (select 1 union all select value + 1 from n where value < ${rows}) select value from n)`,
    ).run()
    expect(await order()).toBe(20_000)
    expect(await order()).toBe(100)
    expect(await countRows("student where student_number like 'NO-%' and sort_key <> 'EPXMTLO\u001FOMOLA'")).toBe(0)
    await testEnv.DB.prepare("delete from student where student_number like 'NO-%'").run()
  })
})

test('another NAME_ORDER makes every key anew', async () => {
  await order('sv')
  expect(await listed()).toEqual(['Άγρας', 'Alm', 'Zorn', 'Öberg'])
  expect(await order('sv')).toBe(0)
  await order()
  expect(await listed()).toEqual(['Άγρας', 'Alm', 'Öberg', 'Zorn'])
})
