import { type Attempt, fromHundredths } from '#/engines/marks/index.ts'

interface Taken {
  result: {
    id: number
    outcome: 'graded' | 'incomplete' | 'withdrawn' | 'pass' | 'fail'
    percentage: number
    points: number
    credits: number
  }
  course: { id: number }
  term: { id: number; start_date: string }
}

/** An official result as averages and credits are computed from it. */
export const attemptOf = ({ result, course, term }: Taken): Attempt => ({
  id: result.id,
  course_id: course.id,
  term_id: term.id,
  term_start: term.start_date,
  credits: result.credits.toFixed(1),
  percentage: hasFigures(result) ? hundredths(result.percentage) : null,
  points: hasFigures(result) ? hundredths(result.points) : null,
  passing: result.outcome === 'pass',
  counted: true,
})

/** A withdrawn or unfinished course is on the record, but not in its averages. */
export const hasFigures = ({ outcome }: Pick<Taken['result'], 'outcome'>) =>
  outcome !== 'withdrawn' && outcome !== 'incomplete'

const hundredths = (value: number) => fromHundredths(Math.round(value * 100))
