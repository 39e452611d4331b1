import { recordLetter } from '#/operations/dead-letter/index.ts'
import { messages as exchange } from '#/exchange/messages.ts'
import { messages as operations } from '#/operations/messages.ts'
import { messages as paperwork } from '#/paperwork/messages.ts'
import { messagesOf } from '#/platform/events/subscriptions.ts'
import type { Consumers } from '#/platform/queue/consume.ts'
import { messageTypesOf } from '#/platform/queue/message-types.ts'
import { subscribers } from './subscribers.ts'

/** Everything that travels through the queue. */
export const messageTypes = messageTypesOf([...messagesOf(subscribers), ...paperwork, ...exchange, ...operations])

export const consumers: Consumers = { types: messageTypes, record: recordLetter, unknown: 'system.read' }
