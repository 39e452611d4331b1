import * as z from 'zod'
import { id, instant } from '#/platform/fields.ts'
import { Term } from '#/catalog/term/index.ts'
import { unresolvedReasons } from '#/platform/words.ts'

export const UnresolvedSeat = z
  .object({
    id: id.meta({ description: 'Of the enrollment.' }),
    section_id: id,
    section_number: z.string(),
    course_id: id,
    course_code: z.string(),
    course_title: z.string(),
    student_id: id,
    student_number: z.string(),
    student_name: z.string(),
    enrolled_at: instant,
    why: z.enum(unresolvedReasons).meta({
      description:
        '`no_work`: the section has no assessments. `no_result`: none was computed. `draft_result`: it waits to be published. `withdrawn_result`: a W is official, but the seat was given again.',
    }),
  })
  .meta({ id: 'UnresolvedSeat' })

const unresolved = z.int().meta({ description: 'Seats of the term without an official result.' })

/** The answer to closing a term. */
export const ClosedTerm = Term.extend({ unresolved }).meta({ id: 'ClosedTerm' })

export const CompletedTerm = z
  .object({
    term_id: id,
    term_code: z.string(),
    completed: z.int().meta({ description: 'Seats of sections without any work to grade: they are completed now.' }),
    unresolved,
  })
  .meta({ id: 'CompletedTerm' })
