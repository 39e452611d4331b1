/** The words of the API, each list once: for schemas, tables, permissions and messages. A test compares them with the CHECKs of the database. */

export const roles = ['admin', 'registrar', 'faculty', 'student', 'anonymous'] as const
export type Role = (typeof roles)[number]

/** Roles that an account can have. */
export const accountRoles = ['admin', 'registrar', 'faculty', 'student'] as const

export const tiers = ['free', 'pro', 'enterprise'] as const
export type Tier = (typeof tiers)[number]

export const languages = ['en', 'el'] as const
export type Language = (typeof languages)[number]

/** Languages whose own letters stand behind others when names are put in order; none of them: accents do not matter. */
export const nameOrders = ['', 'sv', 'da', 'es'] as const
export type NameOrder = (typeof nameOrders)[number]

/** How a request counts against the rate limits of its account, its address, or whomever it tries to be. */
export const limitClasses = [
  'sign-in',
  'proof',
  'refresh',
  'token',
  'reset',
  'register',
  'read',
  'write',
  'heavy',
  'chat',
  'public',
  'verify',
] as const
export type LimitClass = (typeof limitClasses)[number]

/** What an answer to a new row may add: it may be somebody known already, or its number or code is told from another's only by 0 and O or leading zeros. */
export const warnings = ['LIKELY_TWIN', 'LOOKS_ALIKE'] as const

export const repeatPolicies = ['best', 'last', 'average', 'first'] as const
/** How a grade comes to a whole step of its scale: to the nearer, a half up, or cut off. */
export const roundings = ['half_up', 'down'] as const

export const aggregations = ['weighted', 'mean', 'latest'] as const
export type Aggregation = (typeof aggregations)[number]
/** What a category is made of: assessments, or the attendance of the student. */
export const categoryKinds = ['assessments', 'attendance'] as const
export type CategoryKind = (typeof categoryKinds)[number]
export const assessmentTypes = ['midterm', 'final', 'quiz', 'assignment', 'project'] as const
/** What clashes when two sections meet at one time. */
export const clashKinds = ['student', 'room', 'instructor'] as const
export const requirementKinds = ['prerequisite', 'corequisite'] as const
export const outcomes = ['graded', 'incomplete', 'withdrawn', 'pass', 'fail'] as const
export type Outcome = (typeof outcomes)[number]
/** What a change may make of a result. */
export const changedOutcomes = ['pass', 'fail'] as const
export const holdBlocks = ['enrollment', 'transcript', 'graduation'] as const
export const requestTypes = ['transcript', 'bonafide', 'noc', 'other'] as const
export const letterTypes = ['bonafide', 'noc'] as const
export const deadLetterStates = ['dead', 'retried'] as const
export const modes = ['beginner', 'expert'] as const
export const themes = ['system', 'light', 'dark'] as const
export const attendanceStates = ['present', 'absent', 'late', 'excused'] as const
export type AttendanceState = (typeof attendanceStates)[number]
/** What an excused absence is in the percentage: no record at all, or one of these. */
export const excusedCounts = ['left_out', 'present', 'absent'] as const
export const importFormats = ['csv', 'ndjson'] as const
/** What an empty cell does to the value that is there. */
export const blankCells = ['clear', 'keep'] as const
export type BlankCells = (typeof blankCells)[number]
/** How files write days: 2026-03-25, or 25/03/2026. */
export const dateForms = ['iso', 'dmy'] as const
export type DateForm = (typeof dateForms)[number]
export const problemSeverities = ['error', 'warning'] as const
export const importActions = ['create', 'update', 'same', 'error'] as const
export const scoreStates = ['graded', 'missing', 'excused', 'exempt', 'banked'] as const
export type ScoreState = (typeof scoreStates)[number]
export const termStates = ['open', 'closed'] as const
export type TermState = (typeof termStates)[number]
export const approvalStates = ['pending', 'approved', 'rejected', 'expired'] as const
export type ApprovalState = (typeof approvalStates)[number]
export const runTasks = ['backup', 'verify', 'restore'] as const
export const jobOutcomes = ['ok', 'failed'] as const

/** Words that stand in messages, with how each reads in Greek after "its state is". */
export interface Vocabulary<Word extends string = string> {
  readonly words: readonly [Word, ...Word[]]
  readonly greek: Readonly<Record<Word, string>>
}

const vocabulary = <Word extends string>(greek: Record<Word, string>): Vocabulary<Word> => ({
  words: Object.keys(greek) as [Word, ...Word[]],
  greek,
})

export const studentStates = vocabulary({
  active: 'ενεργός',
  on_leave: 'σε άδεια',
  suspended: 'σε αναστολή',
  graduated: 'απόφοιτος',
  withdrawn: 'αποχώρηση',
  removed: 'διαγραμμένος',
})

export const enrollmentStates = vocabulary({
  enrolled: 'ενεργή',
  dropped: 'διαγραμμένη',
  withdrawn: 'αποχώρηση',
  transferred: 'μεταφερμένη',
  completed: 'ολοκληρωμένη',
})
/** As they rest: what was transferred is a dropped one with that reason. */
export const restingEnrollmentStates = ['enrolled', 'dropped', 'withdrawn', 'completed'] as const
/** Why a seat ended. `left`: the student left the studies. */
export const endReasons = ['dropped', 'withdrawn', 'transferred', 'left', 'completed'] as const
/** Why a seat has nothing official yet. */
export const unresolvedReasons = ['no_work', 'no_result', 'draft_result', 'withdrawn_result'] as const
/** Rules that older data may break. */
export const legacyKinds = [
  'second_seat',
  'leaver_seat',
  'uncarried_work',
  'twin_student',
  'twin_program',
  'twin_course',
  'twin_term',
  'twin_scheme',
  'twin_category',
  'result_rounding',
  'term_dates',
  'birth_date',
  'raised_capacity',
] as const
export type LegacyKind = (typeof legacyKinds)[number]
/** Why a score does not go with a student to another section. */
export const stayReasons = ['no_counterpart', 'newer_score', 'official_result'] as const

export const holdKinds = vocabulary({
  financial: 'οικονομική',
  academic: 'ακαδημαϊκή',
  administrative: 'διοικητική',
  disciplinary: 'πειθαρχική',
})

export const resultStates = vocabulary({
  draft: 'πρόχειρο',
  published: 'δημοσιευμένο',
  frozen: 'οριστικοποιημένο',
})
export type ResultState = (typeof resultStates.words)[number]

export const changeStates = vocabulary({
  pending: 'εκκρεμής',
  approved: 'εγκεκριμένη',
  rejected: 'απορριφθείσα',
})
export type ChangeState = (typeof changeStates.words)[number]

export const requestStates = vocabulary({
  pending: 'εκκρεμής',
  approved: 'εγκεκριμένη',
  rejected: 'απορριφθείσα',
  completed: 'ολοκληρωμένη',
  cancelled: 'ακυρωμένη',
})
export type RequestState = (typeof requestStates.words)[number]

export const transcriptJobStates = vocabulary({
  queued: 'σε αναμονή',
  rendering: 'υπό έκδοση',
  ready: 'έτοιμη',
  failed: 'αποτυχημένη',
})

export const applicationStates = vocabulary({
  draft: 'πρόχειρο',
  submitted: 'υποβληθείσα',
  under_review: 'υπό εξέταση',
  accepted: 'δεκτή',
  rejected: 'απορριφθείσα',
  waitlisted: 'σε λίστα αναμονής',
  matriculated: 'ολοκληρωμένη με εγγραφή',
  withdrawn: 'αποχώρηση',
})
export type ApplicationState = (typeof applicationStates.words)[number]

export const importStates = vocabulary({
  queued: 'σε αναμονή',
  reading: 'σε ανάγνωση',
  planning: 'σε σχεδιασμό',
  deciding: 'υπό απόφαση',
  needs_confirmation: 'σε αναμονή επιβεβαίωσης',
  updating: 'σε ενημέρωση',
  creating: 'σε δημιουργία',
  writing: 'σε εγγραφή',
  finishing: 'σε ολοκλήρωση',
  finished: 'ολοκληρωμένη',
  failed: 'αποτυχημένη',
})
