/** What travels through the queue, as ids: no message holds personal data. Each type has its consumer in the `messages.ts` of its area. */
export interface Message {
  type: string
  [field: string]: unknown
}

/** With the id of its outbox row, the same each time it is delivered or sent again. */
export type Sent = Message & { id: string }
