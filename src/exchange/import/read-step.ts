import type { Context } from '#/platform/context.ts'
import { localDate } from '#/platform/clock.ts'
import { ApiError } from '#/platform/errors.ts'
import type { Step } from '#/platform/work/kind.ts'
import { type FileRow, readRows, textOf } from '#/exchange/import-file/index.ts'
import { type Problem, reporting, rowJudge, type StagedRow, staging } from '#/exchange/import-plan/index.ts'
import { sizes } from '#/exchange/import-plan/rules.ts'
import type { ImportEntity } from '#/exchange/imported-entity/index.ts'
import { errors } from './errors.ts'
import type { Job } from './table.ts'

/** Bytes of a file; fewer than asked for at its end. */
export type FileSource = (offset: number, length: number) => Promise<Uint8Array>

/** Reads some rows of the file, judges each on its own, and stages those that hold. Throws an ApiError when the file cannot be read. */
export async function readStep(ctx: Context, of: ImportEntity, job: Job, source: FileSource): Promise<Step<Job>> {
  const bytes = await source(job.position, sizes.readBytes)
  const isLast = job.position + bytes.length >= job.size
  const text = textOf(bytes, { isLast })
  const piece = { line: job.last_line + 1, isLast, limit: sizes.readRows }
  const { rows, rest, line } = readRows(of, job, text, piece)
  if (rest === 0 && !isLast) throw new ApiError(errors.IMPORT_RECORD_TOO_LONG)
  const position = job.position + new TextEncoder().encode(text.slice(0, rest)).length
  const isDone = isLast && rest === text.length
  const { staged, problems } = judged(ctx, of, rows)
  const progress = {
    position,
    last_line: isDone ? line : line - 1,
    rows_read: job.rows_read + rows.length,
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

function judged(ctx: Context, of: ImportEntity, rows: readonly FileRow[]) {
  const judge = rowJudge(of, { today: localDate(ctx), language: ctx.language, settings: ctx.settings })
  const staged: StagedRow[] = []
  const problems: Problem[] = []
  for (const row of rows) {
    const judgement = 'given' in row ? judge(row.line, row.given) : [{ ...row, field: null, message: null }]
    if (Array.isArray(judgement)) problems.push(...judgement.slice(0, mostPerRow))
    else staged.push(judgement)
  }
  return { staged, problems }
}
