import type { Env } from '#/platform/env.ts'
import type { Message } from './message.ts'

/** What people wait for never stands behind what takes long: mails have a queue of their own, and so has what writes much. */
export type QueueName = 'work' | 'mail' | 'bulk'

const names = new Map<string, QueueName>()

/** Has messages of a type go through a queue; `messageType` declares it. */
export const route = (type: string, queue: QueueName) => void names.set(type, queue)

/** The queue that a message goes through. */
export const queueFor = (env: Env, { type }: Pick<Message, 'type'>): Queue => queuesOf(env)[names.get(type) ?? 'work']

export const queuesOf = (env: Env): Record<QueueName, Queue> => ({
  work: env.QUEUE,
  mail: env.QUEUE_MAIL,
  bulk: env.QUEUE_BULK,
})
