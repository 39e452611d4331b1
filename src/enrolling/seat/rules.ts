import { type DeclaredError, filledIn, type Params, type Phrase } from '#/platform/errors.ts'
import { overlaps } from '#/enrolling/section/index.ts'
import { errors, takenNotes, waitlistNotes, windowNotes } from './errors.ts'
import { errors as holdErrors } from '#/enrolling/hold/errors.ts'

export interface Section {
  id: number
  number: string
  course_id: number
  course_code: string
  /** Of the course, decimal. */
  credits: number
  capacity: number
  seats_taken: number
  waitlist_capacity: number
  /** How many wait for a seat. */
  waiting: number
  term: {
    id: number
    code: string
    status: string
    enrollment_opens_at: string | null
    enrollment_closes_at: string | null
    turnstile_pace: number | null
  }
}

/** What a student has, or had for good: enrolled or completed. */
export interface Seat {
  /** Null as long as it is only being given. */
  id: number | null
  status: string
  /** 0 or 1: whether its result is official. */
  is_graded: number
  section_id: number
  section_number: string
  course_id: number
  course_code: string
  credits: number
  term_id: number
}

export interface Requirement {
  kind: 'prerequisite' | 'corequisite'
  group_number: number
  course_id: number
  course_code: string
  /** 0 or 1. */
  is_met: number
}

export interface Meeting {
  section_id: number
  weekday: number
  start: string
  end: string
  /** Of its term. */
  start_date: string
  end_date: string
}

/** What one student wants, and everything that may stand in the way. */
export interface EnrollmentCase {
  student: { status: string; credit_limit: number | null }
  section: Section
  /** The student's other seats, in the term and in those that have days in common with it. */
  seats: readonly Seat[]
  /** Courses that the student takes on together with this one. */
  company: readonly number[]
  /** Of the section and of the sections that `seats` are in. */
  meetings: readonly Meeting[]
  holds: readonly { kind: string; office: string }[]
  /** Whether the student has an official result of the section, whatever it is. */
  has_result: boolean
  /** What the course asks for; a group is met by any of its courses. */
  requirements: readonly Requirement[]
  /** UTC ISO 8601. */
  now: string
}

export interface Refusal {
  error: DeclaredError
  params: Params
}

/** Every reason why the student cannot have a seat, the most telling first; empty when nothing is in the way. */
export function enrollmentRefusals(of: EnrollmentCase): Refusal[] {
  const { student, section, holds, now } = of
  const { term } = section
  const { enrollment_opens_at: opens, enrollment_closes_at: closes } = term
  const clashes = clashing(of)
  const seats = of.seats.filter(({ term_id }) => term_id === term.id)
  const taken = seats.filter(({ course_id }) => course_id === section.course_id)
  const credits = sumOf([section, ...seats])
  const refusals: (Refusal | false)[] = [
    of.has_result && { error: errors.RESULT_ALREADY_OFFICIAL, params: { course: section.course_code } },
    taken.length > 0 && { error: errors.COURSE_ALREADY_TAKEN, params: takenParams(section, taken) },
    term.status === 'closed' && { error: errors.TERM_CLOSED, params: { term_code: term.code } },
    ((opens !== null && now < opens) || (closes !== null && now >= closes)) && {
      error: errors.ENROLLMENT_WINDOW_CLOSED,
      params: { term_code: term.code, window: windowPhrase(opens, closes) },
    },
    section.seats_taken >= section.capacity && { error: errors.SECTION_FULL, params: fullParams(section) },
    ...holds.map(({ kind, office }): Refusal => ({ error: holdErrors.HOLD, params: { kind, office } })),
    ...unmet(of, 'prerequisite').map((courses): Refusal => ({
      error: errors.PREREQUISITE_NOT_MET,
      params: { courses },
    })),
    ...unmet(of, 'corequisite').map((courses): Refusal => ({ error: errors.COREQUISITE_MISSING, params: { courses } })),
    clashes.length > 0 && { error: errors.SCHEDULE_CONFLICT, params: { courses: clashes.join(', ') } },
    student.credit_limit !== null &&
      credits > student.credit_limit && {
        error: errors.CREDIT_LIMIT,
        params: { credits, limit: student.credit_limit },
      },
    student.status !== 'active' && { error: errors.STUDENT_NOT_ACTIVE, params: { status: student.status } },
  ]
  return refusals.filter((refusal) => refusal !== false)
}

/** What the text of COURSE_ALREADY_TAKEN says: where the student sits, and how to change that. */
export function takenParams(section: Section, seats: readonly Seat[]): Params {
  const { id, course_code, seats_taken, capacity, waiting, waitlist_capacity } = section
  const next = takenNote(seats)
  const mayMove = seats.length === 1 && mayMoveFrom(seats[0]!)
  const numbers = seats.map(({ section_number }) => section_number).join(', ')
  return {
    course: course_code,
    section:
      seats.length > 1
        ? { en: `sections ${numbers}`, el: `τμήματα ${numbers}` }
        : { en: `section ${numbers}`, el: `τμήμα ${numbers}` },
    next,
    wait: mayMove && seats_taken >= capacity && waiting < waitlist_capacity ? waitlistNotes.swap(id) : '',
  }
}

/** The advice that works: a seat that cannot be given up decides over all others. */
function takenNote(seats: readonly Seat[]): Phrase {
  const [first] = seats
  if (seats.some(({ is_graded }) => is_graded)) return takenNotes.official
  if (seats.some(({ status }) => status !== 'enrolled')) return takenNotes.completed
  if (seats.length > 1) return takenNotes.several
  return first!.id === null ? takenNotes.together : takenNotes.transfer(first!.id)
}

const mayMoveFrom = ({ id, status, is_graded }: Seat) => id !== null && status === 'enrolled' && !is_graded

const windowPhrase = (opens: string | null, closes: string | null): Phrase =>
  filledIn(windowNotes[opens === null ? 'closes' : closes === null ? 'opens' : 'both'], { opens, closes })

/** What the text of SECTION_FULL says: the capacity, and whether one can wait. */
export const fullParams = ({ capacity, waitlist_capacity, waiting }: Section): Params => ({
  capacity,
  waitlist:
    waitlist_capacity === 0
      ? waitlistNotes.none
      : waiting < waitlist_capacity
        ? waitlistNotes.open(waiting + 1)
        : waitlistNotes.full,
})

/** Codes of the courses that meet at the same time. Another section of the course in the term is no clash: there is no seat beside it. */
function clashing({ section, seats, meetings }: EnrollmentCase): string[] {
  const meetingsOf = (id: number) => meetings.filter(({ section_id }) => section_id === id)
  const own = meetingsOf(section.id)
  const clashes = seats.filter(
    ({ section_id, course_id, term_id }) =>
      (course_id !== section.course_id || term_id !== section.term.id) &&
      meetingsOf(section_id).some((one) => own.some((other) => overlaps(one, other) && haveDay(one, other))),
  )
  return [...new Set(clashes.map(({ course_code }) => course_code))]
}

/** Whether meetings of one weekday fall on a day that is in the terms of both. */
function haveDay(one: Meeting, other: Meeting): boolean {
  const from = Date.parse(one.start_date > other.start_date ? one.start_date : other.start_date)
  const until = Date.parse(one.end_date < other.end_date ? one.end_date : other.end_date)
  const days = (one.weekday - new Date(from).getUTCDay() + 7) % 7
  return from + days * dayMs <= until
}

const dayMs = 24 * 60 * 60 * 1000

/** Exact: credits have one decimal. */
const sumOf = (courses: readonly { credits: number }[]) =>
  courses.reduce((tenths, { credits }) => tenths + Math.round(credits * 10), 0) / 10

/** The groups of which the student has no course, as text: `A / B`. */
function unmet({ requirements, company }: EnrollmentCase, kind: Requirement['kind']): string[] {
  const groups = Map.groupBy(
    requirements.filter((one) => one.kind === kind),
    ({ group_number }) => group_number,
  )
  const isMet = ({ is_met, course_id }: Requirement) =>
    is_met === 1 || (kind === 'corequisite' && company.includes(course_id))
  return [...groups.values()]
    .filter((group) => !group.some(isMet))
    .map((group) => group.map(({ course_code }) => course_code).join(' / '))
}
