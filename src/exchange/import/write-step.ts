import { and, eq, getTableColumns, sql } from 'drizzle-orm'
import type { Context } from '#/platform/context.ts'
import { localDate } from '#/platform/clock.ts'
import { brokenConstraint, errorOf, fieldIn } from '#/platform/database/constraints.ts'
import type { Statement } from '#/platform/database/statement.ts'
import { ApiError, type Params } from '#/platform/errors.ts'
import { sharedErrors } from '#/platform/shared-errors.ts'
import { derivedColumns, derivedOf } from '#/platform/database/write/derived.ts'
import type { Step } from '#/platform/work/kind.ts'
import {
  createStatements,
  type Derived,
  defaultsOf,
  findGivingLines,
  importRow,
  importWriting,
  inRange,
  type Range,
  reporting,
  updateStatements,
} from '#/exchange/import-plan/index.ts'
import { sizes } from '#/exchange/import-plan/rules.ts'
import type { ImportEntity } from '#/exchange/imported-entity/index.ts'
import type { Job } from './table.ts'

type Progress = Step<Job>['set']

/** By what the database refuses rows, and as what that is declared. */
interface Refused {
  constraint: string
  code: string
}

/**
 * Writes the next lines. When the database refuses them, a quarter of them is tried next, until the one line that it refuses is found,
 * reported and passed by; then the reach grows again.
 */
export async function writeStep(ctx: Context, of: ImportEntity, job: Job): Promise<Step<Job>> {
  const range = { job, from: job.cursor + 1, to: Math.min(job.cursor + job.reach, job.last_line) }
  const tried = job.rehearsal ? sinceTakenBack(range) : range
  const work = await statementsOf(ctx, of, job, tried)
  return tryToWrite(ctx, job, { set: behind(job, range), work }, (refused) => narrowed(ctx, of, range, job, refused))
}

/** What is saved of a range that was refused. */
async function narrowed(
  ctx: Context,
  of: ImportEntity,
  range: Range,
  job: Job,
  { code, constraint }: Refused,
): Promise<Step<Job>> {
  if (range.from < range.to) return { set: { reach: Math.ceil((range.to - range.from + 1) / 4) } }
  const [row] = await ctx.db.select().from(importRow).where(inRange(range))
  const params = { ...(row?.content as Params), ...of.blame }
  const told = of.problems?.[constraint]
  const message = told?.[ctx.language] ?? null
  const field = told?.field ?? blamedBy(of, constraint, Object.keys(row?.content ?? {}))
  const problem = { line: range.to, field, code, message, params }
  return {
    set: behind(job, range),
    work: [
      ...reporting(ctx, job.id, [problem]),
      ctx.db.update(importRow).set({ action: 'error' }).where(inRange(range)),
    ],
  }
}

/** The field of the file that a constraint is about: that which its error blames, else that which it is named after. */
function blamedBy({ input }: ImportEntity, constraint: string, given: readonly string[]): string | null {
  const fields = given.filter((name) => name in input.shape)
  return errorOf(constraint)?.fields?.find((one) => fields.includes(one)) ?? (fieldIn(constraint, fields) || null)
}

/** Writes all lines or none. What the database refuses is then looked for in a rehearsal. */
export async function writeAllStep(ctx: Context, of: ImportEntity, job: Job): Promise<Step<Job>> {
  const all = rangesOf(job)
  const updates: Statement[] = []
  for (const range of all) updates.push(...(await updatesOf(ctx, of, range)))
  const creations = all.flatMap((range) => creationsOf(ctx, of, range))
  const written = { set: { state: 'finishing' as const, cursor: job.last_line }, work: [...updates, ...creations] }
  return tryToWrite(ctx, job, written, ({ code }) => ({
    set: { state: 'updating', rehearsal: true, error_code: code, ...fromTheStart() },
  }))
}

/**
 * Imported rows are written together with the progress they are or, in a rehearsal, written and taken back. `refused` says what is saved
 * of what the database refuses. Throws MAINTENANCE.
 */
async function tryToWrite(
  ctx: Context,
  { id, rehearsal }: Job,
  { set, work }: { set: Progress; work: Statement[] },
  refused: (by: Refused) => Promise<Step<Job>> | Step<Job>,
): Promise<Step<Job>> {
  const marked = [
    ctx.db.insert(importWriting).values({ import_id: id, rehearsal }),
    ...work,
    ctx.db.delete(importWriting),
  ] as const
  const instead = (error: unknown) => {
    const constraint = brokenConstraint(error)
    const declared = errorOf(constraint)
    return declared && refused({ constraint: constraint!, code: declared.code })
  }
  if (!rehearsal) return { set, work: marked, instead }
  try {
    await ctx.db.batch([...marked])
  } catch (error) {
    const broken = brokenConstraint(error)
    if (broken === 'import_rehearsed') return { set }
    if (errorOf(broken) === sharedErrors.MAINTENANCE) throw new ApiError(sharedErrors.MAINTENANCE)
    const other = await instead(error)
    if (!other) throw error
    return other
  }
  throw new Error('a rehearsal was not taken back')
}

export const fromTheStart = () => ({ cursor: 0, reach: sizes.writeLines }) satisfies Progress

/** The progress of a job whose lines up to the end of `range` are done. Changes come first: they may free the room that new rows need. */
function behind(job: Job, { to }: Range): Progress {
  if (to < job.last_line) return { cursor: to, reach: Math.min(job.reach * 2, sizes.writeLines) }
  return job.state === 'updating' ? { state: 'creating', ...fromTheStart() } : { state: 'finishing', cursor: to }
}

/** A rehearsal takes its rows back, so the lines before them are tried again with them: they may contradict each other. */
const sinceTakenBack = (range: Range): Range => ({
  ...range,
  from: Math.floor((range.from - 1) / sizes.writeLines) * sizes.writeLines + 1,
})

/** A rehearsal of new rows has to repeat the changes before them, because it took them back. */
async function statementsOf(ctx: Context, of: ImportEntity, job: Job, range: Range): Promise<Statement[]> {
  if (job.state === 'updating') return updatesOf(ctx, of, range)
  const creations = creationsOf(ctx, of, range)
  if (!job.rehearsal) return creations
  const updates: Statement[] = []
  for (const one of await changedRanges(ctx, job)) updates.push(...(await updatesOf(ctx, of, one)))
  return [...updates, ...creations]
}

async function changedRanges(ctx: Context, job: Job): Promise<Range[]> {
  const part = sql<number>`(${importRow.line} - 1) / ${sql.raw(String(sizes.writeLines))}`
  const parts = await ctx.db
    .selectDistinct({ part })
    .from(importRow)
    .where(and(eq(importRow.import_id, job.id), eq(importRow.action, 'update')))
  return rangesOf(job).filter((_, index) => parts.some((one) => one.part === index))
}

const creationsOf = (ctx: Context, of: ImportEntity, range: Range) =>
  createStatements(ctx, of, range, defaultsOf(of, localDate(ctx)))

async function updatesOf(ctx: Context, of: ImportEntity, lines: Range): Promise<Statement[]> {
  const range = { ...lines, also: await findGivingLines(ctx, of, lines) }
  return updateStatements(ctx, of, range, await derivedFor(ctx, of, range))
}

/** What is derived of the rows that change, made of what they have and what the file says. */
async function derivedFor(ctx: Context, { entity }: ImportEntity, range: Range): Promise<Derived[]> {
  const { table } = entity
  if (derivedColumns(table).length === 0) return []
  const rows = await ctx.db
    .select({ line: importRow.line, content: importRow.content, target: getTableColumns(table) })
    .from(importRow)
    .innerJoin(table, eq(table.id, importRow.target_id))
    .where(and(inRange(range), eq(importRow.action, 'update')))
  return rows.map(({ line, content, target }) => ({
    line,
    columns: derivedOf(entity, { ...target, ...content }, ctx.settings),
  }))
}

function rangesOf(job: Job): Range[] {
  const count = Math.ceil(job.last_line / sizes.writeLines)
  return Array.from({ length: count }, (_, index) => ({
    job,
    from: index * sizes.writeLines + 1,
    to: Math.min((index + 1) * sizes.writeLines, job.last_line),
  }))
}
