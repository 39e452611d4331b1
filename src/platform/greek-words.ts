/**
 * The words of the API that stand in Greek messages, as they read after "its state is". Where one word serves several nouns the form is one
 * that suits them all.
 */
const greekWords: Record<string, string> = {
  // Requests, changes of results, applications
  pending: 'εκκρεμής',
  approved: 'εγκεκριμένη',
  rejected: 'απορριφθείσα',
  completed: 'ολοκληρωμένη',
  cancelled: 'ακυρωμένη',
  submitted: 'υποβληθείσα',
  under_review: 'υπό εξέταση',
  accepted: 'δεκτή',
  waitlisted: 'σε λίστα αναμονής',
  matriculated: 'ολοκληρωμένη με εγγραφή',
  // Results
  draft: 'πρόχειρο',
  published: 'δημοσιευμένο',
  frozen: 'οριστικοποιημένο',
  // Transcript jobs
  queued: 'σε αναμονή',
  rendering: 'υπό έκδοση',
  ready: 'έτοιμη',
  failed: 'αποτυχημένη',
  // Imports
  reading: 'σε ανάγνωση',
  planning: 'σε σχεδιασμό',
  deciding: 'υπό απόφαση',
  needs_confirmation: 'σε αναμονή επιβεβαίωσης',
  updating: 'σε ενημέρωση',
  creating: 'σε δημιουργία',
  writing: 'σε εγγραφή',
  finishing: 'σε ολοκλήρωση',
  finished: 'ολοκληρωμένη',
  // Students
  active: 'ενεργός',
  on_leave: 'σε άδεια',
  suspended: 'σε αναστολή',
  graduated: 'απόφοιτος',
  withdrawn: 'αποχώρηση',
  // Enrollments
  enrolled: 'ενεργή',
  dropped: 'διαγραμμένη',
  // Terms
  open: 'ανοιχτό',
  closed: 'κλειστό',
  // Scores
  graded: 'βαθμολογημένη',
  missing: 'ελλείπουσα',
  excused: 'δικαιολογημένη',
  exempt: 'απαλλαγή',
  banked: 'κατοχυρωμένη',
  // Attendance
  present: 'παρουσία',
  absent: 'απουσία',
  late: 'καθυστέρηση',
  // Holds
  financial: 'οικονομική',
  academic: 'ακαδημαϊκή',
  administrative: 'διοικητική',
  disciplinary: 'πειθαρχική',
  // What a course asks for
  prerequisite: 'προαπαιτούμενο',
  corequisite: 'συναπαιτούμενο',
}

/** Parameters of messages that carry such words, or several with commas between; all others are names, numbers and dates. */
const wordParams = new Set(['status', 'state', 'wanted', 'allowed', 'kind'])

/** A parameter of a message as a Greek reader should see it. */
export const inGreek = (param: string, text: string): string =>
  wordParams.has(param)
    ? text
        .split(', ')
        .map((word) => greekWords[word] ?? word)
        .join(', ')
    : text
