import type { Jobs } from '#/platform/job/schedule.ts'
import { forgetOldConfirmations } from './email-confirmation/index.ts'
import { forgetOldTokens } from './mailed-token/index.ts'
import { forgetOldFailures, forgetOldSessions } from './session/index.ts'

export const nightly = {
  'forget-old-sessions': forgetOldSessions,
  'forget-old-failures': forgetOldFailures,
  'forget-old-tokens': forgetOldTokens,
  'forget-old-confirmations': forgetOldConfirmations,
} satisfies Jobs
