import type { Context } from '#/platform/context.ts'
import type { Statement } from '#/platform/database/statement.ts'
import type { Permission } from '#/platform/policy.ts'
import type { QueueName } from './queues.ts'

/** What is done with the messages of a type. */
export interface Consumer<M> {
  /** The action in the audit log. */
  permission: Permission
  /** Which one its messages go through; left out: `work`. */
  queue?: QueueName
  /** Throws to be tried again. Handled twice a message has the effect of once. */
  handle: (ctx: Context, message: M) => Promise<void>
  /** The queue gave up on it. */
  giveUp: (ctx: Context, message: M) => Promise<void>
  /** What has to change before an administrator sends it again. */
  revive: (ctx: Context, message: M) => Statement
  /** Whether it is to be asked for anew instead. Left out: nothing is. */
  isOver?: (ctx: Context, message: M) => Promise<boolean>
}
