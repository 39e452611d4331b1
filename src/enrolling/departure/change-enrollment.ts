import type * as z from 'zod'
import type { Context } from '#/platform/context.ts'
import { dropEnrollment } from './drop-enrollment.ts'
import type { EnrollmentChanges } from '#/enrolling/enrollment/schema.ts'
import { withdrawEnrollment } from './withdraw-enrollment.ts'

/** Of an enrollment only the status changes, by the rules of dropping and withdrawing. */
export const changeEnrollment = (ctx: Context, id: number, { status, reason }: z.output<typeof EnrollmentChanges>) =>
  status === 'dropped' ? dropEnrollment(ctx, id, reason) : withdrawEnrollment(ctx, id, reason)
