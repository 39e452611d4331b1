import type { Language } from '../../context.ts'
import { ApiError } from '../../errors.ts'

/** What a new password must be. Lengths are in UTF-16 units, as sign-in counts them. */
const passwordRules = [
  {
    code: 'password_length',
    holds: (password: string) => password.length >= 8 && password.length <= 128,
    en: 'Use 8 to 128 characters.',
    el: 'Χρησιμοποιήστε 8 έως 128 χαρακτήρες.',
  },
  {
    code: 'password_upper',
    holds: (password: string) => /\p{Lu}/u.test(password),
    en: 'Use at least one capital letter.',
    el: 'Χρησιμοποιήστε τουλάχιστον ένα κεφαλαίο γράμμα.',
  },
  {
    code: 'password_lower',
    holds: (password: string) => /\p{Ll}/u.test(password),
    en: 'Use at least one small letter.',
    el: 'Χρησιμοποιήστε τουλάχιστον ένα πεζό γράμμα.',
  },
  {
    code: 'password_digit',
    holds: (password: string) => /\p{Nd}/u.test(password),
    en: 'Use at least one digit.',
    el: 'Χρησιμοποιήστε τουλάχιστον ένα ψηφίο.',
  },
  {
    code: 'password_special',
    holds: (password: string) => /[\p{P}\p{S}]/u.test(password),
    en: 'Use at least one special character, such as ! or -.',
    el: 'Χρησιμοποιήστε τουλάχιστον έναν ειδικό χαρακτήρα, όπως ! ή -.',
  },
  {
    code: 'password_whitespace',
    holds: (password: string) => !/\s/u.test(password),
    en: 'Use no spaces or line breaks.',
    el: 'Μη χρησιμοποιείτε κενά ή αλλαγές γραμμής.',
  },
] as const

/** Throws VALIDATION_ERROR with every rule that the new password breaks. `field` is its name in the body. */
export function requireStrongPassword(password: string, field: string, language: Language) {
  const errors = passwordRules
    .filter(({ holds }) => !holds(password))
    .map(({ code, [language]: message }) => ({ path: `body.${field}`, code, message }))
  if (errors.length > 0) throw new ApiError('VALIDATION_ERROR', {}, { details: { errors } })
}
