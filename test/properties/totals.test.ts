import fc from 'fast-check'
import { beforeAll, expect, test } from 'vitest'
import { countRows } from '#/platform/database/list/count-rows.ts'
import { samples } from '../contract/samples.ts'
import { persona, type Persona, systemContext, testEnv, type World, world } from '../world.ts'

let w: World
let admin: Persona
beforeAll(async () => {
  w = await world()
  admin = await persona('admin')
  for (const id of [
    'getScore',
    'updateAttendance',
    'freezeResults',
    'getApplication',
    'getRequest',
    'getTranscriptJob',
  ])
    await samples[id]!(w)
  const { id } = await w.section()
  for (let i = 0; i < 12; i += 1) await w.enroll(id, (await w.student()).id)
  for (let i = 0; i < 3; i += 1) await w.student()
})

const paths = {
  student: '/students',
  user: '/users',
  application: '/applications',
  section: '/sections',
  enrollment: '/enrollments',
  assessment: '/assessments',
  score: '/assessment-scores',
  result: '/results',
  attendance: '/attendance',
  service_request: '/requests',
  audit_log: '/audit/logs',
  transcript_job: '/transcripts/jobs',
} as const
type Table = keyof typeof paths
const tables = Object.keys(paths) as Table[]

const kept = () => testEnv.DB.prepare('select counted from row_count order by counted').raw<[string]>()

test('the tables whose rows are kept count are those that triggers count', async () => {
  const { results } = await testEnv.DB.prepare(
    "select tbl_name from sqlite_master where type = 'trigger' and name glob '*_counted_in' order by tbl_name",
  ).all<{ tbl_name: string }>()
  expect(results.map(({ tbl_name }) => tbl_name)).toEqual(tables.toSorted())
  expect((await kept()).flat()).toEqual(tables.toSorted())
})

const now = "'2026-11-20T09:00:00.000Z'"
const acts = {
  leave: (table: Table, id: string) => `update ${table} set deleted_at = ${now} where id = ${id}`,
  comeBack: (table: Table) =>
    `update ${table} set deleted_at = null where id = (select max(id) from ${table} where deleted_at is not null)`,
  vanish: (table: Table, id: string) => `delete from ${table} where id = ${id}`,
  giveUp: () => `update enrollment set status = 'dropped', ended_at = ${now} where status = 'enrolled'`,
} satisfies Record<string, (table: Table, id: string) => string>
type Act = keyof typeof acts

/** Rows of these are never deleted softly. */
const lasting: Table[] = ['audit_log', 'transcript_job']
const act = fc
  .record({
    table: fc.constantFrom<Table>('student', 'enrollment', ...tables),
    kind: fc.constantFrom<Act>('leave', 'leave', 'comeBack', 'vanish'),
    place: fc.nat({ max: 8 }),
  })
  .filter(({ table, kind }) => kind === 'vanish' || !lasting.includes(table))

/** What the database refuses leaves the counts as they are, too. */
async function run({ table, kind, place }: { table: Table; kind: Act; place: number }) {
  const id = `(select id from ${table} order by id desc limit 1 offset ${place})`
  try {
    const { meta } = await testEnv.DB.prepare(acts[kind](table, id)).run()
    return meta.changes > 0
  } catch (error) {
    if (!String(error).includes('SQLITE_CONSTRAINT')) throw error
    return false
  }
}

async function totals() {
  const found: Partial<Record<Table, number>> = {}
  for (const table of tables) {
    const { status, data } = await admin.get(`${paths[table]}?page_size=1&count=exact`)
    expect(status).toBe(200)
    found[table] = (data as { total: number }).total
  }
  return found
}

test('totals are what counting every row finds, whatever was written, and so are those of the job', async () => {
  let done = 0
  await fc.assert(
    fc.asyncProperty(fc.array(act, { minLength: 1, maxLength: 12 }), async (some) => {
      await run({ table: 'enrollment', kind: 'giveUp', place: 0 })
      for (const one of some) done += Number(await run(one))
      const byTriggers = await totals()
      await testEnv.DB.prepare('delete from row_count').run()
      expect(await totals()).toEqual(byTriggers)
      expect(await countRows(systemContext())).toBe(tables.length)
      expect(await totals()).toEqual(byTriggers)
      expect(await countRows(systemContext())).toBe(0)
    }),
    { numRuns: 25 },
  )
  expect(done).toBeGreaterThan(10)
})
