import { sql } from 'drizzle-orm'
import { expect, test } from 'vitest'
import type { Context } from '#/platform/context.ts'
import { scope } from '#/platform/database/scope.ts'
import { systemContext } from '../../world.ts'

const as = (role: Context['actor']['role'], reach: Context['reach']): Context => {
  const ctx = systemContext()
  return { ...ctx, reach, actor: { ...ctx.actor, role } }
}

const own = { student: () => sql`one.n = 7` }

test.each([
  ['a role with a predicate for its own rows reaches those', as('student', 'own'), [7]],
  ['one without a predicate reaches none', as('faculty', 'own'), []],
  ['Lyceum itself reaches none either, where it may reach its own only', as('system', 'own'), []],
  ['whoever reaches any row reaches all', as('faculty', 'any'), [7, 8]],
] as const)('%s', async (_, ctx, expected) => {
  const rows = await ctx.db.all<{ n: number }>(
    sql`select n from (select 7 as n union all select 8) one where ${scope(ctx, own) ?? sql`1`} order by n`,
  )
  expect(rows.map(({ n }) => n)).toEqual(expected)
})
