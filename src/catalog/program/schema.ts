import * as z from 'zod'
import { code, id, instant, lifecycle, line, optional, patchOf, toTenths, warned } from '#/platform/fields.ts'
import { repeatPolicies } from '#/platform/words.ts'

const fields = {
  code: code(20),
  title: line(200),
  title_el: optional(line(200)),
  degree: optional(line(100)),
  degree_el: optional(line(100)),
  credits_required: optional(z.number().min(0).max(10_000).multipleOf(0.1).overwrite(toTenths)),
  credits_per_term: optional(z.number().min(0).max(1000).multipleOf(0.1).overwrite(toTenths)).meta({
    description: 'How many credits a student may take in a term; no limit when absent.',
  }),
  grading_scheme: code(40).default('letters').meta({ description: 'Code of a grading scheme.' }),
  repeat_policy: z.enum(repeatPolicies).default('best'),
}

export const ProgramInput = z.strictObject(fields).meta({ id: 'ProgramInput' })
export const ProgramChanges = patchOf(ProgramInput).meta({ id: 'ProgramChanges' })
export const Program = z
  .object({
    id,
    ...fields,
    archived_at: instant.nullable().meta({ description: 'Since when it takes no new students.' }),
    ...lifecycle,
  })
  .meta({ id: 'Program' })

/** The answer to a new one. */
export const CreatedProgram = Program.extend(warned).meta({ id: 'CreatedProgram' })
