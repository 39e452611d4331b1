import { type Constraints, errorsOf } from '#/platform/errors.ts'
import { holdKinds } from '#/platform/words.ts'
import { studentErrors } from '#/people/student/index.ts'
import { sharedErrors } from '#/platform/shared-errors.ts'

export const errors = errorsOf({
  HOLD: {
    status: 400,
    en: 'A {kind} hold blocks this. Ask {office} how to have it released.',
    el: 'Υπάρχει δέσμευση ({kind}) που το εμποδίζει. Για την άρση της απευθυνθείτε εδώ: {office}.',
    words: { kind: holdKinds },
  },
  HOLD_NOT_FOUND: {
    status: 404,
    en: 'Hold with id {id} not found.',
    el: 'Δεν βρέθηκε δέσμευση με αναγνωριστικό {id}.',
  },
  HOLD_ALREADY_RELEASED: {
    status: 409,
    en: 'This hold has already been released. There is nothing left to do.',
    el: 'Αυτή η δέσμευση έχει ήδη αρθεί. Δεν χρειάζεται άλλη ενέργεια.',
  },
  HOLD_DAYS_INVALID: {
    status: 422,
    fields: ['until', 'from'],
    en: 'The last day of the hold is before its first day. Correct one of the two.',
    el: 'Η τελευταία ημέρα της δέσμευσης είναι πριν από την πρώτη. Διορθώστε μία από τις δύο.',
  },
})

export const constraints = {
  hold_student_missing: studentErrors.STUDENT_NOT_FOUND,
  hold_is_released: errors.HOLD_ALREADY_RELEASED,
  hold_days_ordered: errors.HOLD_DAYS_INVALID,
  hold_kind_known: sharedErrors.VALIDATION_ERROR,
  hold_blocks_something: sharedErrors.VALIDATION_ERROR,
} satisfies Constraints
