import { sql } from 'drizzle-orm'
import type { Context } from '#/platform/context.ts'
import { localDate } from '#/platform/clock.ts'
import { ApiError } from '#/platform/errors.ts'
import type { ImportEntity } from './definition.ts'
import { type Problem, rowJudge, type StagedRow } from './judge-row.ts'
import { type FileRow, readRows } from './records.ts'
import { inPieces, sizes } from './rules.ts'
import { saveStep } from './step.ts'
import { importError, importRow, type Job } from './table.ts'
import { errors } from './errors.ts'

/** Bytes of a file; fewer than asked for at its end. */
export type FileSource = (offset: number, length: number) => Promise<Uint8Array>

/** Reads some rows of the file, judges each on its own, and stages those that hold. Throws an ApiError when the file cannot be read. */
export async function readStep(ctx: Context, of: ImportEntity, job: Job, source: FileSource): Promise<Job> {
  const bytes = await source(job.position, sizes.readBytes)
  const isLast = job.position + bytes.length >= job.size
  const whole = isLast ? bytes : wholeCharacters(bytes)
  const text = textOf(whole)
  const piece = { line: job.last_line + 1, isLast, limit: sizes.readRows }
  const { rows, rest, line } = readRows(of, job, text, piece)
  if (rest === 0 && !isLast) throw new ApiError(errors.IMPORT_RECORD_TOO_LONG)
  const position = job.position + whole.length - new TextEncoder().encode(text.slice(rest)).length
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
  return saveStep(ctx, job, { ...progress, ...next }, [
    ...inPieces(staged).map((some) => stage(ctx, job, some)),
    ...inPieces(problems).map((some) => report(ctx, job, some)),
  ])
}

/** A row that is wrong in more ways is reported with so many of them. */
const mostPerRow = 10

function judged(ctx: Context, of: ImportEntity, rows: readonly FileRow[]) {
  const judge = rowJudge(of, { today: localDate(ctx), language: ctx.language })
  const staged: StagedRow[] = []
  const problems: Problem[] = []
  for (const row of rows) {
    const judgement = 'given' in row ? judge(row.line, row.given) : [{ ...row, field: null, message: null }]
    if (Array.isArray(judgement)) problems.push(...judgement.slice(0, mostPerRow))
    else staged.push(judgement)
  }
  return { staged, problems }
}

const stage = (ctx: Context, { id }: Job, rows: StagedRow[]) =>
  ctx.db.insert(importRow).select(
    sql`select ${id}, value ->> 0, value ->> 1, value -> 2, null, null
      from json_each(${JSON.stringify(rows.map(({ line, key, content }) => [line, key, content]))})`,
  )

/** Notes what is wrong with rows. */
export const report = (ctx: Context, { id }: Job, problems: Problem[]) => {
  const rows = problems.map(({ line, field, code, message, params }) => [line, field, code, message, params])
  return ctx.db
    .insert(importError)
    .select(
      sql`select null, ${id}, value ->> 0, value ->> 1, value ->> 2, value ->> 3, value -> 4 from json_each(${JSON.stringify(rows)})`,
    )
}

/** Throws IMPORT_NOT_TEXT for bytes that are not UTF-8. */
export function textOf(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes)
  } catch (error) {
    if (error instanceof TypeError) throw new ApiError(errors.IMPORT_NOT_TEXT)
    throw error
  }
}

/** The bytes without a character that was cut at their end. */
export function wholeCharacters(bytes: Uint8Array): Uint8Array {
  let end = bytes.length
  while (end > 0 && bytes.length - end < 4 && (bytes[end - 1]! & 0xc0) === 0x80) end -= 1
  const lead = bytes[end - 1] ?? 0
  const length = lead >= 0xf0 ? 4 : lead >= 0xe0 ? 3 : lead >= 0xc0 ? 2 : 1
  return bytes.length - end + 1 < length ? bytes.subarray(0, end - 1) : bytes
}
