import * as z from 'zod'
import {
  code,
  credits,
  id,
  identifying,
  lifecycle,
  line,
  optional,
  patchOf,
  percentage,
  warned,
  exactlyOneOf,
  whenSound,
} from '#/platform/fields.ts'
import { accepted } from '#/catalog/clash/index.ts'
import { AttendanceRule } from '#/catalog/course/index.ts'
import { said, saying } from '#/platform/validation/said.ts'

const seats = z.int().min(0).max(100_000)

const fields = {
  course_id: id,
  term_id: id,
  number: code(10).optional().meta({
    description: 'Tells the sections of one course and term apart. A new one without it gets the next that is free.',
  }),
  capacity: seats.default(30),
  waitlist_capacity: seats.default(0),
  title: optional(line(200)).meta({ description: 'Without it as the course is called when nobody has a seat yet.' }),
  title_el: optional(line(200)),
  credits: optional(credits).meta({ description: 'Without it those of the course when nobody has a seat yet.' }),
  grading_scheme: optional(code(40)).meta({
    description:
      'Code of a grading scheme for this section alone; without it that of the program of the course or the student counts.',
  }),
}

export const SectionInput = z.strictObject(fields).meta({ id: 'SectionInput' })
export const SectionChanges = patchOf(SectionInput).meta({ id: 'SectionChanges' })

const teacher = { user_id: id, full_name: z.string() }

export const Section = z
  .object({
    id,
    ...fields,
    number: code(10),
    instructors: z.array(z.object(teacher)),
    seats_taken: seats,
    code: z.string().nullable().meta({ description: 'Of the course when it was offered.' }),
    absence_penalty: percentage
      .nullable()
      .meta({ description: 'Of each absence, kept from the first official result on; that of the course before.' }),
    attendance_rule: AttendanceRule.nullable().meta({ description: 'How attendance counts, likewise.' }),
    course_code: z.string(),
    course_title: z.string(),
    course_title_el: z.string().nullable(),
    term_code: z.string(),
    ...lifecycle,
  })
  .meta({ id: 'Section' })

/** The answer to a new one. */
export const CreatedSection = Section.extend(warned).meta({ id: 'CreatedSection' })

/** The answer to a change. */
export const ChangedSection = Section.extend(accepted).meta({ id: 'ChangedSection' })

/** What names its section in an answer that belongs to one. */
export const sectionNamed = { course_code: z.string(), term_code: z.string(), section_number: z.string() }

/** Takes what GET gives, too: of those who teach already names and e-mails may be repeated. */
export const InstructorsInput = exactlyOneOf(
  z.strictObject({
    user_ids: z.array(id).max(20).optional(),
    instructors: z
      .array(z.strictObject({ user_id: id, full_name: z.string().optional(), email: z.string().nullable().optional() }))
      .max(20)
      .optional()
      .meta({ description: 'As GET gives them, in place of user_ids; names and e-mails may be left out.' }),
  }),
  ['user_ids', 'instructors'],
).meta({ id: 'InstructorsInput' })
export type InstructorsInput = z.output<typeof InstructorsInput>
export const Instructors = z
  .object({
    instructors: z.array(
      z.object({
        ...teacher,
        email: z.string().nullable().meta({ description: 'For staff and for those with a seat.' }),
      }),
    ),
  })
  .meta({ id: 'Instructors' })
export const ChangedInstructors = Instructors.extend(accepted).meta({ id: 'ChangedInstructors' })

const time = z
  .string()
  .regex(
    said(/^(?:[01]\d|2[0-3]):[0-5]\d$/, { en: 'must be a time such as 09:30', el: 'πρέπει να είναι ώρα όπως 09:30' }),
  )
const meeting = {
  weekday: z.int().min(1).max(7).meta({ description: '1 is Monday.' }),
  start: time.meta({ description: 'Local time, HH:MM.' }),
  end: time,
  room: optional(identifying(50)),
}

export const MeetingsInput = z
  .strictObject({
    meetings: z
      .array(
        z.strictObject(meeting).refine(({ start, end }) => start < end, {
          ...saying('must end after it starts', 'πρέπει να τελειώνει μετά την έναρξη'),
          ...whenSound('start', 'end'),
        }),
      )
      .max(20),
  })
  .meta({ id: 'MeetingsInput' })
export const Meetings = z.object({ meetings: z.array(z.object(meeting)) }).meta({ id: 'Meetings' })
export const ChangedMeetings = Meetings.extend(accepted).meta({ id: 'ChangedMeetings' })
