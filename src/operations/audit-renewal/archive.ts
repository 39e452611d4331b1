import type { Context } from '#/platform/context.ts'
import { auditArchiveKey, type Link } from '#/operations/audit-log/index.ts'

/** Keeps hashes of a chain that another one follows. What is there already is the same: a step that is taken again has the same rows. */
export async function archive(ctx: Context, chain: number, links: readonly Link[]): Promise<void> {
  const [first] = links
  if (!first) return
  const content = JSON.stringify({ chain, links: links.map(({ audit_id, hash }) => [audit_id, hash]) })
  await ctx.env.BACKUPS.put(auditArchiveKey(chain, first.audit_id), content, { onlyIf: { etagDoesNotMatch: '*' } })
}
