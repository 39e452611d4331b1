/** The programs, courses and sections of the demo term. */
export const programs = [
  {
    code: 'INF',
    title: 'BSc in Informatics',
    title_el: 'Πρόγραμμα Σπουδών Πληροφορικής',
    degree: 'Bachelor of Science',
    credits_required: 240,
    grading_scheme: 'letters',
  },
  {
    code: 'PHI',
    title: 'BA in Philosophy',
    title_el: 'Πρόγραμμα Σπουδών Φιλοσοφίας',
    degree: 'Bachelor of Arts',
    credits_required: 240,
    grading_scheme: 'greek-20',
  },
] as const

export const courses = [
  {
    code: 'INF101',
    program: 'INF',
    credits: 6,
    title: 'Introduction to Programming',
    title_el: 'Εισαγωγή στον Προγραμματισμό',
  },
  { code: 'INF102', program: 'INF', credits: 6, title: 'Discrete Mathematics', title_el: 'Διακριτά Μαθηματικά' },
  { code: 'INF201', program: 'INF', credits: 7.5, title: 'Databases', title_el: 'Βάσεις Δεδομένων' },
  { code: 'INF202', program: 'INF', credits: 6, title: 'Operating Systems', title_el: 'Λειτουργικά Συστήματα' },
  {
    code: 'PHI101',
    program: 'PHI',
    credits: 5,
    title: 'Introduction to Philosophy',
    title_el: 'Εισαγωγή στη Φιλοσοφία',
  },
  { code: 'PHI102', program: 'PHI', credits: 5, title: 'Logic', title_el: 'Λογική' },
  {
    code: 'PHI201',
    program: 'PHI',
    credits: 7.5,
    title: 'Ethics of Aristotle',
    title_el: 'Ἠθικὰ Νικομάχεια: η ηθική του Αριστοτέλη',
  },
  { code: 'PHI202', program: 'PHI', credits: 5, title: 'Philosophy of Science', title_el: 'Φιλοσοφία της Επιστήμης' },
] as const

/** Of courses whose sections begin with categories; the others are weighed by their assessments. */
export const evaluationRules: Partial<Record<(typeof courses)[number]['code'], readonly object[]>> = {
  PHI201: [
    { name: 'Essays', name_el: 'Εργασίες', weight: 40, aggregation: 'mean', drop_lowest: 1 },
    { name: 'Exam', name_el: 'Εξέταση', weight: 60, aggregation: 'weighted', drop_lowest: 0 },
  ],
}

/** The days on which the attendance of INF101 was taken. */
export const attendanceDates = ['2026-02-23', '2026-03-02', '2026-03-09', '2026-03-16', '2026-03-30', '2026-04-06']

export const terms = [
  {
    code: '2026S',
    name: 'Spring 2026',
    name_el: 'Εαρινό εξάμηνο 2025-2026',
    start_date: '2026-02-16',
    end_date: '2026-06-30',
  },
  {
    code: '2026W',
    name: 'Winter 2026',
    name_el: 'Χειμερινό εξάμηνο 2026-2027',
    start_date: '2026-10-01',
    end_date: '2027-02-15',
  },
] as const

type Stage = 'frozen' | 'published' | 'draft' | 'graded so far'

interface DemoSection {
  course: (typeof courses)[number]['code']
  term: (typeof terms)[number]['code']
  number: string
  capacity: number
  teacher: 'teacher' | 'teacher2'
  stage: Stage
  takesAttendance?: boolean
}

/** A spring that is over and a winter that is running; one section has no seat left and a waitlist. */
export const sections: readonly DemoSection[] = [
  {
    course: 'INF101',
    term: '2026S',
    number: '1',
    capacity: 40,
    teacher: 'teacher',
    stage: 'frozen',
    takesAttendance: true,
  },
  { course: 'INF102', term: '2026S', number: '1', capacity: 40, teacher: 'teacher2', stage: 'frozen' },
  { course: 'PHI101', term: '2026S', number: '1', capacity: 40, teacher: 'teacher2', stage: 'frozen' },
  { course: 'PHI102', term: '2026S', number: '1', capacity: 40, teacher: 'teacher', stage: 'published' },
  { course: 'INF201', term: '2026W', number: '1', capacity: 15, teacher: 'teacher', stage: 'draft' },
  { course: 'INF201', term: '2026W', number: '2', capacity: 20, teacher: 'teacher2', stage: 'graded so far' },
  { course: 'INF202', term: '2026W', number: '1', capacity: 40, teacher: 'teacher', stage: 'graded so far' },
  { course: 'PHI201', term: '2026W', number: '1', capacity: 40, teacher: 'teacher2', stage: 'draft' },
  { course: 'PHI202', term: '2026W', number: '1', capacity: 40, teacher: 'teacher2', stage: 'graded so far' },
]
