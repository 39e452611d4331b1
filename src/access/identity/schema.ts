import * as z from 'zod'
import { id } from '#/platform/fields.ts'
import { accountRoles, languages, tiers } from '#/platform/words.ts'

export const Account = z
  .object({
    id,
    email: z.string(),
    full_name: z.string(),
    role: z.enum(accountRoles),
    tier: z.enum(tiers),
    language: z.enum(languages),
    student_id: id.nullable(),
  })
  .meta({ id: 'Account' })

/** Any text is taken: the rules for new passwords must not tell apart old ones. */
export const presentedPassword = z.string().min(1).max(128)

/** Of a new password; the rules judge it, so that all that is wrong is said at once. */
export const newPassword = z.string().meta({
  description:
    '8 to 128 characters; upper and lower case, a digit, a special character, no whitespace; no common password and no name of the holder or the institution, with or without digits around it.',
})

export type Account = z.output<typeof Account>
