import { type Persona, type World } from '../../world.ts'
import { gradedSection, type GradedSection, type Mark } from '../graded-section.ts'

export type Status = 'present' | 'absent' | 'late' | 'excused'

interface Wish {
  students?: readonly number[]
  weights?: readonly number[]
  marks?: readonly (readonly Mark[])[]
  course?: object
  course_id?: number
}

/** A section of a term that is over or will last, so that the day on which the tests run does not matter. */
export async function attendedSection(w: World, wish: Wish = {}): Promise<GradedSection> {
  const term = await w.term({ start_date: '2025-09-29', end_date: '2026-02-13' })
  return gradedSection(w, { ...wish, term_id: term.id })
}

/** Days of October 2025, one for each place. */
export const day = (place: number) => `2025-10-${String(place + 1).padStart(2, '0')}`

/** One student's statuses, day by day. */
export async function attend(keeper: Persona, sectionId: number, studentId: number, statuses: readonly Status[]) {
  for (const [place, status] of statuses.entries()) {
    const records = [{ student_id: studentId, status }]
    const { data, error } = await keeper.put(`/sections/${sectionId}/attendance`, { date: day(place), records })
    if (data?.created !== 1) throw new Error(`could not record ${status}: ${JSON.stringify(error ?? data)}`)
  }
}

/** So many days present, then so many absent. */
export const days = (present: number, absent: number, ...others: Status[]): Status[] => [
  ...Array.from({ length: present }, () => 'present' as const),
  ...Array.from({ length: absent }, () => 'absent' as const),
  ...others,
]
