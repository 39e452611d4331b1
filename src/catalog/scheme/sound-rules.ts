import { fits, type Rule } from '#/platform/database/rule/rule.ts'
import { errors } from './errors.ts'
import { problemsOf, type SchemeRow } from './rules.ts'

/** `requireSound` as rules: what is wrong with the bands shows without the pass mark. */
export const soundRules: readonly Rule[] = (['bands', 'pass_minimum'] as const).map((field) =>
  fits(errors.SCHEME_UNSOUND, field === 'bands' ? [field] : [field, 'bands'], (row, { ctx: { language } }) =>
    problemsOf({ ...unsaid, ...row } as SchemeRow, language).filter(({ path }) => path === field),
  ),
)

/** What a scheme is where its body says nothing. */
const unsaid = { code: '', scale_max: 100, step: 0.01, rounding: 'half_up', pass_minimum: 0 }
