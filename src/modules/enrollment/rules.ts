import type { ErrorCode, Params } from '../../errors.ts'

export interface EnrollmentFacts {
  student: { status: string }
  section: { capacity: number; seats_taken: number }
  term: { code: string; status: string; enrollment_opens_at: string | null; enrollment_closes_at: string | null }
  holds: readonly { kind: string; office: string }[]
  /** What the course asks for; a group is met by any of its courses. */
  requirements: readonly Requirement[]
  /** Courses that the student sits in at the same time. */
  clashes: readonly { course_code: string }[]
  /** UTC ISO 8601. */
  now: string
}

interface Requirement {
  kind: 'prerequisite' | 'corequisite'
  group_number: number
  course_code: string
  /** 0 or 1. */
  is_met: number
}

export interface Refusal {
  code: ErrorCode
  params: Params
}

/** Every reason why the student cannot have a seat, the most telling first; empty when nothing is in the way. */
export function enrollmentRefusals({
  student,
  section,
  term,
  holds,
  requirements,
  clashes,
  now,
}: EnrollmentFacts): Refusal[] {
  const { enrollment_opens_at: opens, enrollment_closes_at: closes } = term
  const refusals: (Refusal | false)[] = [
    term.status === 'closed' && { code: 'TERM_CLOSED', params: { term_code: term.code } },
    ((opens !== null && now < opens) || (closes !== null && now >= closes)) && {
      code: 'ENROLLMENT_WINDOW_CLOSED',
      params: { term_code: term.code, opens: opens ?? '-', closes: closes ?? '-' },
    },
    section.seats_taken >= section.capacity && { code: 'SECTION_FULL', params: { capacity: section.capacity } },
    ...holds.map(({ kind, office }): Refusal => ({ code: 'HOLD', params: { kind, office } })),
    ...unmet(requirements, 'prerequisite').map((courses): Refusal => ({
      code: 'PREREQUISITE_NOT_MET',
      params: { courses },
    })),
    ...unmet(requirements, 'corequisite').map((courses): Refusal => ({
      code: 'COREQUISITE_MISSING',
      params: { courses },
    })),
    clashes.length > 0 && {
      code: 'SCHEDULE_CONFLICT',
      params: { courses: clashes.map(({ course_code }) => course_code).join(', ') },
    },
    student.status !== 'active' && { code: 'STUDENT_NOT_ACTIVE', params: { status: student.status } },
  ]
  return refusals.filter((refusal) => refusal !== false)
}

/** The groups of which the student has no course, as text: `A, B`. */
function unmet(requirements: readonly Requirement[], kind: Requirement['kind']): string[] {
  const groups = Map.groupBy(
    requirements.filter((one) => one.kind === kind),
    ({ group_number }) => group_number,
  )
  return [...groups.values()]
    .filter((group) => !group.some(({ is_met }) => is_met === 1))
    .map((group) => group.map(({ course_code }) => course_code).join(' / '))
}
