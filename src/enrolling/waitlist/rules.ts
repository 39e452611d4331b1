import type { Language } from '#/platform/words.ts'
import { declaredError, messageOf, type Params } from '#/platform/errors.ts'

/** An entry with the reason for its being skipped in words. */
export const presentEntry = <Entry extends { skipped_reason: { code: string; params: Params } | null }>(
  entry: Entry,
  language: Language,
) => {
  const { skipped_reason: reason } = entry
  return {
    ...entry,
    skipped_reason: reason && {
      code: reason.code,
      message: messageOf(declaredError(reason.code)!, reason.params, language),
    },
  }
}
