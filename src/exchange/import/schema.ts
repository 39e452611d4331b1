import * as z from 'zod'
import { id, instant } from '#/platform/fields.ts'
import { entityNames } from '#/exchange/imported-entity/schema.ts'
import { blankCells, dateForms, importFormats, importStates, problemSeverities } from '#/platform/words.ts'

const option = z.stringbool({ truthy: ['true'], falsy: ['false'] }).default(false)

/** What is imported; once that goes on, its address is the import's id instead. */
export const ImportTarget = z.object({ import: z.enum(entityNames) })

export const ImportOptions = z.strictObject({
  dry_run: option.meta({ description: 'Writes nothing and reports the same.' }),
  atomic: option.meta({ description: 'Writes all rows or none.' }),
  confirm: option.meta({ description: 'Also when the import changes more than 5 % of the rows there are.' }),
  blanks: z.enum(blankCells).default('clear').meta({
    description:
      'What an empty cell does to the value of a row that is there: takes it away, or keeps it. Look at `cleared` of a dry run. CSV only.',
  }),
  dates: z.enum(dateForms).default('iso').meta({
    description:
      'How days are written: `2026-03-25`, or with `dmy` also as spreadsheets of Greece and others write them, `25/03/2026` (day, month, year). Days that there are.',
  }),
  missing: z
    .string()
    .min(1)
    .max(10)
    .optional()
    .meta({ description: 'A cell that means the same as an empty one, such as `?`. CSV only.' }),
})
export type ImportOptions = z.output<typeof ImportOptions>

const count = z.int().min(0)

const fields = {
  id: z.string(),
  entity: z.enum(entityNames),
  format: z.enum(importFormats),
  dry_run: z.boolean(),
  atomic: z.boolean(),
  state: z.enum(importStates.words),
  progress: count.max(100).meta({ description: 'Percent of the work that is done.' }),
  size: count.meta({ description: 'Bytes.' }),
  rows: count.meta({
    description:
      'Rows of the file that hold anything. Once the import has ended: created, updated, skipped and failed together.',
  }),
  created: count,
  updated: count,
  skipped: count.meta({ description: 'Rows that are there already, or that a refused import left out.' }),
  failed: count,
  cleared: count.meta({ description: 'Values that empty cells took away from rows that were there, or would.' }),
  blanks: z.enum(blankCells),
  dates: z.enum(dateForms),
  blank: count.meta({ description: 'Lines and rows with nothing in them, beside `rows`.' }),
  error_code: z.string().nullable().meta({ description: 'Why the import as a whole failed.' }),
  requested_by: id.nullable(),
  requested_by_name: z.string().nullable(),
  created_at: instant,
  started_at: instant.nullable(),
  finished_at: instant.nullable(),
}

export const Import = z.object(fields).meta({ id: 'Import' })

export const ImportError = z
  .object({
    id,
    line: count.meta({ description: 'Line of the file in which the row begins; the header is line 1.' }),
    field: z.string().nullable(),
    severity: z.enum(problemSeverities).meta({ description: 'A row that one only warns of is written.' }),
    code: z.string(),
    message: z.string(),
  })
  .meta({ id: 'ImportError' })

export const ImportReport = z
  .object({
    ...fields,
    errors: z.array(ImportError).meta({ description: 'The first 100.' }),
    warnings: z.array(ImportError).meta({ description: 'The first 100.' }),
  })
  .meta({ id: 'ImportReport' })
