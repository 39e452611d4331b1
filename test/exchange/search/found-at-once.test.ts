import { beforeAll, expect, test } from 'vitest'
import { fillDemoTerm } from '../../../demo/term.ts'
import { schemeEntity } from '#/catalog/scheme/index.ts'
import { scheme } from '#/catalog/scheme/table.ts'
import { refreshSearchTexts } from '#/exchange/search/index.ts'
import { derivedOf } from '#/platform/database/write/derived.ts'
import { systemContext, testEnv, type World, world } from '../../world.ts'

let w: World
beforeAll(async () => {
  await fillDemoTerm(testEnv, { waitUntil: () => undefined, passThroughOnException: () => undefined } as never)
  w = await world()
})

const query = async <Row>(statement: string, ...values: unknown[]) =>
  (
    await testEnv.DB.prepare(statement)
      .bind(...values)
      .all<Row>()
  ).results

/** Every column of every table that rows are searched by. */
const searched = () =>
  query<{ table: string; column: string }>(
    `select t.name as "table", c.name as "column" from sqlite_schema t, pragma_table_info(t.name) c
       where t.type = 'table' and t.name not glob '_cf_*' and c.name in ('search_text', 'registry_text')`,
  )

test('no row of the demo term waits for the job to be found by capitals and without accents', async () => {
  const columns = await searched()
  expect(columns.length).toBeGreaterThan(15)
  const waiting = []
  for (const { table, column } of columns) {
    const [found] = await query<{ rows: number }>(
      `select count(*) as rows from "${table}" where instr("${column}", char(10)) = 0`,
    )
    if (found!.rows > 0) waiting.push(`${table}.${column}`)
  }
  expect(waiting).toEqual([])
  expect(await refreshSearchTexts(systemContext())).toBe(0)
})

test('shipped schemes rest as the job would fill them', async () => {
  const { db, settings } = systemContext()
  const rows = await db.select().from(scheme).orderBy(scheme.code)
  expect(rows.filter(({ shipped }) => shipped).map(({ code }) => code)).toEqual([
    'greek-10',
    'greek-20',
    'letters',
    'letters-fine',
  ])
  for (const row of rows) expect(row).toMatchObject(derivedOf(schemeEntity, row, settings))
  const found = await w.registrar.get('/grading-schemes?search=ΑΡΙΣΤΑ')
  expect(found.data.items.map(({ code }) => code)).toEqual(['greek-10', 'greek-20'])
})

test('a category that comes with a section is found at once, and as its rule when it is of before', async () => {
  const found = async (text: string) =>
    (await w.registrar.get(`/assessment-categories?search=${encodeURIComponent(text)}`)).data.items.map(
      ({ name_el }) => name_el,
    )
  expect(await found('ΕΡΓΑΣΙΕΣ')).toEqual(['Εργασίες'])
  const course = await w.course()
  await w.registrar.put(`/courses/${course.id}/evaluation-rules`, {
    rules: [{ name: 'Oral', name_el: 'Προφορικά', weight: 100 }],
  })
  await w.section({ course_id: course.id })
  expect(await found('προφορικα')).toEqual(['Προφορικά'])
  await testEnv.DB.exec("update course_evaluation_rule set search_text = ''")
  expect(await refreshSearchTexts(systemContext())).toBe(3)
  await w.section({ course_id: course.id })
  expect(await found('ΠΡΟΦΟΡΙΚΑ')).toEqual(['Προφορικά', 'Προφορικά'])
})
