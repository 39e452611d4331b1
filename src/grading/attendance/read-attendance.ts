import type { Context } from '#/platform/context.ts'
import { findTallies } from './section-queries.ts'
import { figuresOf, sumOf } from './rules.ts'
import { refuseWithoutSeat } from './without-seat.ts'

interface Asked {
  student_id: number
  section_id: number
  /** A decimal as it is written; that of the course by default. */
  threshold?: string | undefined
}

/** How often one student was there, and whether that is enough. Students ask about themselves. */
export async function readEligibility(ctx: Context, { student_id, section_id, threshold }: Asked) {
  const { named, rule, students } = await findTallies(ctx, section_id, student_id)
  const [found] = students
  if (!found) return refuseWithoutSeat(ctx, student_id)
  const { tally, student_number, student_name } = found
  return {
    student_id,
    student_number,
    student_name,
    ...named,
    rule,
    ...figuresOf(tally, rule, threshold),
    threshold: Number(threshold ?? rule.minimum),
  }
}

/** The same for everybody who sits in a section, and for the section as a whole. */
export async function readSectionSummary(ctx: Context, { section_id, threshold }: Omit<Asked, 'student_id'>) {
  const { named, rule, students } = await findTallies(ctx, section_id)
  const figures = students.map(({ id, tally, ...student }) => ({
    student_id: id,
    ...student,
    ...figuresOf(tally, rule, threshold),
  }))
  const { eligible: _, ...totals } = figuresOf(sumOf(students.map(({ tally }) => tally)), rule)
  const eligible = figures.filter((one) => one.eligible).length
  return {
    ...named,
    rule,
    threshold: Number(threshold ?? rule.minimum),
    totals: { ...totals, students: figures.length, eligible, below_threshold: figures.length - eligible },
    students: figures,
  }
}
