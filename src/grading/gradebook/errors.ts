import { errorsOf } from '#/platform/errors.ts'

export const errors = errorsOf({
  GRADING_SCHEME_MISSING: {
    status: 400,
    en: 'Students without a grading scheme: {count}, named in details.student_ids. Give the section or their programs one.',
    el: 'Φοιτητές χωρίς κλίμακα βαθμολογίας: {count}, στα details.student_ids. Ορίστε την στο τμήμα ή στα προγράμματά τους.',
  },
})
