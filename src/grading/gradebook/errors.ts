import { errorsOf } from '#/platform/errors.ts'

export const errors = errorsOf({
  GRADING_SCHEME_MISSING: {
    status: 400,
    en: 'No grading scheme for {count} students. Give the section or their programs one; details.student_ids names them.',
    el: 'Λείπει κλίμακα βαθμολογίας για {count} φοιτητές. Ορίστε την στο τμήμα ή στα προγράμματά τους· το details.student_ids τους αναφέρει.',
  },
})
