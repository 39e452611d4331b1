import * as z from 'zod'
import { endpoint } from '#/platform/http/endpoint.ts'
import { AuditVerification, VerifyQuery } from '#/operations/audit-log/index.ts'
import { errors } from './errors.ts'
import { verifyArchived } from './verify-archived.ts'

const ArchivedVerification = AuditVerification.omit({ tail_checked: true })
  .extend({
    erased: z.int().meta({
      description:
        'Rows that nobody can prove any more: what they told of a person was encrypted since, and then erased.',
    }),
  })
  .meta({ id: 'ArchivedVerification' })

export const renewalEndpoints = [
  endpoint({
    id: 'verifyArchivedChain',
    method: 'get',
    path: '/audit/chains/:chain/verify',
    summary: 'Check the audit log against a chain that another one has followed',
    description:
      'When older rows are encrypted, a further chain begins; the hashes before it stay in R2. Each row is proved by the hash it had then, as it rests or with its values in clear.',
    permission: 'audit.verify',
    limit: 'heavy',
    params: z.object({ chain: z.coerce.number().int().min(1).max(1000) }),
    query: VerifyQuery,
    returns: ArchivedVerification,
    errors: [errors.AUDIT_CHAIN_NOT_FOUND],
  }).handle(({ ctx, params: { chain }, query }) => verifyArchived(ctx, chain, query)),
]
