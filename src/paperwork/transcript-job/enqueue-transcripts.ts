import type * as z from 'zod'
import { type BulkOptions, planBulk } from '#/platform/bulk.ts'
import type { Context } from '#/platform/context.ts'
import { nameProblems } from '#/paperwork/document-text/index.ts'
import type { Language } from '#/platform/words.ts'
import { insertMany } from '#/platform/database/insert-many.ts'
import { write } from '#/platform/database/write/write.ts'
import { ApiError } from '#/platform/errors.ts'
import { type BatchTarget, findBatch } from './queries.ts'
import { batchLimit } from './schema.ts'
import { transcriptJob } from './table.ts'
import { transcriptWork } from './transcript-work.ts'
import { holdErrors } from '#/enrolling/hold/index.ts'
import { errors } from './errors.ts'
import { studentErrors } from '#/people/student/index.ts'

/** Orders many transcripts in one write, with a job for each student; whoever cannot have one is reported. */
export async function enqueueTranscripts(
  ctx: Context,
  { language, ...target }: BatchTarget & { language: Language },
  options: z.output<typeof BulkOptions>,
) {
  const { students, holds } = await findBatch(ctx, target, batchLimit + 1)
  if (students.length > batchLimit) throw new ApiError(errors.TRANSCRIPT_BATCH_TOO_LARGE, { limit: batchLimit })
  const known = new Map(students.map(({ id, student_number }) => [id, student_number]))
  const holdOf = new Map(holds.map((hold) => [hold.student_id, hold]))
  const unnamed = await nameProblems(ctx, students)
  const asked = target.student_ids ?? [...known.keys()]
  const { toWrite, report } = planBulk(
    asked.map((student_id, index) => ({ student_id, index })),
    {
      problemOf: ({ student_id }) => {
        if (!known.has(student_id)) return new ApiError(studentErrors.STUDENT_NOT_FOUND, { id: student_id })
        const hold = holdOf.get(student_id)
        return hold ? new ApiError(holdErrors.HOLD, hold) : unnamed.get(student_id)
      },
      // Named twice is ordered once.
      oldOf: ({ student_id, index }) => (asked.indexOf(student_id) === index ? undefined : student_id),
      isSame: () => true,
    },
    { ...options, language: ctx.language },
  )
  const jobs = toWrite.map(({ item: { student_id } }) => ({ student_id, job_id: ctx.newId() }))
  if (jobs.length > 0) {
    await write(ctx, {
      change: insertingAll(ctx, jobs, language),
      audit: {
        entity: 'transcript_job',
        id: null,
        changes: { student_ids: { new: jobs.map(({ student_id }) => student_id) }, language: { new: language } },
      },
      outbox: jobs.map(({ job_id }) => transcriptWork.message(job_id)),
    })
  }
  const naming = (student_id: number) => ({ student_id, student_number: known.get(student_id) ?? null })
  return {
    ...report,
    errors: report.errors.map(({ index, ...error }) => ({ index, ...naming(asked[index]!), ...error })),
    jobs: jobs.map(({ student_id, job_id }) => ({ ...naming(student_id), job_id })),
  }
}

const insertingAll = (ctx: Context, jobs: readonly { student_id: number; job_id: string }[], language: Language) =>
  insertMany(
    ctx,
    transcriptJob,
    jobs.map(({ student_id, job_id }) => ({
      id: job_id,
      student_id,
      language,
      status: 'queued',
      attempts: 0,
      requested_by: ctx.actor.id,
      created_at: ctx.now,
      updated_at: ctx.now,
    })),
  )
