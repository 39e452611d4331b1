import type { SQL } from 'drizzle-orm'
import type { Changes } from '#/platform/audit/table.ts'
import type { Context } from '#/platform/context.ts'
import type { Statement } from '#/platform/database/statement.ts'
import type { Consumer } from '#/platform/queue/consumer.ts'
import { type Body, messageType, type MessageType, type Shape } from '#/platform/queue/message-types.ts'

/** What a subscriber adds to the write that tells an event. */
export interface Reaction {
  /** Statements and guards of the same batch, behind those of the write itself. Their audit rows are of `auditRows`. */
  also?: readonly Statement[]
  /** More for the audit row. */
  changes?: Changes
  /** More for the audit row that only the database knows by then: a JSON object. */
  named?: SQL
  /** Reads at the end of the batch, each under the name that the answer has for it. */
  answer?: Readonly<Record<string, Statement>>
}

type Subscriber<Fields> = (ctx: Context, fields: Fields) => Promise<Reaction>

export interface InWrite {
  event: string
  subscriber: Subscriber<Readonly<Record<string, unknown>>>
}

export interface After {
  event: string
  message: MessageType
}

export type Subscription = InWrite | After

/**
 * Takes part in every write that tells the event. A subscriber may read first, which costs the write a round trip; the write fails when a
 * guard of the subscriber does, so that whoever tells the event decides within `settle`.
 */
export const inWrite = <Fields extends object>(
  { type }: { type: string; inWrite?: Fields },
  subscriber: Subscriber<Fields>,
): InWrite => ({ event: type, subscriber: subscriber as InWrite['subscriber'] })

/** Follows every write that tells the event: a row of the outbox in the same batch, then a message of the type `message`. */
export const after = <Fields extends Shape>(
  { type, fields }: { type: string; fields: Fields },
  message: string,
  consumer: Consumer<Body<Fields>>,
): After => ({ event: type, message: messageType(message, fields, consumer) })

/** The types of messages that follow events. */
export const messagesOf = (subscriptions: readonly Subscription[]) =>
  subscriptions.flatMap((one) => ('message' in one ? [one.message] : []))
