import fc from 'fast-check'
import { finalGrade, letters, type FinalGrade, type FinalGradeInput } from '#/engines/marks/index.ts'
import type { ModelSection, ModelWork } from './whole-number-model.ts'

const works = fc.array(
  fc.record({
    place: fc.nat(3),
    part: fc.nat(500),
    max: fc.oneof(fc.constantFrom(100, 2_000, 10_000), fc.integer({ min: 1, max: 30_000 })),
    due: fc.option(fc.nat(3)),
    state: fc.oneof(
      { weight: 3, arbitrary: fc.constant('graded' as const) },
      {
        weight: 2,
        arbitrary: fc.constantFrom('missing' as const, 'excused' as const, 'exempt' as const, 'banked' as const),
      },
    ),
    score: fc.nat(),
  }),
  { maxLength: 8 },
)

const groups = fc.array(
  fc.record({
    part: fc.integer({ min: 1, max: 500 }),
    aggregation: fc.constantFrom('weighted' as const, 'mean' as const, 'latest' as const),
    drop: fc.nat(3),
  }),
  { maxLength: 3 },
)

/** Sections of every kind: with and without categories, with weights of 100 or of a draft, work in all states. */
export const sections: fc.Arbitrary<ModelSection> = fc
  .record({
    groups,
    works,
    total: fc.constantFrom(10_000, 10_000, 6_150),
    penalty: fc.constantFrom(0, 150, 333),
    absences: fc.nat(4),
  })
  .map((drawn) => ({
    groups: shareOut(drawn.groups, drawn.total),
    works: shareOut(drawn.works, drawn.total).map(({ place, score, ...work }) => ({
      ...work,
      score: score % (work.max + 1),
      group: drawn.groups.length === 0 || place === 3 ? null : place % drawn.groups.length,
    })),
    penalty: drawn.penalty,
    absences: drawn.absences,
  }))

/** The grade of a drawn section by the module, every figure written as a decimal; ids count up from 1. */
export function gradeOfSection(section: ModelSection): FinalGrade {
  return finalGrade(inputOf(section))
}

export function inputOf({ groups, works, penalty, absences }: ModelSection): FinalGradeInput {
  return {
    scheme: letters,
    categories: groups.map(({ weight, aggregation, drop }, place) => ({
      name: `category ${place}`,
      weight: decimal(weight),
      aggregation,
      drop_lowest: drop,
    })),
    assessments: works.map(({ group, weight, max, due }, index) => ({
      id: index + 1,
      title: '',
      weight: decimal(weight),
      max_score: decimal(max),
      category: group === null ? null : `category ${group}`,
      due_at: due === null ? null : `2026-0${due + 1}-15`,
    })),
    scores: works.map(({ score, state }, index) => ({ assessment_id: index + 1, score: decimal(score), state })),
    absence_penalty: decimal(penalty),
    absences,
  }
}

export function mapWorks(section: ModelSection, change: (work: ModelWork, index: number) => ModelWork): ModelSection {
  return { ...section, works: section.works.map(change) }
}

/** Weights in proportion to the parts, in hundredths, with exactly that total unless there is nothing to share. */
function shareOut<T extends { part: number }>(items: readonly T[], total: number): (T & { weight: number })[] {
  const parts = items.reduce((sum, { part }) => sum + part, 0) || 1
  const weights = items.map(({ part }) => Math.floor((part * total) / parts))
  const rest = total - weights.reduce((sum, weight) => sum + weight, 0)
  return items.map((item, index) => ({ ...item, weight: (weights[index] ?? 0) + (index === 0 ? rest : 0) }))
}

function decimal(hundredths: number): string {
  return `${Math.floor(hundredths / 100)}.${String(hundredths % 100).padStart(2, '0')}`
}
