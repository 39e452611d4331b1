import { eq } from 'drizzle-orm'
import type { Context } from '#/platform/context.ts'
import { localDate } from '#/platform/clock.ts'
import type { Step } from '#/platform/work/kind.ts'
import { fileErrors, type FileRow, readRows, textOf } from '#/exchange/import-file/index.ts'
import {
  importError,
  importRow,
  type Problem,
  reporting,
  rowJudge,
  type StagedRow,
  staging,
} from '#/exchange/import-plan/index.ts'
import { sizes } from '#/exchange/import-plan/rules.ts'
import type { ImportEntity } from '#/exchange/imported-entity/index.ts'
import { errors } from './errors.ts'
import type { Job } from './table.ts'

/** Bytes of a file; fewer than asked for at its end. */
export type FileSource = (offset: number, length: number) => Promise<Uint8Array>

/**
 * Reads some rows of the file, judges each on its own, and stages them: of wrong ones, too, the database may know more. A row of which nobody can say where it ends ends the import.
 * Throws an ApiError when the file is no text.
 */
export async function readStep(ctx: Context, of: ImportEntity, job: Job, source: FileSource): Promise<Step<Job>> {
  const bytes = await source(job.position, sizes.readBytes)
  const isLast = job.position + bytes.length >= job.size
  const text = textOf(bytes, { isLast })
  const piece = { line: job.last_line + 1, isLast, limit: sizes.readRows }
  const { rows, blank, rest, line } = readRows(of, job, text, piece)
  if (rest === 0 && !isLast) {
    const code = errors.IMPORT_RECORD_TOO_LONG.code
    return unreadableFrom(ctx, job, { line, field: null, code, message: null, params: { line } }, 1)
  }
  const position = job.position + new TextEncoder().encode(text.slice(0, rest)).length
  const isDone = isLast && rest === text.length
  const { staged, problems, unreadable } = judged(ctx, of, job, rows)
  if (unreadable) {
    const before = rows.findIndex((row) => row.line === unreadable.line)
    return unreadableFrom(ctx, job, unreadable, before + 1)
  }
  const progress = {
    position,
    last_line: isDone ? line : line - 1,
    rows_read: job.rows_read + rows.length,
    blank: job.blank + blank,
    started_at: job.started_at ?? ctx.now,
  }
  const next = isDone
    ? ({ state: 'planning', cursor: 0, reach: sizes.planLines } as const)
    : ({ state: 'reading' } as const)
  return {
    set: { ...progress, ...next },
    work: [...staging(ctx, job.id, staged), ...reporting(ctx, job.id, problems)],
  }
}

/** A row that is wrong in more ways is reported with so many of them. */
const mostPerRow = 10

function judged(ctx: Context, of: ImportEntity, job: Job, rows: readonly FileRow[]) {
  const judge = rowJudge(of, job, { today: localDate(ctx), language: ctx.language, settings: ctx.settings })
  const staged: StagedRow[] = []
  const problems: Problem[] = []
  for (const row of rows) {
    if ('given' in row) {
      const judgement = judge(row.line, row.given)
      staged.push(judgement.staged)
      problems.push(...judgement.problems.slice(0, mostPerRow))
    } else problems.push({ ...row, field: null, message: null })
  }
  return { staged, problems, unreadable: problems.find(({ code }) => code === fileErrors.IMPORT_QUOTE_RUNS_ON.code) }
}

/** Nothing is written when the file can be read up to a line only: what stands behind it may belong to any row. */
const unreadableFrom = (ctx: Context, { id, rows_read }: Job, problem: Problem, read: number): Step<Job> => ({
  set: {
    state: 'failed',
    error_code: problem.code,
    finished_at: new Date().toISOString(),
    rows_read: rows_read + read,
    skipped: rows_read + read - 1,
    failed: 1,
  },
  work: [
    ctx.db.delete(importError).where(eq(importError.import_id, id)),
    ctx.db.delete(importRow).where(eq(importRow.import_id, id)),
    ...reporting(ctx, id, [problem]),
  ],
})

export const isUnreadable = ({ state, error_code }: Job) =>
  state === 'failed' &&
  (error_code === fileErrors.IMPORT_QUOTE_RUNS_ON.code || error_code === errors.IMPORT_RECORD_TOO_LONG.code)
