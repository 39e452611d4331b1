import * as z from 'zod'
import { apart, exactlyOneOf, id, instant, lifecycle, patchOf, percentage, toHundredths } from '#/platform/fields.ts'
import { sectionNamed } from '#/enrolling/section/index.ts'
import { saying } from '#/platform/validation/said.ts'
import { aggregations, categoryKinds, scoreStates } from '#/platform/words.ts'

const mostScores = 5000
const state = z.enum(scoreStates)
const points = z.number().min(0).max(100_000).multipleOf(0.01).overwrite(toHundredths)
const scoreFields = {
  assessment_id: id,
  student_id: id,
  score: points
    .nullable()
    .default(null)
    .meta({ description: 'At most max_score, two decimals. Null unless the state is graded or banked.' }),
  state: state.default('graded'),
}

export const ScoreInput = z.strictObject(scoreFields).meta({ id: 'ScoreInput' })
export const ScoreChanges = patchOf(ScoreInput.pick({ score: true, state: true })).meta({ id: 'ScoreChanges' })
export const Score = z
  .object({
    id,
    ...scoreFields,
    max_score: z.number(),
    graded_by: id.nullable(),
    graded_by_name: z.string().nullable(),
    graded_at: instant.meta({ description: 'When score or state were last given.' }),
    section_id: id,
    assessment_title: z.string(),
    student_number: z.string(),
    student_name: z.string(),
    ...sectionNamed,
    carried_from: id.nullable().meta({ description: 'The score of another section that a transfer brought here.' }),
    carried_to: id.nullable().meta({ description: 'The score that counts in place of this one, since a transfer.' }),
    ...lifecycle,
  })
  .meta({ id: 'Score' })

const grade = z.object({ percentage, letter: z.string(), points: z.number(), value: z.number(), passing: z.boolean() })

/** What a row of GET shows of a student beside the scores. */
export const shownOfStudent = ['student_number', 'student_name', 'scheme', 'attendance', 'current', 'final'] as const

/** Takes what GET gives, too. */
export const GradebookInput = exactlyOneOf(
  z.strictObject({
    scores: apart(
      z.array(ScoreInput).min(1).max(mostScores),
      'student_id',
      ({ assessment_id, student_id }) => `${assessment_id}/${student_id}`,
    ).optional(),
    students: apart(
      z.array(
        z.strictObject({
          student_id: id,
          scores: apart(
            z.array(ScoreInput.omit({ student_id: true })).max(mostScores),
            'assessment_id',
            ({ assessment_id }) => assessment_id,
          ),
          ...(Object.fromEntries(shownOfStudent.map((name) => [name, z.unknown().optional()])) as Record<
            (typeof shownOfStudent)[number],
            z.ZodOptional<z.ZodUnknown>
          >),
        }),
      ),
      'student_id',
      ({ student_id }) => student_id,
    )
      .refine((students) => students.reduce((sum, one) => sum + (one?.scores?.length ?? 0), 0) <= mostScores, {
        ...saying(
          `must have at most ${mostScores} scores together`,
          `πρέπει να έχει έως ${mostScores} βαθμούς συνολικά`,
        ),
        when: ({ value }) => Array.isArray(value),
      })
      .optional()
      .meta({
        description:
          'As GET gives them, in place of `scores`, in whose order a report counts them. What a row shows beside the scores may be left out.',
      }),
  }),
  ['scores', 'students'],
).meta({ id: 'GradebookInput' })

const share = { weight: z.number(), contribution: z.number(), dropped: z.boolean() }
export const FinalGrade = z
  .object({
    student_id: id,
    student_number: z.string(),
    student_name: z.string(),
    section_id: id,
    ...sectionNamed,
    scheme: z.string(),
    type: z
      .enum(['current', 'final'])
      .meta({ description: 'Which of the two figures stands: `final` once everything that counts is graded.' }),
    weight_assessed: percentage.meta({ description: 'Percent of the final grade that graded work decides.' }),
    current: grade.meta({ description: 'Work graded so far, rescaled to 100.' }),
    final: grade.meta({ description: 'What is missing counts 0.' }),
    categories: z.array(
      z.object({
        name: z.string(),
        weight: percentage,
        average: percentage
          .nullable()
          .meta({ description: 'Of its graded work, by its own rules, or of the attendance; null without any.' }),
      }),
    ),
    breakdown: z.array(
      z.object({
        assessment_id: id.nullable().meta({ description: 'Null in the row of a category of attendance.' }),
        title: z.string(),
        category: z.string().nullable(),
        state,
        score: z.number().nullable(),
        max_score: z.number(),
        percentage: z.number().nullable(),
        ...share,
        current: z.object(share),
      }),
    ),
    absences: z.int(),
    absence_deduction: z.number(),
  })
  .meta({ id: 'FinalGrade' })

export const FinalGrades = z
  .object({ section_id: id, ...sectionNamed, grades: z.array(FinalGrade) })
  .meta({ id: 'FinalGrades' })

const Group = z.object({
  id,
  name: z.string(),
  name_el: z.string().nullable(),
  weight: percentage,
  aggregation: z.enum(aggregations),
  drop_lowest: z.int(),
  kind: z.enum(categoryKinds),
})
const Column = z.object({
  id,
  category_id: id.nullable(),
  title: z.string(),
  type: z.string(),
  weight: percentage,
  max_score: z.number(),
  released: z.boolean(),
})
const Row = z.object({
  student_id: id,
  student_number: z.string(),
  student_name: z.string(),
  scheme: z
    .string()
    .nullable()
    .meta({ description: 'Of the section, its program, the student’s program or the deployment.' }),
  scores: z.array(z.object({ assessment_id: id, score: z.number().nullable(), state })),
  attendance: percentage
    .nullable()
    .meta({ description: 'What a category of attendance comes to, by the rule of the course; null without a record.' }),
  current: grade.nullable().meta({ description: 'Null where there is no grading scheme.' }),
  final: grade.nullable(),
})

export const Gradebook = z
  .object({
    section_id: id,
    ...sectionNamed,
    categories: z.array(Group),
    assessments: z.array(Column),
    students: z.array(Row),
  })
  .meta({ id: 'Gradebook' })
