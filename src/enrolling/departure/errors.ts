import { errorsOf, type Phrase } from '#/platform/errors.ts'

export const errors = errorsOf({
  DROP_DEADLINE_PASSED: {
    status: 400,
    en: 'The last day to drop was {drop_deadline}. {next}',
    el: 'Η τελευταία ημέρα διαγραφής ήταν {drop_deadline}. {next}',
  },
  DROP_INSTEAD: {
    status: 400,
    en: 'The seat can still be dropped, which leaves no grade: POST /api/v1/enrollments/{id}/drop. {last}',
    el: 'Η εγγραφή μπορεί ακόμη να διαγραφεί χωρίς βαθμό: POST /api/v1/enrollments/{id}/drop. {last}',
  },
  WITHDRAW_DEADLINE_PASSED: {
    status: 400,
    en: 'The last day to withdraw was {withdraw_deadline}. The registrar may still do it and says why in `reason`.',
    el: 'Η τελευταία ημέρα αποχώρησης ήταν {withdraw_deadline}. Η γραμματεία μπορεί ακόμη να την καταχωρίσει, με αιτιολογία στο `reason`.',
  },
})

/** What DROP_DEADLINE_PASSED advises: a W, which the registry alone gives behind the last day for it. */
export const leavingWithW = (id: number, isLate: boolean): Phrase => {
  const address = `POST /api/v1/enrollments/${id}/withdraw`
  return isLate
    ? {
        en: `The last day to withdraw has passed, too: ask the registry, which may still do it with a reason (${address}).`,
        el: `Έχει περάσει και η τελευταία ημέρα αποχώρησης: απευθυνθείτε στη γραμματεία, που μπορεί ακόμη να την καταχωρίσει με αιτιολογία (${address}).`,
      }
    : { en: `To leave with a W: ${address}.`, el: `Για αποχώρηση με W: ${address}.` }
}

/** What DROP_INSTEAD says of the day until which that is so. */
export const lastDayToDrop = (day: string | null): Phrase =>
  day === null
    ? { en: 'The term has no last day for it.', el: 'Το εξάμηνο δεν έχει τελευταία ημέρα γι’ αυτό.' }
    : { en: `The last day for it is ${day}.`, el: `Η τελευταία ημέρα γι’ αυτό είναι ${day}.` }
