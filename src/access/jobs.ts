import type { Context } from '#/platform/context.ts'
import type { Jobs } from '#/platform/job/schedule.ts'
import { forgetOldConfirmations } from './email-confirmation/index.ts'
import { forgetOldInvitations } from './invitation/index.ts'
import { forgetOldResets } from './password-reset/index.ts'
import { forgetOldSessions } from './session/index.ts'

/** All of which a token was mailed. */
const forgetOldTokens = async (ctx: Context) =>
  (await forgetOldResets(ctx)) + (await forgetOldConfirmations(ctx)) + (await forgetOldInvitations(ctx))

export const nightly = {
  'forget-old-sessions': forgetOldSessions,
  'forget-old-tokens': forgetOldTokens,
} satisfies Jobs
