import type { ErrorCode } from '#/platform/errors.ts'

export const preferenceConstraints = {
  preference_mode_known: 'VALIDATION_ERROR',
  preference_theme_known: 'VALIDATION_ERROR',
  preference_show_tooltips_flag: 'VALIDATION_ERROR',
  preference_completed_guides_limit: 'VALIDATION_ERROR',
} satisfies Record<string, ErrorCode>
