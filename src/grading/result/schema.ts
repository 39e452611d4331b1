import * as z from 'zod'
import { credits, id, instant, lifecycle, line, percentage, exactlyOneOf } from '#/platform/fields.ts'
import { outcomes, resultStates } from '#/platform/words.ts'
import { sectionNamed } from '#/enrolling/section/index.ts'
import { mostNamed } from './rules.ts'

export const Result = z
  .object({
    id,
    student_id: id,
    section_id: id,
    state: z.enum(resultStates.words),
    outcome: z.enum(outcomes),
    percentage,
    letter: z.string(),
    points: z.number().meta({ description: 'Grade points, 0..4.' }),
    value: z
      .number()
      .meta({ description: 'On the scale of the grading scheme, such as 0..20. What is printed, and what decides.' }),
    scheme: z.string().nullable().meta({ description: 'Code of the grading scheme; a W has none.' }),
    scale_max: z.int().nullable(),
    credits,
    set_by_hand: z
      .boolean()
      .meta({ description: 'Whether a person set the percentage; computing keeps it then, unless told to overwrite.' }),
    is_published: z.boolean().meta({ description: 'Whether it is official: published, or frozen since.' }),
    published_at: instant.nullable(),
    published_by: id.nullable(),
    published_by_name: z.string().nullable(),
    frozen_at: instant.nullable(),
    frozen_by: id.nullable(),
    frozen_by_name: z.string().nullable(),
    student_number: z.string(),
    student_name: z.string(),
    code: z.string().meta({ description: 'Of the course when it was taken.' }),
    title: z.string(),
    title_el: z.string().nullable(),
    course_code: z.string().meta({ description: 'Of the course today.' }),
    course_title: z.string(),
    term_code: z.string(),
    ...lifecycle,
    section_number: z.string(),
  })
  .meta({ id: 'Result' })

export const ResultChanges = z
  .strictObject({
    percentage: percentage
      .optional()
      .meta({ description: 'Letter, points and value follow from it by the grading scheme.' }),
    reason: line(500).optional().meta({ description: 'Why the computed grade is not the right one; required.' }),
  })
  .meta({ id: 'ResultChanges' })

/** One result, or all of a section. */
export const ResultTarget = exactlyOneOf(z.strictObject({ result_id: id.optional(), section_id: id.optional() }), [
  'result_id',
  'section_id',
]).meta({ id: 'ResultTarget' })

const without_score = z
  .object({
    count: z.int(),
    students: z
      .array(z.object({ student_id: id, student_number: z.string(), student_name: z.string() }))
      .max(mostNamed)
      .meta({ description: `The first ${mostNamed}.` }),
  })
  .meta({ description: 'Who has not a single score, and is graded all the same: 0 but for attendance.' })

const kept = z
  .object({
    count: z.int(),
    students: z
      .array(
        z.object({
          student_id: id,
          student_number: z.string(),
          student_name: z.string(),
          percentage: percentage.meta({ description: 'Set by hand, and kept.' }),
          computed: percentage.meta({ description: 'What the gradebook says.' }),
        }),
      )
      .max(mostNamed)
      .meta({ description: `The first ${mostNamed}.` }),
  })
  .meta({
    description: 'Drafts whose percentage was set by hand and stays; letter, points and value follow the scheme.',
  })

export const ComputeOptions = z.strictObject({
  overwrite: z
    .stringbool({ truthy: ['true'], falsy: ['false'] })
    .default(false)
    .meta({ description: 'Compute anew what was set by hand, too, which is otherwise kept.' }),
})

export const ComputedResults = z
  .object({
    section_id: id,
    ...sectionNamed,
    created: z.int(),
    updated: z.int(),
    unchanged: z.int(),
    locked: z.int(),
    kept,
    without_score,
  })
  .meta({ id: 'ComputedResults', description: '`locked` counts results that are published or frozen already.' })

export const ResultStep = z
  .object({ state: z.enum(['published', 'frozen']), results: z.array(Result) })
  .meta({ id: 'ResultStep' })
export const PublishedResults = ResultStep.extend({ without_score }).meta({ id: 'PublishedResults' })
