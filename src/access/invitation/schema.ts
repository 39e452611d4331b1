import * as z from 'zod'
import { email, id, instant, line, name } from '#/platform/fields.ts'
import { newPassword } from '#/access/identity/index.ts'
import { accountRoles, languages } from '#/platform/words.ts'

const role = z.enum(accountRoles)
const language = z.enum(languages)

export const InvitationInput = z
  .strictObject({ email, full_name: name(200), role, language: language.default('en') })
  .meta({ id: 'InvitationInput' })

export const Invitation = z
  .object({
    id,
    email: z.string(),
    full_name: z.string(),
    role,
    language,
    invited_by: id.nullable(),
    invited_by_name: z.string().nullable(),
    expires_at: instant,
    accepted_at: instant.nullable(),
    voided_at: instant.nullable().meta({
      description:
        'When it was withdrawn, a newer one for the same e-mail took its place, or whoever invited was an administrator no more.',
    }),
    created_at: instant,
  })
  .meta({ id: 'Invitation' })

export const InvitationAcceptance = z
  .strictObject({ token: line(200), password: newPassword, full_name: name(200).optional() })
  .meta({ id: 'InvitationAcceptance' })
