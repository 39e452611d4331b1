import * as z from 'zod'
import { email, line } from '#/platform/fields.ts'

export const EmailConfirmationRequest = z.strictObject({ email }).meta({ id: 'EmailConfirmationRequest' })
export const EmailConfirmation = z.strictObject({ token: line(200) }).meta({ id: 'EmailConfirmation' })
