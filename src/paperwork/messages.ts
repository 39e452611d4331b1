import * as z from 'zod'
import { messageType } from '#/platform/queue/message-types.ts'
import { transcriptAwaited } from './transcript-job/events.ts'
import { giveUpJob, renderJob, revivingJob } from './transcript-job/index.ts'

/** What this area tells of what happens in it. */
export const events = { transcriptAwaited }

/** What travels through the queue for this area. */
export const messages = [
  messageType(
    'transcript.render',
    { job_id: z.string() },
    {
      permission: 'transcript.issue',
      handle: (ctx, { job_id }) => renderJob(ctx, job_id),
      giveUp: (ctx, { job_id }) => giveUpJob(ctx, job_id),
      revive: (ctx, { job_id }) => revivingJob(ctx, job_id),
    },
  ),
]
