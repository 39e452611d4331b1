import { filledIn, type Params, type Phrase } from '#/platform/errors.ts'
import { moment } from '#/platform/text/moment.ts'
import { takenNotes, waitlistNotes, windowNotes } from './errors.ts'

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

/** What the text of COURSE_ALREADY_TAKEN says: where the student sits, and how to change that. */
export function takenParams(section: Section, seats: readonly Seat[], is_waiting = false): Params {
  const { course_code, seats_taken, capacity } = section
  const next = takenNote(seats)
  const numbers = seats.map(({ section_number }) => section_number).join(', ')
  return {
    course: course_code,
    section:
      seats.length > 1
        ? { en: `sections ${numbers}`, el: `τμήματα ${numbers}` }
        : { en: `section ${numbers}`, el: `τμήμα ${numbers}` },
    next,
    wait: seats_taken >= capacity && hasRoomFor(section, is_waiting) ? waitNote(section, { is_waiting, seats }) : '',
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

/** What ENROLLMENT_WINDOW_CLOSED says of the window: in the time of the institution. */
export const windowPhrase = (opens: string | null, closes: string | null, timeZone: string): Phrase =>
  filledIn(windowNotes[opens === null ? 'closes' : closes === null ? 'opens' : 'both'], {
    opens: opens && moment(timeZone, opens),
    closes: closes && moment(timeZone, closes),
  })

/** What is known of a student who would wait: whether that is so already, and the seats in the course that keep from another one. */
export interface Standing {
  is_waiting: boolean
  seats: readonly Seat[]
}

const hasRoomFor = ({ waiting, waitlist_capacity }: Section, isWaiting: boolean) =>
  isWaiting || waiting < waitlist_capacity

/** The way to wait that is open to the student: none beside a seat that stays. */
function waitNote(section: Section, { is_waiting, seats }: Standing): Phrase | string {
  if (is_waiting) return waitlistNotes.waiting
  if (seats.length === 0) return waitlistNotes.open(section.waiting + 1)
  return seats.length === 1 && mayMoveFrom(seats[0]!) ? waitlistNotes.swap(section.id) : ''
}

/** What the text of SECTION_FULL says: the capacity, and whether and how one can wait. */
export const fullParams = (section: Section, standing: Standing): Params => ({
  capacity: section.capacity,
  waitlist: hasRoomFor(section, standing.is_waiting)
    ? waitNote(section, standing)
    : section.waitlist_capacity === 0
      ? waitlistNotes.none
      : waitlistNotes.full,
})
