import { workKind } from '#/platform/work/work-kind.ts'
import { deleteDrafts } from './job-files.ts'
import { nameDraft, renderDraft } from './render-step.ts'
import { transcriptJob } from './table.ts'

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
