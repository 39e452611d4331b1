import type { ErrorCode } from '#/platform/errors.ts'

export const studentNoteConstraints = {
  student_note_student_missing: 'STUDENT_NOT_FOUND',
  student_note_append_only: 'INTERNAL_SERVER_ERROR',
} satisfies Record<string, ErrorCode>
