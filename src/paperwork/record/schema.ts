import * as z from 'zod'
import { credits, date, id, instant, percentage } from '#/platform/fields.ts'
import { enrollmentStates, holdBlocks, holdKinds, outcomes, resultStates, studentStates } from '#/platform/words.ts'

const points = z.number().meta({ description: 'Grade points, 0..4.' })
const earned = z.number().meta({ description: 'ECTS.' })
const averages = { average: percentage.nullable(), gpa: points.nullable(), credits_earned: earned }

const RecordSection = z.object({
  section_id: id,
  section_number: z.string(),
  course_id: id,
  course_code: z.string(),
  course_title: z.string(),
  course_title_el: z.string().nullable(),
  credits,
  enrollment: z
    .object({
      id,
      status: z.enum(enrollmentStates.words),
      enrolled_at: instant,
      ended_at: instant.nullable(),
    })
    .nullable()
    .meta({ description: 'The newest one.' }),
  attendance: z
    .object({
      present: z.int(),
      absent: z.int(),
      late: z.int(),
      excused: z.int(),
      outside: z.int(),
      records: z.int(),
      percentage,
      eligible: z.boolean(),
    })
    .nullable()
    .meta({ description: 'Null when none was taken.' }),
  result: z
    .object({
      id,
      state: z.enum(resultStates.words).meta({ description: 'Drafts are shown to staff only.' }),
      outcome: z.enum(outcomes),
      percentage,
      letter: z.string(),
      points,
      value: z.number().meta({ description: 'On the scale of the grading scheme, such as 0..20.' }),
      credits,
      counted: z
        .boolean()
        .meta({ description: 'Whether it makes the averages: official, and not displaced by a repeat.' }),
    })
    .nullable(),
})

export const StudentRecord = z
  .object({
    student: z.object({
      id,
      student_number: z.string(),
      first_name: z.string().nullable(),
      last_name: z.string().nullable(),
      status: z.enum(studentStates.words),
      study_year: z.int(),
      program: z.object({ id, code: z.string(), title: z.string(), title_el: z.string().nullable() }).nullable(),
    }),
    terms: z.array(
      z.object({
        term_id: id,
        term_code: z.string(),
        term_name: z.string(),
        term_name_el: z.string().nullable(),
        standing: z.object(averages).nullable().meta({ description: 'Of the official results of the term.' }),
        sections: z.array(RecordSection),
      }),
    ),
    standing: z
      .object({ ...averages, credits_attempted: earned })
      .nullable()
      .meta({
        description:
          'Of all official results. Null for instructors, as every standing is: they see their own sections only.',
      }),
    holds: z
      .array(
        z.object({
          id,
          kind: z.enum(holdKinds.words),
          blocks: z.array(z.enum(holdBlocks)),
          office: z.string(),
          from: date,
          until: date.nullable(),
        }),
      )
      .nullable()
      .meta({ description: 'Those in force today. Null for instructors.' }),
  })
  .meta({ id: 'StudentRecord' })
