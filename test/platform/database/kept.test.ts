import { asc, eq, sql } from 'drizzle-orm'
import { beforeAll, describe, expect, test } from 'vitest'
import { courseTable } from '#/catalog/course/table.ts'
import { program } from '#/catalog/program/table.ts'
import { student } from '#/people/student/table.ts'
import type { Database } from '#/platform/database/connect.ts'
import { facts, wanted } from '#/platform/database/kept/facts.ts'
import type { Given } from '#/platform/database/kept/given.ts'
import { kept } from '#/platform/database/kept/statement.ts'
import { systemContext, unique, type World, world } from '../../world.ts'

let w: World
let students: { id: number }[]
let programId: number
beforeAll(async () => {
  w = await world()
  programId = (await w.program()).id
  students = [await w.student({ program_id: programId }), await w.student(), await w.student({ program_id: programId })]
})

/** Its fields are flat, within others, made by an outer join, computed and read as something else than rests. */
const people = (db: Database) =>
  db
    .select({
      id: student.id,
      name: { first: student.first_name, last: student.last_name },
      program: { id: program.id, code: program.code, credits_required: program.credits_required },
      initial: sql<string>`substr(${student.last_name}, 1, 1)`.as('initial'),
    })
    .from(student)
    .leftJoin(program, eq(program.id, student.program_id))

describe('facts', () => {
  const asked = facts(({ db }, { least }: Given<'least'>, variant) => ({
    people: people(db)
      .where(sql`${student.id} in (select id from ${wanted})`)
      .orderBy(variant === 'backwards' ? sql`${student.id} desc` : asc(student.id)),
    many: db
      .select({ n: sql<number>`count(*)`.as('n') })
      .from(student)
      .where(sql`${student.id} >= ${least}`),
    none: people(db).where(sql`0`),
  }))
  const of = (ids: readonly number[]) => ({
    columns: ['id'],
    of: sql`(select value from json_each(${JSON.stringify(ids)}))`,
  })

  test('are what the selects answer one by one, in their order, in one statement', async () => {
    const ids = students.map(({ id }) => id)
    const ctx = systemContext()
    const alone = await people(ctx.db)
      .where(sql`${student.id} in ${ids}`)
      .orderBy(asc(student.id))
    expect(alone.map((one) => one.program?.id ?? null)).toEqual([programId, null, programId])
    for (const [variant, expected] of [
      ['', alone],
      ['backwards', alone.toReversed()],
    ] as const) {
      const measured = systemContext()
      const found = await asked(measured, { least: ids[1]! }, { variant, wanted: of(ids) })
      expect(found).toEqual({ people: expected, many: [{ n: 2 }], none: [] })
    }
  })

  test('are of what is asked about this time', async () => {
    const [first, second] = students as [{ id: number }, { id: number }]
    const idsOf = async (ids: number[]) =>
      (await asked(systemContext(), { least: 0 }, { wanted: of(ids) })).people.map(({ id }) => id)
    expect([await idsOf([first.id]), await idsOf([second.id]), await idsOf([])]).toEqual([[first.id], [second.id], []])
  })
})

describe('a kept statement', () => {
  const renaming = kept((draft, { id, title }: Given<'id' | 'title'>, variant) =>
    draft.db
      .update(courseTable)
      .set(variant === 'greek' ? { title_el: sql`${title}` } : { title: sql`${title}` })
      .where(sql`${courseTable.id} = ${id}`)
      .returning({ title: courseTable.title, title_el: courseTable.title_el }),
  )

  test('takes other values and another text each time, in a batch or by itself', async () => {
    const { id } = await w.course()
    const ctx = systemContext()
    const [en, el] = [`Title ${unique()}`, `Τίτλος ${unique()}`]
    const [changed, again] = await ctx.db.batch([
      renaming(ctx, { id, title: en }),
      renaming(ctx, { id, title: el }, 'greek'),
    ])
    expect([changed[0]!.title, again]).toEqual([en, [{ title: en, title_el: el }]])
    expect(await renaming(ctx, { id, title: 'By itself' })).toEqual([{ title: 'By itself', title_el: el }])
    expect(await renaming(ctx, { id: 0, title: 'Nobody' })).toEqual([])
  })

  test('is written as it is sent', () => {
    const { sql: text, params } = renaming(systemContext(), { id: 7, title: 'x' }).toSQL()
    expect([text.match(/\?/g)?.length, params]).toEqual([2, ['x', 7]])
  })
})
