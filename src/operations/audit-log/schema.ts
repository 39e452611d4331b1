import * as z from 'zod'
import { date, id, instant } from '#/platform/fields.ts'

const summary = {
  id,
  at: instant,
  actor_id: id.nullable(),
  actor_name: z.string().nullable(),
  actor_role: z.string(),
  action: z.string().meta({ description: 'The permission of the operation, such as `enrollment.create`.' }),
  entity_type: z.string(),
  entity_id: z.string().nullable(),
  success: z.boolean(),
  method: z.string(),
  path: z.string(),
  status: z.int(),
  summary: z.string().meta({
    description:
      'What was done to what, in the language of the answer; what was noted down with it stands in brackets.',
    examples: ['created student 2026-00012'],
  }),
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

export const DailyActivity = z
  .object({
    id,
    day: date.meta({ description: 'UTC.' }),
    action: z.string().meta({ description: 'As in the audit log.' }),
    done: z.int(),
    refused: z.int(),
  })
  .meta({ id: 'DailyActivity' })

/** Where to begin; how many rows at most. The answer says where to go on. */
export const VerifyQuery = z.strictObject({
  after: z.coerce.number().int().min(0).default(0),
  limit: z.coerce.number().int().min(1).max(20_000).default(10_000),
})

const AuditProblem = z
  .object({
    kind: z.enum(['altered', 'removed', 'inserted', 'rewritten']).meta({
      description:
        'Of the rows between both ids; `rewritten`: rows and their hashes fit each other, but not what R2 keeps of them, or that cannot be read.',
    }),
    from_id: z.int(),
    to_id: z.int(),
  })
  .meta({ id: 'AuditProblem' })

export const AuditVerification = z
  .object({
    valid: z.boolean(),
    problems: z.array(AuditProblem).meta({ description: 'The first 100.' }),
    rows_checked: z.int().meta({ description: 'Sealed rows that were compared with the chain.' }),
    tail_checked: z.int().meta({
      description:
        'Rows behind the last seal that were compared with what the running head was told; 0 while `next_after` is to be gone on with.',
    }),
    resumed: z.array(z.object({ chain: z.int(), began_at: instant, reason: z.string(), problems: z.int() })).meta({
      description:
        'Chains that began although the log was not what the one before says, each with the reason that was given. `valid` says nothing about the time before the last of them.',
    }),
    sealed_to: z.int().meta({ description: 'Rows after this id are sealed within five minutes.' }),
    next_after: z
      .int()
      .nullable()
      .meta({ description: 'Give it as `after` to go on; null when all sealed rows were checked.' }),
  })
  .meta({ id: 'AuditVerification' })

export type AuditProblem = z.output<typeof AuditProblem>
