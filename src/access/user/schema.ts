import * as z from 'zod'
import { newPassword, presentedPassword } from '#/access/identity/schema.ts'
import { email, id, instant, lifecycle, name, optional, patchOf } from '#/platform/fields.ts'
import { accountRoles, languages, tiers } from '#/platform/words.ts'

export const Registration = z
  .strictObject({ email, password: newPassword, full_name: name(200) })
  .meta({ id: 'Registration' })

const userFields = {
  email,
  full_name: name(200),
  role: z.enum(accountRoles),
  tier: z.enum(tiers).default('free').meta({ description: 'How much the account may ask for.' }),
  language: z.enum(languages).default('en'),
  is_active: z.boolean().default(true),
  student_id: optional(id).meta({ description: 'The student behind a student-role account.' }),
}

export const UserInput = z.strictObject({ ...userFields, password: newPassword }).meta({ id: 'UserInput' })
/** Without the password, which is its holder's alone. */
export const UserReplacement = z.strictObject(userFields).meta({ id: 'UserReplacement' })
export const UserChanges = patchOf(UserReplacement).meta({ id: 'UserChanges' })
export const User = z
  .object({
    id,
    ...userFields,
    email: z.string(),
    student_number: z.string().nullable(),
    student_name: z.string().nullable(),
    email_verified_at: instant
      .nullable()
      .meta({ description: 'When a token that was mailed to this e-mail came back. Null: nobody knows whose it is.' }),
    ...lifecycle,
  })
  .meta({ id: 'User' })

export const PasswordChange = z
  .strictObject({ current_password: presentedPassword, new_password: newPassword })
  .meta({ id: 'PasswordChange' })
