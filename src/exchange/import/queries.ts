import { accountName, accountSearch } from '#/access/identity/table.ts'
import { and, asc, count, eq, getTableColumns, lt, type SQL, sql } from 'drizzle-orm'
import type { Context } from '#/platform/context.ts'
import { type Language, importStates, problemSeverities } from '#/platform/words.ts'
import type { Database } from '#/platform/database/connect.ts'
import { byInstant, byNumber, byOneOf, byText } from '#/platform/database/list/filters.ts'
import { list, type List } from '#/platform/database/list/list.ts'
import { saidOf } from '#/platform/text/said-of.ts'
import {
  ApiError,
  type DeclaredError,
  declaredError,
  messageOf,
  type Params,
  wordsOfErrors,
} from '#/platform/errors.ts'
import { clearedQuery, tableName } from '#/exchange/import-plan/index.ts'
import { importError, importRow } from '#/exchange/import-plan/table.ts'
import type { ImportEntity } from '#/exchange/imported-entity/index.ts'
import { entityNames } from '#/exchange/imported-entity/schema.ts'
import { progressOf } from './rules.ts'
import { importJob, type Job } from './table.ts'
import { errors } from './errors.ts'

const asker = accountName(importJob.requested_by)
const jobs = (db: Database) =>
  db
    .select({ ...getTableColumns(importJob), requested_by_name: asker.as('requested_by_name') })
    .from(importJob)
    .$dynamic()
const problems = (db: Database) => db.select().from(importError).$dynamic()

const jobList = list({
  rows: jobs,
  id: importJob.id,
  search: accountSearch(importJob.requested_by),
  texts: [importJob.id, importJob.entity, importJob.error_code, asker],
  orderings: { created_at: importJob.created_at, id: importJob.id },
  defaultOrdering: '-created_at',
  filters: {
    entity: byOneOf(importJob.entity, entityNames),
    state: byOneOf(importJob.state, importStates.words),
    created_at: byInstant(importJob.created_at),
  },
})

/** What the text of an error names. */
const namedBy = sql`(select group_concat(value, ' ') from json_each(${importError.params}))`

const errorList = list({
  rows: problems,
  id: importError.id,
  search: importError.search_text,
  said: [saidOf(importError.code, wordsOfErrors)],
  texts: [importError.id, importError.line, importError.field, importError.code, importError.message, namedBy],
  orderings: { line: importError.line, id: importError.id },
  defaultOrdering: 'line',
  filters: {
    line: byNumber(importError.line),
    field: byText(importError.field),
    code: byText(importError.code),
    severity: byOneOf(importError.severity, problemSeverities),
  },
})

export const importList: List<ReturnType<typeof shownJob>> = {
  query: jobList.query,
  page: async (ctx, query) => {
    const page = await jobList.page(ctx, query)
    return { ...page, items: page.items.map(shownJob) }
  },
}

/** One import as it stands, with the name of who sent it. */
export const jobQuery = ({ db }: Pick<Context, 'db'>, id: string) => jobs(db).where(eq(importJob.id, id))

/** The same. Throws IMPORT_NOT_FOUND. */
export async function findJob(ctx: Pick<Context, 'db'>, id: string) {
  const [job] = await jobQuery(ctx, id)
  if (!job) throw new ApiError(errors.IMPORT_NOT_FOUND, { id })
  return job
}

/** An older import of the same kind that is still being written: the later one is to be compared with what it leaves. */
export async function findOlder(
  { db }: Pick<Context, 'db'>,
  { entity, created_at, dry_run }: Job,
  isAtWork: SQL | undefined,
) {
  if (dry_run) return undefined
  const [other] = await jobs(db)
    .where(
      and(eq(importJob.entity, entity), eq(importJob.dry_run, false), lt(importJob.created_at, created_at), isAtWork),
    )
    .orderBy(asc(importJob.created_at))
    .limit(1)
  return other
}

/** A job as it travels. */
export const shownJob = (job: Job & { requested_by_name: string | null }) => ({
  ...job,
  rows: job.rows_read,
  progress: progressOf(job),
})

export const errorQuery = errorList.query

/** A page of what is wrong with the rows of an import, in the order of the file. */
export async function listErrors(ctx: Context, id: string, query: Parameters<typeof errorList.page>[1]) {
  await findJob(ctx, id)
  const page = await errorList.page(ctx, query, eq(importError.import_id, id))
  return { ...page, items: page.items.map((one) => shownError(one, ctx.language)) }
}

/** An import with its first errors and warnings. One round trip. */
export async function reportOf(ctx: Context, job: Job, limit: number) {
  const first = (severity: 'error' | 'warning') =>
    problems(ctx.db)
      .where(and(eq(importError.import_id, job.id), eq(importError.severity, severity)))
      .orderBy(asc(importError.line), asc(importError.id))
      .limit(limit)
  const [errors, warnings, [stored]] = await ctx.db.batch([first('error'), first('warning'), jobQuery(ctx, job.id)])
  const shown = (some: typeof errors) => some.map((one) => shownError(one, ctx.language))
  const requested_by_name = stored?.requested_by_name ?? null
  return { ...shownJob({ ...job, requested_by_name }), errors: shown(errors), warnings: shown(warnings) }
}

/** What ended an import as a whole. */
export async function findProblem(ctx: Context, { id, error_code }: Job) {
  const [found] = await problems(ctx.db).where(
    and(eq(importError.import_id, id), sql`${importError.code} is ${error_code}`),
  )
  return found!
}

const saidInFile = ({ inFile, ...text }: DeclaredError, params: Params, language: Language) =>
  messageOf({ ...text, ...inFile }, params, language)

const shownError = (
  { id, line, field, severity, code, message, params }: typeof importError.$inferSelect,
  language: Language,
) => ({
  id,
  line,
  field,
  severity,
  code,
  message: message ?? saidInFile(declaredError(code)!, params, language),
})

/** What the decision to go on is made of: how many rows would be written, and how many there are. One round trip. */
export async function findCounts(ctx: Context, of: ImportEntity, job: Job) {
  const actions = ctx.db
    .select({ action: importRow.action, rows: count() })
    .from(importRow)
    .where(eq(importRow.import_id, job.id))
    .groupBy(importRow.action)
  const failures = ctx.db
    .select({ rows: sql<number>`count(distinct ${importError.line})` })
    .from(importError)
    .where(and(eq(importError.import_id, job.id), eq(importError.severity, 'error')))
  const live = ctx.db.select({ rows: count() }).from(sql`${sql.identifier(`live_${tableName(of)}`)}`)
  const [counted, [failed], [there]] = await ctx.db.batch([actions, failures, live])
  const rowsTo = (action: string) => counted.find((one) => one.action === action)?.rows ?? 0
  return {
    create: rowsTo('create'),
    update: rowsTo('update'),
    same: rowsTo('same'),
    failed: failed!.rows,
    live: there!.rows,
  }
}

/** How many values of rows that are there the file takes away. */
export async function findCleared(ctx: Context, of: ImportEntity, job: Job): Promise<number> {
  const [found] = await ctx.db.all<{ cleared: number | null }>(clearedQuery(of, job))
  return found?.cleared ?? 0
}
