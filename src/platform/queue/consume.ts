import { backgroundContext } from '#/platform/background-context.ts'
import type { Context } from '#/platform/context.ts'
import { isUnreachable } from '#/platform/database/steady/index.ts'
import { isMaintenance } from '#/platform/database/write/stale.ts'
import type { Env } from '#/platform/env.ts'
import { describe, log } from '#/platform/log.ts'
import { flush } from '#/platform/metrics/flush.ts'
import { count } from '#/platform/metrics/metrics.ts'
import type { Permission } from '#/platform/policy.ts'
import type { Sent } from './message.ts'
import { queueFor } from './queues.ts'
import { claimedType, type MessageTypes, readMessage } from './message-types.ts'

/** A message that the queue gave up on. */
export interface Death {
  /** The queue's id of the delivery. */
  messageId: string
  body: unknown
  attempts: number
}

/** What a deployment does with its messages. */
export interface Consumers {
  types: MessageTypes
  /** Records what failed for good; `known` when a type fits it. */
  record: (ctx: Context, death: Death, known: Sent | undefined) => Promise<void>
  /** The action in the audit log for what no type fits. */
  unknown: Permission
}

/** How long a message waits for a restore to end before it is looked at again. */
const maintenanceSeconds = 60

/** Each message succeeds or is tried again on its own, later each time. What never succeeds goes to the dead letters. */
export async function consume(batch: MessageBatch, env: Env, execution: ExecutionContext, consumers: Consumers) {
  const isDeadLetter = batch.queue.endsWith('-dead-letters')
  const labelOf = (message: Message) => claimedType(consumers.types, message.body)?.type ?? 'unknown'
  for (const message of batch.messages) {
    try {
      await (isDeadLetter ? bury : handle)(message, env, execution, consumers)
      message.ack()
      count('queue_messages_total', [labelOf(message), isDeadLetter ? 'dead' : 'done'])
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
      count('queue_messages_total', [labelOf(message), 'failed'])
      message.retry({ delaySeconds: delayOf(error, message) })
    }
  }
  execution.waitUntil(flush(env))
}

/** A database out of reach is nothing that the message could help: its attempts last for a quarter of an hour then. */
const delayOf = (error: unknown, { attempts }: Message): number =>
  Math.min((isUnreachable(error) ? 15 : 1) * 2 ** attempts, 300)

/** While a backup is restored nothing else can be done, and that is no failure of the message. */
async function sendLater(env: Env, message: Message): Promise<void> {
  await queueFor(env, message.body as Sent).send(message.body, { delaySeconds: maintenanceSeconds })
  message.ack()
}

async function handle({ body }: Message, env: Env, execution: ExecutionContext, { types }: Consumers) {
  const known = readMessage(types, body)
  if (!known) throw new Error('no type of message fits this')
  const { message, consumer } = known
  await consumer.handle(backgroundContext(env, execution, consumer.permission, message.type), message)
}

/** Records what failed for good, and tells its module. */
async function bury({ id, body, attempts }: Message, env: Env, execution: ExecutionContext, consumers: Consumers) {
  const { types, record, unknown } = consumers
  const known = readMessage(types, body)
  const ctx = backgroundContext(env, execution, known?.consumer.permission ?? unknown, 'dead-letter')
  await record(ctx, { messageId: id, body, attempts }, known?.message)
  if (known) await known.consumer.giveUp(ctx, known.message)
  log('error', 'message_buried', { message_id: id, type: known?.message.type ?? 'unknown' })
}
