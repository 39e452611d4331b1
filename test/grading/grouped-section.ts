import type { World } from '../world.ts'
import { type GradedSection, gradedSection, mark, type Mark } from './graded-section.ts'

export interface Group {
  name: string
  weight: number
  aggregation?: 'weighted' | 'mean' | 'latest'
  drop_lowest?: number
  /** Marks of the only student, or with the relative weight and due time of their assessments. */
  works: readonly (Mark | { mark: Mark; weight?: number; due_at?: string })[]
}

/** A section with categories, by default the mean of their works; its only student has these marks. */
export async function groupedSection(w: World, groups: readonly Group[], course: object = {}): Promise<GradedSection> {
  const section = await gradedSection(w, { weights: [], course })
  const marks: Mark[] = []
  for (const { works, ...group } of groups) {
    const { id } = await w.category(section.id, { aggregation: 'mean', ...group })
    for (const work of works) {
      const { mark: one, ...fields } = typeof work === 'object' && work !== null ? work : { mark: work }
      section.assessments.push((await w.assessment(section.id, { category_id: id, ...fields })).id)
      marks.push(one)
    }
  }
  await mark(w, section, [marks])
  return section
}

export const homework = (...works: Group['works']): Group => ({ name: 'homework', weight: 30, works })

/** Midterm 30 percent, final 40 percent: with homework they make a section. */
export const exams: readonly Group[] = [
  { name: 'midterm', weight: 30, works: [70] },
  { name: 'final', weight: 40, works: [85] },
]
