import * as z from 'zod'
import { backgroundContext } from './background.ts'
import { deadLetter } from './database/tables.ts'
import type { Env } from './env.ts'
import { describe, log } from './log.ts'
import { giveUpBackup, workOnBackup } from './modules/backup/index.ts'
import { count } from './metrics.ts'
import { flush } from './modules/metrics/index.ts'
import { mailInvitation, mailReset } from './modules/mailed-token/index.ts'
import { failImport, workInBackground } from './modules/import/index.ts'
import { tellStudent } from './modules/result-change/index.ts'
import { failJob, renderJob } from './modules/transcript/index.ts'
import type { Context } from './context.ts'
import type { Permission } from './policy.ts'

/** Everything that travels through the queue. `id` is the outbox row, the same each time a message is delivered. */
const QueueMessage = z.discriminatedUnion('type', [
  z.object({ id: z.string(), type: z.literal('transcript.render'), job_id: z.string() }),
  z.object({ id: z.string(), type: z.literal('password-reset.mail'), reset_id: z.string() }),
  z.object({ id: z.string(), type: z.literal('invitation.mail'), invitation_id: z.int() }),
  z.object({ id: z.string(), type: z.literal('result-changed.mail'), change_id: z.int() }),
  z.object({ id: z.string(), type: z.literal('import.work'), import_id: z.string() }),
  z.object({ id: z.string(), type: z.literal('backup.work'), run_id: z.string() }),
])

type QueueMessage = z.output<typeof QueueMessage>

interface Consumer<M> {
  permission: Permission
  /** Throws to be tried again. Handled twice a message has the effect of once. */
  handle: (ctx: Context, message: M) => Promise<void>
  /** The queue gave up on it. */
  giveUp: (ctx: Context, message: M) => Promise<void>
}

/** The dead letter says it all. */
const nothingToTell = async () => {}

const consumers = {
  'transcript.render': {
    permission: 'transcript.issue',
    handle: (ctx, { job_id }) => renderJob(ctx, job_id),
    giveUp: (ctx, { job_id }) => failJob(ctx, job_id, 'GAVE_UP'),
  },
  'password-reset.mail': {
    permission: 'password_reset.request',
    handle: (ctx, { reset_id }) => mailReset(ctx, reset_id),
    giveUp: nothingToTell,
  },
  'invitation.mail': {
    permission: 'invitation.create',
    handle: (ctx, { invitation_id }) => mailInvitation(ctx, invitation_id),
    giveUp: nothingToTell,
  },
  'result-changed.mail': {
    permission: 'result.approve',
    handle: (ctx, { change_id }) => tellStudent(ctx, change_id),
    giveUp: nothingToTell,
  },
  'import.work': {
    permission: 'import.create',
    handle: (ctx, { import_id }) => workInBackground(ctx, import_id),
    giveUp: (ctx, { import_id }) => failImport(ctx, import_id, 'IMPORT_GAVE_UP'),
  },
  'backup.work': {
    permission: 'backup.restore',
    handle: (ctx, { run_id }) => workOnBackup(ctx, run_id),
    giveUp: (ctx, { run_id }) => giveUpBackup(ctx, run_id),
  },
} satisfies { [T in QueueMessage['type']]: Consumer<Extract<QueueMessage, { type: T }>> }

const consumerOf = ({ type }: QueueMessage) => consumers[type] as Consumer<QueueMessage>

/** Each message succeeds or is tried again on its own, later each time. What never succeeds goes to the dead letters. */
export async function consume(batch: MessageBatch, env: Env, execution: ExecutionContext): Promise<void> {
  const isDeadLetter = batch.queue.endsWith('-dead-letters')
  for (const message of batch.messages) {
    try {
      await (isDeadLetter ? bury(message, env, execution) : handle(message, env, execution))
      message.ack()
      count('queue_messages_total', [typeOf(message), isDeadLetter ? 'dead' : 'done'])
    } catch (error) {
      log('error', 'message_failed', {
        queue: batch.queue,
        message_id: message.id,
        attempts: message.attempts,
        ...describe(error),
      })
      count('queue_messages_total', [typeOf(message), 'failed'])
      message.retry({ delaySeconds: Math.min(2 ** message.attempts, 300) })
    }
  }
  execution.waitUntil(flush(env))
}

/** Only types that there are may become a label. */
function typeOf({ body }: Message): string {
  const type = (body as { type?: unknown } | null)?.type
  return typeof type === 'string' && Object.hasOwn(consumers, type) ? type : 'unknown'
}

async function handle({ body }: Message, env: Env, execution: ExecutionContext) {
  const message = QueueMessage.parse(body)
  const { permission, handle: run } = consumerOf(message)
  await run(backgroundContext(env, execution, permission, message.type), message)
}

/** Records what failed for good, and tells its module. */
async function bury({ id, body, attempts }: Message, env: Env, execution: ExecutionContext) {
  const known = QueueMessage.safeParse(body)
  const ctx = backgroundContext(
    env,
    execution,
    known.success ? consumerOf(known.data).permission : 'system.read',
    'dead-letter',
  )
  await ctx.db
    .insert(deadLetter)
    .values({ message_id: id, message: JSON.stringify(body ?? null), attempts, failed_at: ctx.now })
    .onConflictDoNothing()
  if (known.success) await consumerOf(known.data).giveUp(ctx, known.data)
  log('error', 'message_buried', { message_id: id, type: known.success ? known.data.type : 'unknown' })
}
