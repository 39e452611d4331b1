import type { Context } from '#/platform/context.ts'
import type { Message } from '#/platform/queue/message.ts'
import type { Statement } from '#/platform/database/statement.ts'

/** What travels through the queue, as far as letters have to know it; consumers.ts has the types. */
export interface MessageTypes {
  /** A body with what its type declares and nothing else; undefined for one that no type fits. */
  read: (body: unknown) => (Message & { id: string }) | undefined
  /** A statement that puts what a message works on back to where it was before the queue gave it up. */
  reviving: (ctx: Context, message: Message & { id: string }) => Statement
}
