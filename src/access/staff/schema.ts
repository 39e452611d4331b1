import * as z from 'zod'
import { id } from '#/platform/fields.ts'
import { accountRoles } from '#/platform/words.ts'

export const staffRoles = accountRoles.filter((role) => role !== 'student')

export const StaffMember = z
  .object({ id, full_name: z.string(), role: z.enum(staffRoles) })
  .meta({ id: 'StaffMember', description: 'Whom a section can have as instructor: `user_ids` takes the id.' })
