import type { Context } from '#/platform/context.ts'
import { declaredError, messageOf, type Params } from '#/platform/errors.ts'
import { withMoments } from '#/platform/text/moment.ts'
import { reachOf } from '#/platform/policy.ts'
import type { Role } from '#/platform/words.ts'

/**
 * An entry with the reason for its being skipped in words. It quotes holds, credits and courses of the student: only those learn it who may
 * ask whether the student could be enrolled. Others see that a seat passed by.
 */
export const presentEntry = <Entry extends { skipped_reason: { code: string; params: Params } | null }>(
  { actor, language, settings }: Pick<Context, 'actor' | 'language' | 'settings'>,
  entry: Entry,
) => {
  const reason = reachOf('enrollment.check', actor.role as Role) ? entry.skipped_reason : null
  return {
    ...entry,
    skipped_reason: reason && {
      code: reason.code,
      message: withMoments(
        messageOf(declaredError(reason.code)!, reason.params, language),
        language,
        settings.INSTITUTION_TIMEZONE,
      ),
    },
  }
}
