import { auditRow } from '#/platform/audit/audit-row.ts'
import type { Context } from '#/platform/context.ts'
import { observe } from '#/platform/metrics/metrics.ts'
import type { Step } from '#/platform/work/kind.ts'
import { issuing, prepareCurrent } from '#/paperwork/transcript/index.ts'
import { transcriptAwaited } from './events.ts'
import { fileKey } from './job-files.ts'
import type { Job } from './table.ts'

/** Notes down under which name this delivery will put its file into R2. */
export const nameDraft = (ctx: Context, { attempts, drafts }: Job): Step<Job> => ({
  set: { status: 'rendering', attempts: attempts + 1, drafts: [...drafts, ctx.newId()] },
})

/** Renders what the job asks for and puts it into R2; the file has the name of its issue. */
export async function renderDraft(ctx: Context, job: Job): Promise<Step<Job>> {
  const { id, student_id, language, email, drafts } = job
  const start = performance.now()
  const wish = { studentId: student_id, language, issueId: drafts.at(-1)! }
  const { issue, bytes, stillCurrent } = await prepareCurrent(ctx, wish)
  await ctx.env.DOCUMENTS.put(fileKey(issue.id), bytes, { httpMetadata: { contentType: 'application/pdf' } })
  observe('transcript_render_seconds', [], (performance.now() - start) / 1000)
  const changes = { student_id: { new: student_id }, job_id: { new: id } }
  return {
    set: { status: 'ready', issue_id: issue.id, finished_at: new Date().toISOString() },
    work: [auditRow(ctx, { entity: 'transcript', id: issue.id, changes }), issuing(ctx, issue), stillCurrent],
    events: email === null ? [] : [transcriptAwaited({ job_id: id })],
  }
}
