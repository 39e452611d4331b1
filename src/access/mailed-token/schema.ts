import * as z from 'zod'
import { email, id, instant, line } from '#/platform/fields.ts'
import { newPassword } from '#/access/identity/index.ts'
import { accountRoles, languages } from '#/platform/words.ts'

const role = z.enum(accountRoles)
const language = z.enum(languages)
const token = line(200)

export const ResetRequest = z.strictObject({ email }).meta({ id: 'ResetRequest' })
export const ResetConfirmation = z.strictObject({ token, new_password: newPassword }).meta({ id: 'ResetConfirmation' })
export const Accepted = z.object({ accepted: z.literal(true) }).meta({ id: 'Accepted' })

export const InvitationInput = z
  .strictObject({ email, full_name: line(200), role, language: language.default('en') })
  .meta({ id: 'InvitationInput' })

export const Invitation = z
  .object({ id, email: z.string(), full_name: z.string(), role, language, expires_at: instant, created_at: instant })
  .meta({ id: 'Invitation' })

export const InvitationAcceptance = z
  .strictObject({ token, password: newPassword, full_name: line(200).optional() })
  .meta({ id: 'InvitationAcceptance' })
