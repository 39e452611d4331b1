import type { ErrorCode, ErrorText } from '../../errors.ts'

export const courseErrors = {
  COURSE_NOT_FOUND: {
    status: 404,
    en: 'Course with id {id} not found.',
    el: 'Δεν βρέθηκε μάθημα με αναγνωριστικό {id}.',
  },
  COURSE_CODE_TAKEN: {
    status: 409,
    en: 'There is already a course with the code {code}.',
    el: 'Υπάρχει ήδη μάθημα με κωδικό {code}.',
  },
  COURSE_IN_USE: {
    status: 409,
    en: 'The course {code} has sections and cannot be deleted.',
    el: 'Το μάθημα {code} έχει τμήματα και δεν διαγράφεται.',
  },
  COURSE_PROGRAM_NOT_FOUND: {
    status: 404,
    en: 'Program with id {program_id} not found.',
    el: 'Δεν βρέθηκε πρόγραμμα σπουδών με αναγνωριστικό {program_id}.',
  },
  REQUIRED_COURSE_NOT_FOUND: {
    status: 404,
    en: 'One of the required courses does not exist.',
    el: 'Κάποιο από τα απαιτούμενα μαθήματα δεν υπάρχει.',
  },
  COURSE_REQUIRES_ITSELF: {
    status: 400,
    en: 'A course cannot require itself.',
    el: 'Ένα μάθημα δεν μπορεί να απαιτεί τον εαυτό του.',
  },
} satisfies Record<string, ErrorText>

export const courseConstraints = {
  'course.code': 'COURSE_CODE_TAKEN',
  course_program_missing: 'COURSE_PROGRAM_NOT_FOUND',
  course_requirement_missing: 'REQUIRED_COURSE_NOT_FOUND',
  course_requirement_not_itself: 'COURSE_REQUIRES_ITSELF',
  course_requirement_kind_known: 'VALIDATION_ERROR',
  course_requirement_minimum_range: 'VALIDATION_ERROR',
  course_in_use: 'COURSE_IN_USE',
  course_code_upper: 'VALIDATION_ERROR',
  course_credits_range: 'VALIDATION_ERROR',
  course_absence_penalty_range: 'VALIDATION_ERROR',
} satisfies Record<string, ErrorCode>
