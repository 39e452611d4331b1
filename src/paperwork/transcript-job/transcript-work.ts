import { auditRow } from '#/platform/audit/audit-row.ts'
import type { Context } from '#/platform/context.ts'
import { observe } from '#/platform/metrics/metrics.ts'
import type { Step } from '#/platform/work/kind.ts'
import { workKind } from '#/platform/work/work-kind.ts'
import { issuing, keepingRecord, prepareTranscript, readCertifiable } from '#/paperwork/transcript/index.ts'
import { transcriptAwaited } from './events.ts'
import { deleteDrafts, fileKey } from './job-files.ts'
import { type Job, transcriptJob } from './table.ts'

/**
 * The rendering of transcripts. Each delivery notes down under which name its file will lie before it puts it there, so that a later one
 * takes away what one that died left behind; noting it overtakes whoever was at work before.
 */
export const transcriptWork = workKind({
  type: 'transcript.render',
  names: 'job_id',
  permission: 'transcript.issue',
  table: transcriptJob,
  budget: () => ({ steps: 2, milliseconds: 60_000 }),
  strandedMs: 15 * 60 * 1000,
  longestMs: 24 * 60 * 60 * 1000,
  step: (ctx, job, { taken }) => (taken === 0 ? nameDraft(ctx, job) : renderDraft(ctx, job)),
  failing: () => ({ set: { status: 'failed' as const } }),
  gaveUp: 'GAVE_UP',
  reviving: { set: { status: 'queued' } },
  ended: (ctx, { drafts, issue_id }) =>
    deleteDrafts(
      ctx,
      drafts.filter((draft) => draft !== issue_id),
    ),
})

/** Notes down under which name this delivery will put its file into R2. */
function nameDraft(ctx: Context, { attempts, drafts }: Job): Step<Job> {
  return { set: { status: 'rendering', attempts: attempts + 1, drafts: [...drafts, ctx.newId()] } }
}

/** Renders what the job asks for and puts it into R2; the file has the name of its issue. */
async function renderDraft(ctx: Context, job: Job): Promise<Step<Job>> {
  const { id, student_id, language, email, drafts } = job
  const start = performance.now()
  const certifiable = await readCertifiable(ctx, { studentId: student_id, language })
  const prepared = await prepareTranscript(ctx, certifiable, drafts.at(-1)!)
  const { issue, bytes } = prepared
  await ctx.env.DOCUMENTS.put(fileKey(issue.id), bytes, { httpMetadata: { contentType: 'application/pdf' } })
  observe('transcript_render_seconds', [], (performance.now() - start) / 1000)
  const changes = { student_id: { new: student_id }, job_id: { new: id } }
  return {
    set: { status: 'ready', issue_id: issue.id, finished_at: new Date().toISOString() },
    work: [
      auditRow(ctx, { entity: 'transcript', id: issue.id, changes }),
      issuing(ctx, prepared),
      keepingRecord(ctx, prepared),
      certifiable.stillCurrent,
    ],
    events: email === null ? [] : [transcriptAwaited({ job_id: id })],
  }
}
