import { eq, getTableColumns, gt, is, like, sql } from 'drizzle-orm'
import { getTableConfig, sqliteTable, SQLiteTable, text } from 'drizzle-orm/sqlite-core'
import { describe, expect, test } from 'vitest'
import { courseTable } from '#/catalog/course/table.ts'
import { schemeTable } from '#/catalog/scheme/table.ts'
import { auditChain } from '#/operations/audit-log/table.ts'
import { brokenConstraint } from '#/platform/database/constraints.ts'
import { insertMany } from '#/platform/database/insert-many.ts'
import { auditLog } from '#/platform/audit/table.ts'
import { deadLetter } from '#/operations/dead-letter/table.ts'
import { systemContext, testEnv } from '../../world.ts'

const ctx = systemContext()
const written = { created_at: ctx.now, updated_at: ctx.now }
const bands = [{ minimum: 0, letter: 'A "quoted" Ώ', points: null, passing: true, name: null, name_el: null }]
const schemeOf = (code: string, fields: Partial<typeof schemeTable.$inferInsert> = {}) => ({
  code,
  code_key: code,
  scale_max: 100 as const,
  pass_minimum: 50.25,
  step: 0.5 as const,
  rounding: 'down' as const,
  decimals: 1,
  shows_percent: false,
  shipped: false,
  bands,
  ...written,
  ...fields,
})
const courseOf = (code: string, fields: Partial<typeof courseTable.$inferInsert> = {}) => ({
  code,
  title: code,
  credits: 7.5,
  absence_penalty: 33.33,
  search_text: '',
  ...written,
  ...fields,
})

const withoutId = (row: object) => ({ ...row, id: 0 })

describe('many rows in one statement', () => {
  test('rest as those of one insert each do', async () => {
    const rows = [
      schemeOf('MANY-1'),
      schemeOf('MANY-2', { pass_minimum: 66.67, shipped: true, bands: [], version: 3, deleted_at: ctx.now }),
      schemeOf('MANY-3', { scale_max: 20 }),
    ]
    const made = await insertMany(ctx, schemeTable, rows).returning()
    expect(made).toMatchObject(rows)
    expect(made.map(({ version }) => version)).toEqual([1, 3, 1])
    await ctx.db.delete(schemeTable).where(like(schemeTable.code, 'MANY%'))
    await Promise.all(rows.map((row) => ctx.db.insert(schemeTable).values(row)))
    const alone = await ctx.db
      .select()
      .from(schemeTable)
      .where(like(schemeTable.code, 'MANY%'))
      .orderBy(schemeTable.code)
    expect(made.map(withoutId)).toEqual(alone.map(withoutId))
  })

  test('keep tenths, hundredths, nulls and texts to the letter', async () => {
    const rows = [
      courseOf('KEEP-1', { title_el: 'Άλφα' }),
      courseOf('KEEP-2', { credits: 0.1, absence_penalty: 0.01, title: '\u{1F600}\n"\'\\', title_el: null }),
    ]
    const made = await insertMany(ctx, courseTable, rows).returning()
    expect(made).toMatchObject(rows)
    const { results } = await testEnv.DB.prepare(
      `select typeof(credits) as type, credits, absence_penalty, title_el is null as bare from course where code like 'KEEP%' order by code`,
    ).all()
    expect(results).toEqual([
      { type: 'integer', credits: 75, absence_penalty: 3333, bare: 0 },
      { type: 'integer', credits: 1, absence_penalty: 1, bare: 1 },
    ])
  })

  test('may be none', async () => {
    expect(await insertMany(ctx, courseTable, []).returning()).toEqual([])
    expect((await insertMany(ctx, auditChain, [], { onConflict: 'nothing' })).meta.changes).toBe(0)
  })

  test('may be one', async () => {
    const [made, ...more] = await insertMany(ctx, courseTable, [courseOf('ONE-1')]).returning({
      code: courseTable.code,
    })
    expect(made).toEqual({ code: 'ONE-1' })
    expect(more).toEqual([])
  })

  test('may be five thousand, with ids in their order', async () => {
    const codes = Array.from({ length: 5000 }, (_, index) => `LONG-${String(index).padStart(4, '0')}`)
    const made = await insertMany(
      ctx,
      courseTable,
      codes.map((code) => courseOf(code)),
    ).returning()
    expect(made.map(({ code }) => code)).toEqual(codes)
    expect(made.map(({ id }) => id)).toEqual(made.map((_, index) => made[0]!.id + index))
  })

  test('get the defaults that the table declares', async () => {
    const letters = ['a', 'b'].map((message_id) => ({ message_id, message: '{}', attempts: 3, failed_at: ctx.now }))
    const made = await insertMany(ctx, deadLetter, letters).returning()
    expect(made).toMatchObject([{ type: 'unknown' }, { deaths: 1, status: 'dead', retried_at: null }])
    const mixed = [
      { ...letters[0]!, message_id: 'c' },
      { ...letters[1]!, message_id: 'd', type: 'mail', deaths: 2 },
    ]
    expect(await insertMany(ctx, deadLetter, mixed).returning()).toMatchObject([
      { type: 'unknown', deaths: 1 },
      { type: 'mail', deaths: 2 },
    ])
  })

  test('get a default that is made for each of them', async () => {
    let made = 0
    const outbox = sqliteTable('outbox', {
      id: text()
        .primaryKey()
        .$defaultFn(() => `made ${(made += 1)}`),
      message: text({ mode: 'json' }).notNull(),
      created_at: text().notNull(),
    })
    const row = { message: { type: 'none' }, created_at: ctx.now }
    expect(await insertMany(ctx, outbox, [row, { ...row, id: 'given' }, row]).returning()).toEqual([
      { ...row, id: 'made 1' },
      { ...row, id: 'given' },
      { ...row, id: 'made 2' },
    ])
    expect(await insertMany(ctx, outbox, [row, row]).returning({ id: outbox.id })).toHaveLength(2)
    await ctx.db.delete(outbox)
  })

  test('share an expression of SQL, which may also read the row', async () => {
    const rows = ['1', '2'].map((entity_id) => ({
      at: ctx.now,
      actor_role: 'system',
      action: 'system.read',
      entity_type: 'many',
      entity_id,
      success: entity_id === '1',
      method: 'GET',
      path: '/',
      status: 200,
      request_id: 'many',
      changes: sql`json_object('next', ${shared})`,
      summary: shared,
    }))
    const one = rows[0]!.changes
    const made = await insertMany(
      ctx,
      auditLog,
      rows.map((row) => ({ ...row, changes: one })),
    ).returning()
    expect(made).toMatchObject([
      { entity_id: '1', changes: { next: '2' }, summary: '2', success: true },
      { entity_id: '2', changes: { next: '2' }, summary: '2', success: false },
    ])
    expect(() => insertMany(ctx, auditLog, rows)).toThrow('changes: an expression stands for all rows or for none')
  })
})

const shared = sql`upper('2')`

describe('a row that is there already', () => {
  const rows = (fields: Partial<typeof schemeTable.$inferInsert> = {}) =>
    ['SAME-1', 'SAME-2'].map((code) => schemeOf(code, fields))

  test('stays as it is, if that is asked', async () => {
    const links = [1, 2].map((audit_id) => ({ audit_id, hash: 'a'.repeat(64) }))
    await insertMany(ctx, auditChain, links)
    const more = [...links.map((link) => ({ ...link, hash: 'b'.repeat(64) })), { audit_id: 3, hash: 'c'.repeat(64) }]
    expect((await insertMany(ctx, auditChain, more, { onConflict: 'nothing' })).meta.changes).toBe(1)
    const hashes = await ctx.db.select({ hash: auditChain.hash }).from(auditChain).orderBy(auditChain.audit_id)
    expect(hashes.map(({ hash }) => hash[0])).toEqual(['a', 'a', 'c'])
  })

  test('takes the named columns and what is set', async () => {
    const first = await insertMany(ctx, schemeTable, rows()).returning()
    const again = rows({ pass_minimum: 70, scale_max: 10, shipped: true, bands: [] })
    const second = await insertMany(ctx, schemeTable, [...again, schemeOf('SAME-3')], {
      onConflict: {
        target: ['code'],
        where: sql`${schemeTable.deleted_at} is null`,
        update: ['pass_minimum', 'bands'],
        set: { version: sql`${schemeTable.version} + 1`, scale_max: 20 },
      },
    }).returning()
    expect(second).toMatchObject([
      { id: first[0]!.id, pass_minimum: 70, shipped: false, scale_max: 20, version: 2, bands: [] },
      { id: first[1]!.id, pass_minimum: 70, shipped: false, scale_max: 20, version: 2, bands: [] },
      { code: 'SAME-3', pass_minimum: 50.25, version: 1, bands },
    ])
  })

  test('breaks the unique index otherwise, and nothing is written', async () => {
    const again = [schemeOf('FRESH-1'), schemeOf('SAME-1')]
    const error = await insertMany(ctx, schemeTable, again).catch((error: unknown) => error)
    expect(brokenConstraint(error)).toBe('grading_scheme.code_key')
    expect(await ctx.db.select().from(schemeTable).where(eq(schemeTable.code, 'FRESH-1'))).toEqual([])
  })
})

test('a broken constraint surfaces with its name', async () => {
  const rows = [courseOf('WRONG-1'), courseOf('WRONG-2', { credits: 60.1 })]
  const error = await insertMany(ctx, courseTable, rows).catch((error: unknown) => error)
  expect(brokenConstraint(error)).toBe('course_credits_range')
  expect(await ctx.db.select().from(courseTable).where(gt(courseTable.credits, 60))).toEqual([])
})

const tables = Object.values(
  import.meta.glob<Record<string, unknown>>('/src/**/table{,s}.ts', { eager: true }),
).flatMap((module) => Object.values(module).filter((one) => is(one, SQLiteTable)))

test('the tables declare the defaults of the database, where they may be left out', async () => {
  let compared = 0
  for (const table of tables) {
    const { name } = getTableConfig(table)
    const { results } = await testEnv.DB.prepare(`select name, dflt_value from pragma_table_info('${name}')`).all<{
      name: string
      dflt_value: string | null
    }>()
    const rests = new Map(results.map((column) => [column.name, column.dflt_value]))
    for (const column of Object.values(getTableColumns(table))) {
      const known = rests.get(column.name)
      if (known == null || (column.notNull && !column.hasDefault)) continue
      compared += 1
      const declared = column.mapToDriverValue(column.default)
      expect(typeof declared === 'string' ? `'${declared}'` : String(declared), `${name}.${column.name}`).toBe(known)
    }
  }
  expect(compared).toBeGreaterThan(20)
})
