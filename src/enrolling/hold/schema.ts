import * as z from 'zod'
import { date, id, instant, lifecycle, line, optional } from '#/platform/fields.ts'
import { holdBlocks, holdKinds } from '#/platform/words.ts'

const fields = {
  kind: z.enum(holdKinds.words),
  blocks: z.array(z.enum(holdBlocks)).min(1).max(3),
  office: line(100).meta({ description: 'Who placed it and can say how to resolve it.' }),
  reason: line(500),
}

export const HoldInput = z
  .strictObject({
    ...fields,
    from: date.optional().meta({ description: 'First day; default: today.' }),
    until: optional(date).meta({ description: 'Last day; open-ended when absent.' }),
  })
  .meta({ id: 'HoldInput' })

export const Hold = z
  .object({
    id,
    student_id: id,
    student_number: z.string().nullable(),
    student_name: z.string().nullable(),
    ...fields,
    from: date,
    until: date.nullable(),
    placed_by: id.nullable(),
    placed_by_name: z.string().nullable(),
    released_at: instant.nullable(),
    released_by: id.nullable(),
    released_by_name: z.string().nullable(),
    ...lifecycle,
  })
  .meta({ id: 'Hold' })
