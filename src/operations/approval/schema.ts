import * as z from 'zod'
import { instant } from '#/platform/fields.ts'
import { approvalStates } from '#/platform/words.ts'

export const Approval = z
  .object({
    id: z.string(),
    operation: z.string().meta({ description: 'The permission of the act.', examples: ['backup.restore'] }),
    subject: z.string().meta({ description: 'What the act is about.', examples: ['backup_20261120_020000'] }),
    status: z.enum(approvalStates),
    requested_by: z.int(),
    requested_by_name: z.string().nullable(),
    requested_at: instant,
    expires_at: instant,
    decided_by: z.int().nullable(),
    decided_by_name: z.string().nullable(),
    decided_at: instant.nullable(),
    note: z.string().nullable(),
  })
  .meta({ id: 'Approval' })

/** What an act answers that waits for another person. */
export const Asked = z.object({ approval: Approval }).meta({ id: 'Asked' })

export const approvalFilters = { status: z.enum(approvalStates).optional() }

export const Decision = z.strictObject({ note: z.string().trim().min(1).max(500).optional() })
