import type { Constraints } from '#/platform/errors.ts'
import { errors as studentErrors } from '#/people/student/errors.ts'
import { sharedErrors } from '#/platform/shared-errors.ts'

export const constraints = {
  student_note_student_missing: studentErrors.STUDENT_NOT_FOUND,
  student_note_append_only: sharedErrors.INTERNAL_SERVER_ERROR,
} satisfies Constraints
