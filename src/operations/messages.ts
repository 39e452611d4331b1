import * as z from 'zod'
import { messageType } from '#/platform/queue/message-types.ts'
import { giveUpBackup, revivingBackup, workOnBackup } from './backup/index.ts'

/** What travels through the queue for this area. */
export const messages = [
  messageType(
    'backup.work',
    { run_id: z.string() },
    {
      permission: 'backup.restore',
      handle: (ctx, { run_id }) => workOnBackup(ctx, run_id),
      giveUp: (ctx, { run_id }) => giveUpBackup(ctx, run_id),
      revive: (ctx, { run_id }) => revivingBackup(ctx, run_id),
    },
  ),
]
