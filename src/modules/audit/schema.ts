import * as z from 'zod'
import { id, instant } from '../../fields.ts'

const summary = {
  id,
  at: instant,
  actor_id: id.nullable(),
  actor_role: z.string(),
  action: z.string().meta({ description: 'The permission of the operation, such as `enrollment.create`.' }),
  entity_type: z.string(),
  entity_id: z.string().nullable(),
  success: z.boolean(),
  method: z.string(),
  path: z.string(),
  status: z.int(),
  summary: z.string().nullable(),
  reason: z.string().nullable(),
  request_id: z.string(),
}

export const AuditEntry = z.object(summary).meta({ id: 'AuditEntry' })

const change = z.object({ old: z.unknown().optional(), new: z.unknown().optional() })
export const AuditDetail = z
  .object({
    ...summary,
    changes: z.record(z.string(), change),
    ip: z.string().nullable(),
    user_agent: z.string().nullable(),
  })
  .meta({ id: 'AuditDetail' })
