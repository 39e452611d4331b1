import type { Context } from '#/platform/context.ts'
import { commonPasswords, type Holder, isCommon, isName, namesAround } from './guessable.ts'
import { refused } from '#/platform/validation/invalid.ts'

/** Lengths are in UTF-16 units, as sign-in counts them. */
const isLong = (password: string) => password.length > 128

/** What whoever guesses tries first. */
interface Guessable {
  common: ReadonlySet<string>
  names: readonly string[]
}

/** What a new password must be. */
const passwordRules = [
  {
    code: 'password_length',
    holds: (password: string) => password.length >= 8 && !isLong(password),
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
  {
    code: 'password_common',
    holds: (password: string, { common }: Guessable) => isLong(password) || !isCommon(password, common),
    en: 'Use no common password, not even with digits and special characters around it.',
    el: 'Μη χρησιμοποιείτε συνηθισμένο κωδικό, ούτε με ψηφία και ειδικούς χαρακτήρες γύρω του.',
  },
  {
    code: 'password_name',
    holds: (password: string, { names }: Guessable) => isLong(password) || !isName(password, names),
    en: 'Use neither your name nor your e-mail nor the name of the institution, not even with digits and special characters around it.',
    el: 'Μη χρησιμοποιείτε το όνομά σας, το e-mail σας ή το όνομα του ιδρύματος, ούτε με ψηφία και ειδικούς χαρακτήρες γύρω τους.',
  },
] as const

type Asking = Pick<Context, 'language' | 'settings' | 'env'>

/** Throws VALIDATION_ERROR with every rule that the new password breaks. `field` is its name in the body. */
export async function requireStrongPassword(ctx: Asking, password: string, field: string, holder: Partial<Holder>) {
  const found = await passwordProblems(ctx, password, holder)
  if (found.length > 0) throw refused(found.map((one) => ({ in: 'body', path: field, ...one })))
}

/** Every rule that it breaks, by its code and in words. */
export async function passwordProblems(ctx: Asking, password: string, holder: Partial<Holder>) {
  const { language, settings } = ctx
  const names = namesAround(holder, [settings.INSTITUTION_NAME, settings.INSTITUTION_NAME_EL])
  const common = await commonPasswords(ctx)
  return passwordRules
    .filter(({ holds }) => !holds(password, { common, names }))
    .map(({ code, [language]: message }) => ({ code, message }))
}
