import * as z from 'zod'
import { instant } from '#/platform/fields.ts'
import { verified } from '#/paperwork/official-document/schema.ts'
import { outcomes } from '#/platform/words.ts'

export const Verification = z
  .object({
    valid: z.boolean(),
    reason: z.enum(['valid', 'expired', 'tampered', 'unknown', 'revoked', 'superseded']),
    ...verified,
    digest: z.string().nullable().meta({ description: 'SHA-256 of the official data, as printed on the transcript.' }),
  })
  .meta({ id: 'Verification' })

export type Verification = z.output<typeof Verification>

const bilingual = z.object({ en: z.string(), el: z.string() })
const decimal = z.string().meta({ description: 'A decimal as it is printed; empty where there is no figure.' })
const averages = { average: decimal.nullable(), gpa: decimal.nullable(), credits_earned: decimal }

const CertifiedTerm = z.object({
  code: z.string(),
  name: bilingual,
  courses: z.array(
    z.object({
      code: z.string(),
      title: bilingual,
      credits: decimal,
      letter: z.string(),
      value: decimal
        .optional()
        .meta({ description: 'On the scale of the grade; absent in records from before it was printed.' }),
      scale: z.string().optional(),
      band: bilingual.nullish(),
      percentage: decimal,
      points: decimal,
      outcome: z.enum(outcomes),
      counted: z.boolean().meta({ description: 'False: repeated, and another attempt counts.' }),
    }),
  ),
  ...averages,
})

export const CertifiedRecord = z
  .object({
    institution: bilingual,
    institution_address: bilingual.nullish(),
    student: z.object({ name: z.string(), latin_name: z.string().nullable() }),
    program: z
      .object({
        code: z.string(),
        title: bilingual,
        degree: z.string().nullable(),
        degree_el: z.string().nullish(),
        credits_required: decimal.nullable(),
      })
      .nullable(),
    scale: z
      .object({
        max: z.string(),
        pass: decimal,
        shows_percent: z.boolean(),
        bands: z.array(z.object({ from: decimal, name: bilingual })),
        distribution: z
          .object({ grades: z.int(), bands: z.array(z.object({ name: bilingual, grades: z.int() })) })
          .optional()
          .meta({ description: 'Of the grades given on it in five years; absent for fewer than 30.' }),
      })
      .nullish()
      .meta({ description: 'Of averages, and of grades that say no other; percentages where it is absent.' }),
    terms: z.array(CertifiedTerm),
    cumulative: z.object({ ...averages, credits_attempted: decimal }),
    issued_at: instant,
    digest: z.string(),
  })
  .meta({ id: 'CertifiedRecord' })

export type CertifiedRecord = z.output<typeof CertifiedRecord>
