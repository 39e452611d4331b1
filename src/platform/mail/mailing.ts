import type { Context } from '#/platform/context.ts'
import type { Permission } from '#/platform/policy.ts'
import type { Consumer } from '#/platform/queue/consumer.ts'
import { mailAgain, type Mailing, mailOnce } from './mail-once.ts'

/** Consumes a message by a mail, which goes out once. When it is given up, the dead letter says it all. */
export const mailing = <M extends { id: string }>(
  permission: Permission,
  prepare: (ctx: Context, message: M) => Promise<Mailing | undefined>,
): Consumer<M> => ({
  permission,
  queue: 'mail',
  handle: (ctx, message) => mailOnce(ctx, message.id, () => prepare(ctx, message)),
  giveUp: async () => {},
  revive: (ctx, { id }) => mailAgain(ctx, id),
})
