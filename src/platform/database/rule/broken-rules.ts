import { and, eq, SQL, sql } from 'drizzle-orm'
import { isDeepStrictEqual } from 'node:util'
import type { Context } from '#/platform/context.ts'
import { readRows, selecting, written } from '#/platform/database/read-rows.ts'
import type { SomeEntity } from '#/platform/database/write/entity-types.ts'
import { messageOf, type Params } from '#/platform/errors.ts'
import type { FieldProblem } from '#/platform/validation/invalid.ts'
import type { Sound } from '#/platform/validation/sound-fields.ts'
import type { Fields, Rule, Spot, Verdict } from './rule.ts'

interface Question {
  rules: readonly Rule[]
  /** The kind of the row that is changed. */
  changed?: SomeEntity | undefined
  /** Of that row, or of what the path names. */
  id?: number | undefined
  given: Sound
}

/** Every rule that a body would break, with what stays of the row that it changes. Two round trips at most. */
export async function brokenRules(ctx: Context, { rules, changed, id = 0, given }: Question): Promise<FieldProblem[]> {
  if (rules.length === 0) return []
  const before: Fields | undefined = changed ? await visibleRow(ctx, changed, id) : {}
  if (!before) return []
  const told = { ...given.parts, ...given.fields }
  const isNew = (of: Fields, field: string) => of[field] !== undefined && !isDeepStrictEqual(of[field], before[field])
  // What cannot change is told by the rule that says so; to the others the row is as it stays.
  const fixed = changed ? rules.filter(({ of }) => of === 'changed').map(({ fields: [field] }) => field) : []
  const taken = { ...told, ...Object.fromEntries(fixed.map((field) => [field, before[field]])) }
  const row: Fields = { ...before, ...taken }
  const isSound = (field: string) => !given.wrong.has(field)
  const concerned = rules.filter(({ of, fields, beside = [], isPiecewise = false }) => {
    if (!isPiecewise && ![...fields, ...beside].every(isSound)) return false
    if (of === 'changed') return changed !== undefined && isNew(told, fields[0])
    if (of === 'absent') return changed === undefined && told[fields[0]] === undefined
    return fields.every((field) => row[field] !== undefined) && fields.some((field) => isNew(taken, field))
  })
  const judged = await Promise.all(concerned.map((rule) => rule.breaks(row, { ctx, id })))
  const verdicts = await answersTo(ctx, judged)
  return concerned.flatMap((rule, i) => verdicts[i]!.map((spot) => problemOf(rule, row, spot, ctx)))
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
async function answersTo({ db }: Context, verdicts: readonly Verdict[]): Promise<(readonly Spot[])[]> {
  const questions = verdicts.filter((one) => one instanceof SQL)
  if (questions.length === 0) return verdicts.map(spotsOf)
  const names = questions.map((_, i) => `q${i}`)
  const query = sql`select ${sql.join(
    questions.map((one, i) => sql`(${one}) as ${sql.identifier(names[i]!)}`),
    sql`, `,
  )}`
  const [answers] = await readRows(db, written(query, names))
  return verdicts.map((one) => spotsOf(one instanceof SQL ? answers![names[questions.indexOf(one)]!] : one))
}

/** Of a verdict, or of what the database said. */
function spotsOf(verdict: unknown): readonly Spot[] {
  if (typeof verdict === 'string') return (JSON.parse(verdict) as string[]).map((path) => ({ path }))
  if (Array.isArray(verdict)) return verdict as Spot[]
  return verdict === true || verdict === 1 ? [{}] : []
}

function problemOf(
  { error, fields: [first], says }: Rule,
  row: Fields,
  { path = first, code = says?.code ?? error.code, message }: Spot,
  { language }: Context,
): FieldProblem {
  // What is not found is named by its id, which the field gives.
  const params = (error.status === 404 ? { ...row, id: row[first] } : row) as Params
  return { in: 'body', path, code, message: message ?? says?.[language] ?? messageOf(error, params, language) }
}
