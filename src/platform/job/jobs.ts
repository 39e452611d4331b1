import { countRows } from '#/platform/database/list/count-rows.ts'
import { forgetOldKeys, forgetOldReceipts } from '#/platform/database/write/idempotency.ts'
import { forgetOldMails } from '#/platform/mail/mail-once.ts'
import { sweepOutbox } from '#/platform/queue/sweep-outbox.ts'
import type { Jobs } from './schedule.ts'

export const often = {
  'sweep-outbox': sweepOutbox,
  'forget-old-receipts': forgetOldReceipts,
  'count-rows': countRows,
} satisfies Jobs

export const nightly = { 'forget-old-keys': forgetOldKeys, 'forget-old-mails': forgetOldMails } satisfies Jobs
