import { createExecutionContext, createMessageBatch, getQueueResult } from 'cloudflare:test'
import { newId } from '#/platform/context.ts'
import type { Env } from '#/platform/env.ts'
import worker from '#/worker.ts'
import { testEnv } from '../../world.ts'

export interface Sent {
  /** The queue's id of the delivery. */
  id: string
  body: unknown
  attempts?: number
}

export type Queue = 'lyceum-work' | 'lyceum-dead-letters' | 'lyceum-staging-dead-letters'

/** Hands messages to the worker as the queue does: which it is done with, and which it wants again. */
export const deliver = (queue: Queue, ...messages: Sent[]) => deliverTo(testEnv, queue, ...messages)

/** The same to a worker with other bindings. */
export async function deliverTo(env: Env, queue: Queue, ...messages: Sent[]) {
  const timestamp = Date.now()
  const batch = createMessageBatch(
    queue,
    messages.map(({ id, body, attempts = 1 }) => ({ id, body, attempts, timestamp })),
  )
  const execution = createExecutionContext()
  await worker.queue(batch, env, execution)
  const { explicitAcks, retryMessages } = await getQueueResult(batch, execution)
  return { done: explicitAcks, again: retryMessages.map(({ msgId }) => msgId) }
}

/** The letter of a message that died. */
export async function buriedLetter(body: unknown = { id: newId(), type: 'transcript.render', job_id: newId() }) {
  const id = newId()
  await deliver('lyceum-dead-letters', { id, body })
  const letter = await testEnv.DB.prepare('select id from dead_letter where message_id = ?')
    .bind(id)
    .first<number>('id')
  return letter!
}
