import { eq, is, isSQLWrapper, sql } from 'drizzle-orm'
import { type SQLiteSelect, SQLiteTable } from 'drizzle-orm/sqlite-core'
import { beforeAll, describe, expect, test } from 'vitest'
import { course, courseTable } from '#/catalog/course/table.ts'
import { term } from '#/catalog/term/table.ts'
import { section, sectionTable } from '#/enrolling/section/table.ts'
import { shown } from '#/platform/database/columns.ts'
import type { Context } from '#/platform/context.ts'
import { connect, type Database } from '#/platform/database/connect.ts'
import type { Entity, Table } from '#/platform/database/write/entity-types.ts'
import type { List } from '#/platform/database/list/list.ts'
import { systemContext, testEnv, type World, world } from '../../world.ts'

const asker = { operation: 'test', route: 'test', requestId: 'test' }

/** A database that keeps what it is asked. */
function listening() {
  const asked: { text: string; values: unknown[] }[] = []
  const withSession = (at: string) => {
    const session = testEnv.DB.withSession(at)
    const prepare = (text: string) => {
      const statement = session.prepare(text)
      return {
        bind: (...values: unknown[]) => {
          asked.push({ text, values })
          return statement.bind(...values)
        },
      }
    }
    return { prepare, batch: session.batch.bind(session), getBookmark: () => null }
  }
  const { db } = connect({ withSession } as unknown as D1Database, { mode: 'read', asker })
  return { db, asked }
}

/** The names under which D1 answers the columns of a query. */
async function namesOf({ text, values }: { text: string; values: unknown[] }): Promise<string[]> {
  const [names] = await testEnv.DB.prepare(text)
    .bind(...values)
    .raw({ columnNames: true })
  return names
}

const modules = Object.entries(import.meta.glob<Record<string, unknown>>('/src/*/*/*queries.ts', { eager: true }))
const exported = modules.flatMap(([path, module]) =>
  Object.entries(module).map(([name, value]) => ({ name: `${path.slice('/src/'.length)} ${name}`, value })),
)
const has = (value: unknown, ...keys: string[]) =>
  typeof value === 'object' && value !== null && keys.every((key) => key in value)
const lists = exported.filter(({ value }) => has(value, 'query', 'page'))
const entities = exported.filter(({ value }) => has(value, 'table', 'rows', 'notFound'))
const sources = exported.filter(
  ({ name, value }) => name.endsWith('Rows') && typeof value === 'function' && value.length === 1,
)

describe('every column has a name of its own', () => {
  test('there are lists, entities and sources of rows to look at', () => {
    expect(lists.length).toBeGreaterThan(15)
    expect(entities.length).toBeGreaterThan(12)
    expect(sources.length).toBeGreaterThan(2)
  })

  test.each(lists)('in $name', async ({ value }) => {
    const { db, asked } = listening()
    const { query, page } = value as List<unknown>
    await page({ ...systemContext(), db } as Context, query.parse({}))
    expect(asked).toHaveLength(2)
    const names = await namesOf(asked[0]!)
    expect(new Set(names).size).toBe(names.length)
  })

  test.each(entities)('in $name', async ({ value }) => {
    const { rows } = value as Entity<Table, SQLiteSelect>
    await expectAllColumns(rows)
  })

  test.each(sources)('in $name', async ({ value }) => {
    await expectAllColumns(value as (db: Database) => SQLiteSelect)
  })

  async function expectAllColumns(rows: (db: Database) => SQLiteSelect) {
    const { db } = listening()
    const query = rows(db)
    const { sql: text, params } = query.toSQL()
    const names = await namesOf({ text, values: params })
    const { fields } = (query as unknown as { config: { fields: object } }).config
    expect([new Set(names).size, names.length]).toEqual([columnsIn(fields), columnsIn(fields)])
  }

  /** Those of a joined row lie in an object of their own. */
  const columnsIn = (fields: object): number =>
    Object.values(fields).reduce((sum: number, field: object) => sum + (isSQLWrapper(field) ? 1 : columnsIn(field)), 0)

  const tables = Object.values(
    import.meta.glob<Record<string, unknown>>('/src/**/table{,s}.ts', { eager: true }),
  ).flatMap((module) => Object.values(module).filter((one) => is(one, SQLiteTable)))

  test('in a join of any table with courses', async () => {
    const { db } = listening()
    expect(tables.length).toBeGreaterThan(40)
    for (const table of tables.filter((one) => one !== courseTable)) {
      const { sql: text, params } = db
        .select()
        .from(table)
        .leftJoin(course, sql`true`)
        .limit(0)
        .toSQL()
      const names = await namesOf({ text, values: params })
      expect(new Set(names).size, text).toBe(names.length)
    }
  })
})

describe('nothing of a row is lost', () => {
  let w: World
  let made: Awaited<ReturnType<World['section']>>
  beforeAll(async () => {
    w = await world()
    made = await w.section()
  })

  const joined = (db: Database) =>
    db
      .select({
        id: section.id,
        course_code: course.code,
        term_code: term.code,
        again: course.code,
        bare: sql<string>`${course.title}`,
        title: course.title,
        name: term.name,
        code: sql<string>`${course.code} || ${term.code}`.as('code'),
        course: shown(course),
        term: shown(term),
      })
      .from(section)
      .innerJoin(course, eq(course.id, section.course_id))
      .innerJoin(term, eq(term.id, section.term_id))

  test('of a join, in a batch and alone', async () => {
    const { db } = systemContext()
    const [alone] = await joined(db).where(eq(section.id, made.id))
    const [[batched], [one]] = await db.batch([
      joined(db).where(eq(section.id, made.id)),
      db
        .select({ a: sectionTable.number, b: sectionTable.number, c: sql<number>`1`, d: sql<number>`1` })
        .from(sectionTable),
    ])
    expect(batched).toEqual(alone)
    const { course_code, term_code } = batched!
    expect(batched!.course).toMatchObject({ id: made['course_id'], code: course_code, version: 1 })
    expect(batched!.term).toMatchObject({ id: made['term_id'], code: term_code, name: batched!.name })
    expect(course_code).not.toBe(term_code)
    expect(batched).toMatchObject({
      id: made.id,
      again: course_code,
      bare: 'Databases',
      title: 'Databases',
      name: 'Autumn',
    })
    expect(batched!.code).toBe(`${course_code}${term_code}`)
    expect(one).toEqual({ a: one!.a, b: one!.a, c: 1, d: 1 })
    expect(one!.a).toBeTruthy()
  })

  test('of a query within a query, whose columns keep their names', async () => {
    const { db } = systemContext()
    const within = db
      .select({ id: section.id, code: course.code, other: term.id })
      .from(section)
      .innerJoin(course, eq(course.id, section.course_id))
      .innerJoin(term, eq(term.id, section.term_id))
      .as('within')
    const [found] = await db.select({ id: within.id, code: within.code }).from(within).where(eq(within.id, made.id))
    const [row] = await joined(db).where(eq(section.id, made.id))
    expect(found).toEqual({ id: made.id, code: row!.course_code })
  })

  test('of a change that answers a column twice', async () => {
    const { db } = systemContext()
    const [changed] = await db
      .update(sectionTable)
      .set({ number: 'Ω' })
      .where(eq(sectionTable.id, made.id))
      .returning({ a: sectionTable.number, id: sectionTable.id, b: sectionTable.number })
    expect(changed).toEqual({ a: 'Ω', id: made.id, b: 'Ω' })
  })
})
