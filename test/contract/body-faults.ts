import { persona, type World } from '../world.ts'
import { type Fault, fault, nowhere } from './fault.ts'
import { future, past } from '../under-way.ts'

type Body = Record<'user_ids' | 'records' | 'scores', unknown[]> & Record<string, unknown>
type Faults = (w: World, body: Body, path: string) => Fault[] | Promise<Fault[]>

const weak: Faults = () => [fault('password_length', 'password', 'Sho-9x!')]
const weakNew: Faults = () => [fault('password_length', 'new_password', 'Sho-9x!')]
const student = () => fault('STUDENT_NOT_FOUND', 'student_id', nowhere)
const section = () => fault('SECTION_NOT_FOUND', 'section_id', nowhere)
const ofPath = (path: string) => Number(/\d+/.exec(path)![0])

const target: Faults = () => [
  { code: 'SECTION_NOT_FOUND', at: 'section_id', given: { section_id: nowhere, result_id: undefined } },
  { code: 'RESULT_NOT_FOUND', at: 'result_id', given: { section_id: undefined, result_id: nowhere } },
]

const ofEnrollment =
  (first: string, last: string): Faults =>
  () => [
    fault('invalid', 'member_from', '2001-01-01'),
    fault('invalid', 'member_until', '2999-01-01'),
    {
      code: 'MEMBERSHIP_ENDS_BEFORE_START',
      at: 'member_until',
      given: { member_from: first, member_until: last },
    },
    fault('not_one_of', 'status', 'transferred'),
  ]

/** Of every operation that has rules of its own: what, given in place of the same fields of its sample, breaks each. */
export const ruledBodies: Record<string, Faults> = {
  register: weak,
  acceptInvitation: weak,
  changePassword: weakNew,
  confirmPasswordReset: weakNew,
  inviteUser: async () => [fault('EMAIL_TAKEN', 'email', (await persona('faculty')).email)],
  setRequirements: (_, __, path) => {
    const of = (course_id: number) => [{ any_of: [{ course_id }] }]
    return (['prerequisites', 'corequisites'] as const).flatMap((kind) =>
      [
        fault('REQUIRED_COURSE_NOT_FOUND', `${kind}.0.any_of.0.course_id`, undefined),
        fault('COURSE_REQUIRES_ITSELF', `${kind}.0.any_of.0.course_id`, undefined),
      ].map(({ code, at }) => ({
        code,
        at,
        given: { [kind]: of(code === 'COURSE_REQUIRES_ITSELF' ? ofPath(path) : nowhere) },
      })),
    )
  },
  setEvaluationRules: () => [
    fault('EVALUATION_RULES_EXCEEDED', 'rules', [
      { name: 'Work', weight: 60 },
      { name: 'Exam', weight: 40.01 },
    ]),
  ],
  assignInstructors: async (w, { user_ids: [mine] }) => {
    const teacher = await w.teacher()
    const instructors = (one: object) => ({ user_ids: undefined, instructors: [one] })
    return [
      fault('INSTRUCTOR_NOT_FOUND', 'user_ids.1', [mine, (await w.studentPersona()).userId]),
      { code: 'INSTRUCTOR_NOT_FOUND', at: 'instructors.0.user_id', given: instructors({ user_id: nowhere }) },
      {
        code: 'read_only',
        at: 'instructors.0.full_name',
        given: instructors({ user_id: teacher.userId, full_name: 'Somebody Else' }),
      },
    ]
  },
  setMeetings: () => [
    fault('MEETINGS_OVERLAP', 'meetings.1', [
      { weekday: 1, start: '09:00', end: '11:00' },
      { weekday: 1, start: '10:59', end: '12:00' },
    ]),
  ],
  placeHold: () => [
    fault('HOLD_DAYS_INVALID', 'until', '2001-01-01', 'from'),
    { code: 'HOLD_DAYS_INVALID', at: 'until', given: { from: '2026-12-02', until: '2026-12-01' } },
  ],
  grantOverride: () =>
    ['section_id', 'course_id', 'term_id'].map((at) => ({
      code: 'OVERRIDE_SCOPE_NOT_FOUND',
      at,
      given: { section_id: undefined, course_id: undefined, term_id: undefined, [at]: nowhere },
    })),
  enrollStudent: () => [student()],
  checkEnrollment: () => [student()],
  joinWaitlist: () => [student()],
  transferEnrollment: () => [section()],
  createEnrollment: () => [section(), student()],
  updateEnrollment: ofEnrollment('2026-11-02', '2026-11-01'),
  replaceEnrollment: ofEnrollment(future, past),
  takeAttendance: () => [
    fault('ATTENDANCE_IN_FUTURE', 'date', future),
    fault('ATTENDANCE_OUTSIDE_TERM', 'date', '2001-01-01'),
  ],
  updateResult: () => [fault('RESULT_REASON_REQUIRED', 'reason', undefined)],
  publishResults: target,
  freezeResults: target,
  requestResultChange: () => [
    fault('RESULT_NOT_FOUND', 'result_id', nowhere),
    fault('GRADE_NOT_IN_SCHEME', 'new_grade', 'Z', 'result_id'),
  ],
  decideResultChange: () => [fault('RESULT_CHANGE_NOT_FOUND', 'change_id', nowhere)],
  enqueueTranscript: () => [student()],
  enqueueTranscripts: () => [
    { code: 'SECTION_NOT_FOUND', at: 'section_id', given: { section_id: nowhere, student_ids: undefined } },
    { code: 'PROGRAM_NOT_FOUND', at: 'program_id', given: { program_id: nowhere, student_ids: undefined } },
  ],
}

const twice = [
  { name: 'Work', weight: 10 },
  { name: 'Work', weight: 10 },
]
const bothOf = (fields: Record<string, unknown>): Fault[] =>
  Object.keys(fields).map((at) => ({ code: 'invalid', at, given: fields }))

/** Of every check over several fields or entries of a body that its schema makes: what breaks it. */
export const crossedBodies: Record<string, Faults> = {
  stepUp: () => bothOf({ code: '123456', password: 'Any-Horse-9!' }),
  discloseTranscript: () => bothOf({ student_number: 'S1', date_of_birth: '2001-02-03' }),
  discloseDocument: () => bothOf({ student_number: 'S1', date_of_birth: '2001-02-03' }),
  setEvaluationRules: () => [fault('invalid', 'rules.1.name', twice)],
  setMeetings: () => [fault('invalid', 'meetings.0', [{ weekday: 1, start: '11:00', end: '09:00' }])],
  assignInstructors: (_, { user_ids }) => bothOf({ user_ids, instructors: [] }),
  grantOverride: (_, { section_id }) => bothOf({ section_id, course_id: 1 }),
  takeAttendance: (_, { records: [one] }) => [fault('invalid', 'records.1.student_id', [one, one])],
  saveGradebook: (_, { scores: [one] }) => [fault('invalid', 'scores.1.student_id', [one, one])],
  requestResultChange: (_, { new_grade }) => bothOf({ new_grade, new_percentage: 50 }),
  publishResults: (_, { result_id }) => bothOf({ result_id, section_id: 1 }),
  freezeResults: (_, { result_id }) => bothOf({ result_id, section_id: 1 }),
  enqueueTranscripts: (_, { student_ids }) => bothOf({ student_ids, section_id: 1 }),
}
