import type { Constraints } from '#/platform/errors.ts'
import { sharedErrors } from '#/platform/shared-errors.ts'

export const constraints = {
  preference_mode_known: sharedErrors.VALIDATION_ERROR,
  preference_theme_known: sharedErrors.VALIDATION_ERROR,
  preference_show_tooltips_flag: sharedErrors.VALIDATION_ERROR,
  preference_completed_guides_limit: sharedErrors.VALIDATION_ERROR,
} satisfies Constraints
