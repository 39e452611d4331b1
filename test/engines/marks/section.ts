import {
  finalGrade,
  letters,
  type Assessment,
  type Category,
  type FinalGrade,
  type FinalGradeInput,
  type Score,
  type ScoreState,
} from '#/engines/marks/index.ts'

/** One line of a gradebook: `score` is out of 100 unless `max` says otherwise; without one the work is missing. */
export type Line = {
  weight?: string
  score?: string
  state?: ScoreState
  max?: string
  category?: string
  due?: string
}

export type Gradebook = Partial<Omit<FinalGradeInput, 'assessments' | 'scores'>>

/** The grade of a section with these lines; ids count up from 1 and weights default to 1. */
export function gradeOf(lines: readonly Line[], gradebook: Gradebook = {}): FinalGrade {
  return finalGrade({
    scheme: letters,
    categories: [],
    absence_penalty: '0',
    absences: 0,
    ...gradebook,
    assessments: lines.map(assessmentOf),
    scores: lines.flatMap(scoresOf),
  })
}

export function category(name: string, weight: string, rest: Partial<Category> = {}): Category {
  return { name, weight, aggregation: 'mean', drop_lowest: 0, ...rest }
}

function assessmentOf(line: Line, index: number): Assessment {
  return {
    id: index + 1,
    title: `Work ${index + 1}`,
    category: line.category ?? null,
    weight: line.weight ?? '1',
    max_score: line.max ?? '100',
    due_at: line.due ?? null,
  }
}

function scoresOf({ score, state }: Line, index: number): Score[] {
  if (score === undefined && state === undefined) return []
  return [{ assessment_id: index + 1, score: score ?? null, state: state ?? 'graded' }]
}
