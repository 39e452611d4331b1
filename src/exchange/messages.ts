import * as z from 'zod'
import { messageType } from '#/platform/queue/message-types.ts'
import { giveUpImport, revivingImport, workInBackground } from './import/index.ts'

/** What travels through the queue for this area. */
export const messages = [
  messageType(
    'import.work',
    { import_id: z.string() },
    {
      permission: 'import.create',
      handle: (ctx, { import_id }) => workInBackground(ctx, import_id),
      giveUp: (ctx, { import_id }) => giveUpImport(ctx, import_id),
      revive: (ctx, { import_id }) => revivingImport(ctx, import_id),
    },
  ),
]
