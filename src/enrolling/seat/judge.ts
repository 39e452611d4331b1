import type { Seat, Section } from './advice.ts'
import { enrollmentRefusals, type Meeting, type Refusal, type Requirement } from './rules.ts'
import { errors } from './errors.ts'
import { errors as sectionErrors } from '#/enrolling/section/errors.ts'
import { studentErrors } from '#/people/student/index.ts'

/** A student in a section. */
export interface Place {
  section_id: number
  student_id: number
  /** The seat that the student has in another section of the course is given up for it. */
  swap?: boolean
}

type OfStudent<T> = readonly (T & { student_id: number })[]

/** Everything that is known of some places; what is unknown or not the caller's to see is not in it. */
export interface EnrollmentFacts {
  sections: readonly Section[]
  students: readonly { id: number; status: string; credit_limit: number | null }[]
  seats: OfStudent<Seat>
  meetings: readonly Meeting[]
  holds: OfStudent<{ kind: string; office: string }>
  /** Sections of which a result is official. */
  graded: OfStudent<{ section_id: number }>
  requirements: OfStudent<Requirement & { section_id: number }>
  overrides: OfStudent<Override>
  /** Who waits for which of these places. */
  waiting: OfStudent<{ section_id: number }>
  /** Where the institution is: what messages tell is its time. */
  time_zone: string
}

interface Override {
  id: number
  check: string
  section_id: number | null
  course_id: number | null
  term_id: number | null
}

export interface Verdict extends Place {
  /** Empty: the student may have the seat. */
  refusals: Refusal[]
  /** Ids of the overrides that it took. */
  overrides: number[]
}

/**
 * Judges places in their order: each sees the seats, hours and credits that those before it were given. Corequisites may be any of the
 * other places, as long as those are given, too.
 */
export function judgeAll(facts: EnrollmentFacts, places: readonly Place[], now: string): Verdict[] {
  let presumed = new Set(places)
  for (;;) {
    const verdicts = judgeInTurn(facts, places, presumed, now)
    const given = new Set(places.filter((_, i) => verdicts[i]!.refusals.length === 0))
    const confirmed = presumed.intersection(given)
    if (confirmed.size === presumed.size) return verdicts
    presumed = confirmed
  }
}

function judgeInTurn(
  facts: EnrollmentFacts,
  places: readonly Place[],
  presumed: ReadonlySet<Place>,
  now: string,
): Verdict[] {
  const sections = new Map(facts.sections.map((section) => [section.id, { ...section }]))
  const students = new Map(facts.students.map((student) => [student.id, student]))
  const seatsOf = Map.groupBy(facts.seats, byStudent)
  const holdsOf = Map.groupBy(facts.holds, byStudent)
  const gradedOf = Map.groupBy(facts.graded, byStudent)
  const requirementsOf = Map.groupBy(facts.requirements, byStudent)
  const overridesOf = Map.groupBy(facts.overrides, byStudent)
  const presumedOf = Map.groupBy(presumed, byStudent)
  return places.map((place) => {
    const { section_id, student_id, swap = false } = place
    const alone = (error: Refusal['error'], params: Refusal['params']) => ({
      ...place,
      refusals: [{ error, params }],
      overrides: [],
    })
    const section = sections.get(section_id)
    if (!section) return alone(sectionErrors.SECTION_NOT_FOUND, { id: section_id })
    const student = students.get(student_id)
    if (!student) return alone(studentErrors.STUDENT_NOT_FOUND, { id: student_id })
    const taken = seatsOf.get(student_id) ?? []
    if (taken.some((seat) => seat.section_id === section_id)) return alone(errors.ALREADY_ENROLLED, {})
    const left = swap ? taken.find((seat) => mayBeLeftFor(section, seat)) : undefined
    const seats = taken.filter((seat) => seat !== left)
    const inTerm = (id: number) => sections.get(id)?.term.id === section.term.id
    const others = (presumedOf.get(student_id) ?? []).filter((one) => one !== place && inTerm(one.section_id))
    const found = enrollmentRefusals({
      student,
      section,
      seats,
      company: others.map((one) => sections.get(one.section_id)!.course_id),
      meetings: facts.meetings,
      holds: holdsOf.get(student_id) ?? [],
      is_waiting: facts.waiting.some((one) => one.section_id === section_id && one.student_id === student_id),
      left,
      has_result: (gradedOf.get(student_id) ?? []).some((one) => one.section_id === section_id),
      requirements: (requirementsOf.get(student_id) ?? []).filter((one) => one.section_id === section_id),
      now,
      time_zone: facts.time_zone,
    })
    const verdict = { ...place, ...excuse(found, section, overridesOf.get(student_id) ?? []) }
    if (verdict.refusals.length === 0) {
      section.seats_taken += 1
      seatsOf.set(student_id, [...seats, seatIn(section, student_id)])
    }
    return verdict
  })
}

/** Whether a seat is in the course of a section, in its term. */
export const isOfCourse = ({ course_id, term }: Section, seat: Seat) =>
  seat.course_id === course_id && seat.term_id === term.id

/** Whether a swap gives up a seat for one in a section: what is completed or has an official result stays. */
export const mayBeLeftFor = (section: Section, seat: Seat) =>
  isOfCourse(section, seat) && seat.status === 'enrolled' && seat.is_graded === 0

const seatIn = ({ id, number, course_id, course_code, credits, term }: Section, student_id: number) => ({
  id: null,
  status: 'enrolled',
  is_graded: 0,
  student_id,
  section_id: id,
  section_number: number,
  course_id,
  course_code,
  credits,
  term_id: term.id,
})

const byStudent = ({ student_id }: { student_id: number }) => student_id

/** Takes out what an override lets pass. The database knows only overrides of checks that may be passed. */
function excuse(refusals: Refusal[], section: Section, overrides: readonly Override[]) {
  const here = overrides.filter(
    ({ section_id, course_id, term_id }) =>
      section_id === section.id || course_id === section.course_id || term_id === section.term.id,
  )
  const used = here.filter(({ check }) => refusals.some(({ error }) => error.code === check))
  return {
    refusals: refusals.filter(({ error }) => !used.some(({ check }) => check === error.code)),
    overrides: used.map(({ id }) => id),
  }
}
