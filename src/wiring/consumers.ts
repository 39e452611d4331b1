import * as z from 'zod'
import { backgroundContext } from '#/platform/background.ts'
import type { Context } from '#/platform/context.ts'
import { mailAgain, type Mailing, mailOnce } from '#/platform/mail/mail-once.ts'
import { isMaintenance } from '#/platform/database/stale.ts'
import type { Statement } from '#/platform/database/statement.ts'
import type { Env } from '#/platform/env.ts'
import { describe, log } from '#/platform/log.ts'
import { giveUpBackup, revivingBackup, workOnBackup } from '#/operations/backup/index.ts'
import { count } from '#/platform/metrics/metrics.ts'
import { flush } from '#/operations/metrics/index.ts'
import { type MessageTypes, recordLetter } from '#/operations/dead-letter/index.ts'
import { giveUpImport, revivingImport, workInBackground } from '#/exchange/import/index.ts'
import { mailInvitation, mailReset } from '#/access/mailed-token/index.ts'
import { tellStudent } from '#/grading/result-change/index.ts'
import { giveUpJob, renderJob, revivingJob } from '#/paperwork/transcript-job/index.ts'
import type { Permission } from '#/platform/policy.ts'

/**
 * Everything that travels through the queue, as ids: no message holds personal data. `id` is the outbox row, the same each time a message
 * is delivered or sent again.
 */
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
  /** What has to change before an administrator sends it again. */
  revive: (ctx: Context, message: M) => Statement
}

/** A mail goes out once. When it is given up, the dead letter says it all. */
const mailing = <M extends QueueMessage>(
  permission: Permission,
  prepare: (ctx: Context, message: M) => Promise<Mailing | undefined>,
) =>
  ({
    permission,
    handle: (ctx, message) => mailOnce(ctx, message.id, () => prepare(ctx, message)),
    giveUp: async () => {},
    revive: (ctx, { id }) => mailAgain(ctx, id),
  }) satisfies Consumer<M>

type Of<T extends QueueMessage['type']> = Extract<QueueMessage, { type: T }>

/** One entry for each type of message. */
const consumers: { [T in QueueMessage['type']]: Consumer<Of<T>> } = {
  'transcript.render': {
    permission: 'transcript.issue',
    handle: (ctx, { job_id }) => renderJob(ctx, job_id),
    giveUp: (ctx, { job_id }) => giveUpJob(ctx, job_id),
    revive: (ctx, { job_id }) => revivingJob(ctx, job_id),
  },
  'password-reset.mail': mailing('password_reset.request', (ctx, { reset_id }) => mailReset(ctx, reset_id)),
  'invitation.mail': mailing('invitation.create', (ctx, { invitation_id }) => mailInvitation(ctx, invitation_id)),
  'result-changed.mail': mailing('result.approve', (ctx, { change_id }) => tellStudent(ctx, change_id)),
  'import.work': {
    permission: 'import.create',
    handle: (ctx, { import_id }) => workInBackground(ctx, import_id),
    giveUp: (ctx, { import_id }) => giveUpImport(ctx, import_id),
    revive: (ctx, { import_id }) => revivingImport(ctx, import_id),
  },
  'backup.work': {
    permission: 'backup.restore',
    handle: (ctx, { run_id }) => workOnBackup(ctx, run_id),
    giveUp: (ctx, { run_id }) => giveUpBackup(ctx, run_id),
    revive: (ctx, { run_id }) => revivingBackup(ctx, run_id),
  },
}

const consumerOf = ({ type }: QueueMessage) => consumers[type] as Consumer<QueueMessage>
const read = (body: unknown): QueueMessage | undefined => QueueMessage.safeParse(body).data

/** What the dead letters know of the messages. */
export const messageTypes: MessageTypes = {
  read,
  reviving: (ctx, message) => {
    const known = QueueMessage.parse(message)
    return consumerOf(known).revive(ctx, known)
  },
}

/** How long a message waits for a restore to end before it is looked at again. */
const maintenanceSeconds = 60

/** Each message succeeds or is tried again on its own, later each time. What never succeeds goes to the dead letters. */
export async function consume(batch: MessageBatch, env: Env, execution: ExecutionContext): Promise<void> {
  const isDeadLetter = batch.queue.endsWith('-dead-letters')
  for (const message of batch.messages) {
    try {
      await (isDeadLetter ? bury(message, env, execution) : handle(message, env, execution))
      message.ack()
      count('queue_messages_total', [typeOf(message), isDeadLetter ? 'dead' : 'done'])
    } catch (error) {
      if (isMaintenance(error)) {
        await sendLater(env, message)
        continue
      }
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

/** While a backup is restored nothing else can be done, and that is no failure of the message. */
async function sendLater({ QUEUE }: Env, message: Message): Promise<void> {
  await QUEUE.send(message.body, { delaySeconds: maintenanceSeconds })
  message.ack()
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
  const known = read(body)
  const permission = known ? consumerOf(known).permission : 'system.read'
  const ctx = backgroundContext(env, execution, permission, 'dead-letter')
  await recordLetter(ctx, { messageId: id, body, attempts }, known)
  if (known) await consumerOf(known).giveUp(ctx, known)
  log('error', 'message_buried', { message_id: id, type: known?.type ?? 'unknown' })
}
