import { and, eq, type SQL, sql } from 'drizzle-orm'
import type { Context } from '#/platform/context.ts'
import { readRows, selecting, written } from '#/platform/database/read-rows.ts'
import type { SomeEntity } from '#/platform/database/write/entity-types.ts'
import { messageOf, type Params } from '#/platform/errors.ts'
import type { FieldProblem } from '#/platform/validation/invalid.ts'
import type { Fields, Rule } from './rule.ts'

/** Every rule of its kind that a row of these fields would break, or one changed by them, as problems of the body. Two round trips at most. */
export async function brokenRules(ctx: Context, of: SomeEntity, given: Fields, id?: number): Promise<FieldProblem[]> {
  if (!of.rules) return []
  const before = id === undefined ? {} : await visibleRow(ctx, of, id)
  if (!before) return []
  const row = { ...before, ...given }
  const concerned = of.rules.filter(
    ({ fields }) =>
      fields.every((field) => row[field] !== undefined) &&
      fields.some((field) => given[field] !== undefined && given[field] !== before[field]),
  )
  const verdicts = await answersTo(
    ctx,
    concerned.map((rule) => rule.breaks(row, { ctx, id: id ?? 0 })),
  )
  return concerned.filter((_, i) => verdicts[i]).map((rule) => problemOf(rule, row, ctx))
}

async function visibleRow(
  ctx: Context,
  { rows, id, visible }: SomeEntity,
  wanted: number,
): Promise<Fields | undefined> {
  const [row] = await readRows(ctx.db, selecting(ctx.db, rows, { where: and(eq(id, wanted), visible?.(ctx)) }))
  return row
}

/** What is not known yet is asked in one statement. */
async function answersTo({ db }: Context, verdicts: readonly (boolean | SQL)[]): Promise<boolean[]> {
  const questions = verdicts.filter((one): one is SQL => typeof one !== 'boolean')
  if (questions.length === 0) return verdicts as boolean[]
  const names = questions.map((_, i) => `q${i}`)
  const query = sql`select ${sql.join(
    questions.map((one, i) => sql`(${one}) as ${sql.identifier(names[i]!)}`),
    sql`, `,
  )}`
  const [answers] = await readRows(db, written(query, names))
  return verdicts.map((one) => (typeof one === 'boolean' ? one : answers![names[questions.indexOf(one)]!] === 1))
}

const problemOf = ({ error, fields: [path], says }: Rule, row: Fields, { language }: Context): FieldProblem => ({
  in: 'body',
  path,
  code: says?.code ?? error.code,
  message: says?.[language] ?? messageOf(error, row as Params, language),
})
