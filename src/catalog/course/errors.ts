import { type Constraints, errorsOf } from '#/platform/errors.ts'
import { sharedErrors } from '#/platform/shared-errors.ts'

export const errors = errorsOf({
  COURSE_NOT_FOUND: {
    status: 404,
    en: 'Course with id {id} not found.',
    el: 'Δεν βρέθηκε μάθημα με αναγνωριστικό {id}.',
  },
  COURSE_CODE_TAKEN: {
    status: 409,
    en: 'There is already a course whose code is, or looks like, {code}. Choose another.',
    el: 'Υπάρχει ήδη μάθημα με κωδικό ίδιο ή όμοιο στην όψη με τον {code}. Επιλέξτε άλλον.',
  },
  COURSE_IN_USE: {
    status: 409,
    en: 'The course {code} has sections, or another course requires it, and cannot be deleted. Archive it instead.',
    el: 'Το μάθημα {code} έχει τμήματα ή απαιτείται από άλλο μάθημα και δεν διαγράφεται. Αρχειοθετήστε το.',
  },
  COURSE_PROGRAM_NOT_FOUND: {
    status: 404,
    en: 'Program with id {program_id} not found.',
    el: 'Δεν βρέθηκε πρόγραμμα σπουδών με αναγνωριστικό {program_id}.',
    inFile: {
      en: 'There is no program {program_code} any more. Check the code, or restore it first.',
      el: 'Δεν υπάρχει πια πρόγραμμα {program_code}. Ελέγξτε τον κωδικό ή επαναφέρετέ το πρώτα.',
    },
  },
  REQUIRED_COURSE_NOT_FOUND: {
    status: 404,
    en: 'One of the required courses does not exist or is deleted. Check their ids, or restore it first.',
    el: 'Κάποιο από τα απαιτούμενα μαθήματα δεν υπάρχει ή έχει διαγραφεί. Ελέγξτε τα αναγνωριστικά τους ή επαναφέρετέ το πρώτα.',
  },
  COURSE_REQUIRES_ITSELF: {
    status: 400,
    en: 'A course cannot require itself. Leave it out of its own list.',
    el: 'Ένα μάθημα δεν μπορεί να απαιτεί τον εαυτό του. Αφαιρέστε το από τη δική του λίστα.',
  },
  REQUIREMENTS_CIRCULAR: {
    status: 400,
    en: 'With this nobody could take these courses, as each waits for the next: {circle}. Leave out one of these requirements. Courses that are taken at the same time are corequisites of each other: POST /api/v1/enrollments/bulk enrolls in both.',
    el: 'Έτσι κανείς δεν θα μπορούσε να πάρει αυτά τα μαθήματα, αφού το καθένα περιμένει το επόμενο: {circle}. Αφαιρέστε μία από αυτές τις απαιτήσεις. Μαθήματα που παρακολουθούνται μαζί είναι συναπαιτούμενα το ένα του άλλου: με POST /api/v1/enrollments/bulk γίνεται εγγραφή και στα δύο.',
  },
  COURSE_ARCHIVED: {
    status: 400,
    en: 'The course with id {course_id} is archived and takes no new sections. Choose another, or unarchive it first.',
    el: 'Το μάθημα με αναγνωριστικό {course_id} είναι αρχειοθετημένο και δεν δέχεται νέα τμήματα. Επιλέξτε άλλο ή βγάλτε το πρώτα από το αρχείο.',
    inFile: {
      en: 'The course {course_code} is archived and takes no new sections. Choose another, or unarchive it first.',
      el: 'Το μάθημα {course_code} είναι αρχειοθετημένο και δεν δέχεται νέα τμήματα. Επιλέξτε άλλο ή επαναφέρετέ το πρώτα.',
    },
  },
  EVALUATION_RULES_EXCEEDED: {
    status: 400,
    fields: ['rules'],
    en: 'Total weight of the evaluation rules of a course cannot exceed 100%. With these weights the total would be {total}%. Lower one of them.',
    el: 'Το συνολικό βάρος των κανόνων αξιολόγησης του μαθήματος δεν μπορεί να υπερβαίνει το 100%. Με αυτά τα βάρη το σύνολο θα ήταν {total}%. Μειώστε κάποιο.',
    plain: {
      en: 'Total weight of the evaluation rules of a course cannot exceed 100%. Lower one of them.',
      el: 'Το συνολικό βάρος των κανόνων αξιολόγησης του μαθήματος δεν μπορεί να υπερβαίνει το 100%. Μειώστε κάποιο.',
    },
  },
})

export const constraints = {
  'course.code': errors.COURSE_CODE_TAKEN,
  'course.code_key': errors.COURSE_CODE_TAKEN,
  course_legacy_flag: sharedErrors.INTERNAL_SERVER_ERROR,
  course_program_missing: errors.COURSE_PROGRAM_NOT_FOUND,
  course_requirement_missing: errors.REQUIRED_COURSE_NOT_FOUND,
  course_requirement_not_itself: errors.COURSE_REQUIRES_ITSELF,
  course_requirement_kind_known: sharedErrors.VALIDATION_ERROR,
  course_requirement_minimum_range: sharedErrors.VALIDATION_ERROR,
  course_in_use: errors.COURSE_IN_USE,
  section_course_archived: errors.COURSE_ARCHIVED,
  evaluation_rules_exceeded: errors.EVALUATION_RULES_EXCEEDED,
  'course_evaluation_rule.course_id, course_evaluation_rule.name': sharedErrors.VALIDATION_ERROR,
  evaluation_rule_name_apart: sharedErrors.VALIDATION_ERROR,
  evaluation_rule_weight_range: sharedErrors.VALIDATION_ERROR,
  evaluation_rule_aggregation_known: sharedErrors.VALIDATION_ERROR,
  evaluation_rule_drop_lowest_range: sharedErrors.VALIDATION_ERROR,
  evaluation_rule_kind_known: sharedErrors.VALIDATION_ERROR,
  course_credits_range: sharedErrors.VALIDATION_ERROR,
  course_absence_penalty_range: sharedErrors.VALIDATION_ERROR,
  course_attendance_rule_json: sharedErrors.VALIDATION_ERROR,
} satisfies Constraints
