import { type Constraints, errorsOf } from '#/platform/errors.ts'
import { sharedErrors } from '#/platform/shared-errors.ts'

export const errors = errorsOf({
  SECTION_NOT_FOUND: {
    status: 404,
    fields: ['section_id'],
    en: 'Section with id {id} not found.',
    el: 'Δεν βρέθηκε τμήμα με αναγνωριστικό {id}.',
    inFile: {
      en: 'There is no such section of {course_code} in {term_code} any more. Restore it first, or leave the line out.',
      el: 'Δεν υπάρχει πια τέτοιο τμήμα του {course_code} στο {term_code}. Επαναφέρετέ το πρώτα ή παραλείψτε τη γραμμή.',
    },
  },
  SECTION_NUMBER_TAKEN: {
    status: 409,
    en: 'This course already has a section {number} in this term. Choose another number.',
    el: 'Το μάθημα έχει ήδη τμήμα {number} σε αυτό το εξάμηνο. Επιλέξτε άλλον αριθμό.',
  },
  SECTION_IN_USE: {
    status: 409,
    en: 'The section has enrollments, a waitlist, assessments or categories and cannot be deleted. Delete those first, enrollments that have ended, too.',
    el: 'Το τμήμα έχει εγγραφές, λίστα αναμονής, αξιολογήσεις ή κατηγορίες και δεν διαγράφεται. Διαγράψτε πρώτα αυτά, και τις εγγραφές που έχουν λήξει.',
  },
  SECTION_COURSE_NOT_FOUND: {
    status: 404,
    en: 'Course with id {course_id} not found.',
    el: 'Δεν βρέθηκε μάθημα με αναγνωριστικό {course_id}.',
    inFile: {
      en: 'There is no course {course_code} any more. Check the code, or restore it first.',
      el: 'Δεν υπάρχει πια μάθημα {course_code}. Ελέγξτε τον κωδικό ή επαναφέρετέ το πρώτα.',
    },
  },
  SECTION_TERM_NOT_FOUND: {
    status: 404,
    en: 'Term with id {term_id} not found.',
    el: 'Δεν βρέθηκε εξάμηνο με αναγνωριστικό {term_id}.',
    inFile: {
      en: 'There is no term {term_code} any more. Check the code, or restore it first.',
      el: 'Δεν υπάρχει πια εξάμηνο {term_code}. Ελέγξτε τον κωδικό ή επαναφέρετέ το πρώτα.',
    },
  },
  SECTION_CAPACITY_BELOW_SEATS: {
    status: 409,
    fields: ['capacity'],
    en: 'More seats are taken than fit (capacity {capacity}). Give at least as many as are taken, or drop some whose results are not official.',
    el: 'Οι θέσεις που έχουν δοθεί είναι περισσότερες από όσες χωρούν (χωρητικότητα {capacity}). Δώστε τουλάχιστον όσες έχουν δοθεί ή διαγράψτε μερικές χωρίς επίσημο αποτέλεσμα.',
  },
  SECTION_HAS_RESULTS: {
    status: 409,
    en: 'The section has official results: it is never deleted, and stays with its course and term. For other teaching create a new section.',
    el: 'Το τμήμα έχει επίσημα αποτελέσματα: δεν διαγράφεται και μένει στο μάθημα και το εξάμηνό του. Για άλλη διδασκαλία δημιουργήστε νέο τμήμα.',
  },
  SECTION_HAS_ENROLLMENTS: {
    status: 409,
    en: 'Students have had seats in this section, so it stays with its course and term. Create a new section there.',
    el: 'Στο τμήμα έχουν εγγραφεί φοιτητές, άρα μένει στο μάθημα και το εξάμηνό του. Δημιουργήστε εκεί νέο τμήμα.',
  },
  SECTION_GRADED: {
    status: 409,
    en: 'Results of this section are official, so its code, title, credits and grading scheme stay. Create a new section for those to whom others apply; a grade is corrected by POST /api/v1/results/change-request.',
    el: 'Το τμήμα έχει επίσημα αποτελέσματα, άρα κωδικός, τίτλος, μονάδες και κλίμακα δεν αλλάζουν. Για όσους ισχύουν άλλα, δημιουργήστε νέο τμήμα· ένας βαθμός διορθώνεται με POST /api/v1/results/change-request.',
  },
  SECTION_SCHEME_NOT_FOUND: {
    status: 404,
    fields: ['grading_scheme'],
    en: 'There is no grading scheme with the code {grading_scheme}. Check the code.',
    el: 'Δεν υπάρχει κλίμακα βαθμολογίας με κωδικό {grading_scheme}. Ελέγξτε τον κωδικό.',
  },
  MEETINGS_OVERLAP: {
    status: 400,
    en: 'Two of the meetings are at the same time. Change the time of one.',
    el: 'Δύο από τις συναντήσεις είναι την ίδια ώρα. Αλλάξτε την ώρα της μίας.',
  },
  INSTRUCTOR_NOT_FOUND: {
    status: 404,
    en: 'One of the instructors is not an active staff account. Check the user_ids.',
    el: 'Κάποιος από τους διδάσκοντες δεν είναι ενεργός λογαριασμός προσωπικού. Ελέγξτε τα user_ids.',
  },
})

export const constraints = {
  'section.course_id, section.term_id, section.number': errors.SECTION_NUMBER_TAKEN,
  section_number_taken: errors.SECTION_NUMBER_TAKEN,
  section_in_use: errors.SECTION_IN_USE,
  section_has_results: errors.SECTION_HAS_RESULTS,
  section_stays_with_course: errors.SECTION_HAS_ENROLLMENTS,
  section_course_missing: errors.SECTION_COURSE_NOT_FOUND,
  section_term_missing: errors.SECTION_TERM_NOT_FOUND,
  section_graded: errors.SECTION_GRADED,
  section_credits_range: sharedErrors.VALIDATION_ERROR,
  section_absence_penalty_range: sharedErrors.VALIDATION_ERROR,
  section_attendance_rule_json: sharedErrors.VALIDATION_ERROR,
  section_scheme_missing: errors.SECTION_SCHEME_NOT_FOUND,
  section_instructor_missing: errors.INSTRUCTOR_NOT_FOUND,
  section_meeting_weekday_range: sharedErrors.VALIDATION_ERROR,
  section_meeting_times: sharedErrors.VALIDATION_ERROR,
  section_meeting_ordered: sharedErrors.VALIDATION_ERROR,
  section_capacity_range: sharedErrors.VALIDATION_ERROR,
  section_waitlist_capacity_range: sharedErrors.VALIDATION_ERROR,
} satisfies Constraints
