import { desc } from 'drizzle-orm'
import { type AuditEntry, auditRow } from '#/platform/audit/audit-row.ts'
import { auditHeadOf } from '#/platform/audit/tell-head.ts'
import type { Context } from '#/platform/context.ts'
import { sha256Hex } from '#/platform/encoding/digest.ts'
import { storedText } from '#/platform/encoding/stored.ts'
import { ApiError } from '#/platform/errors.ts'
import { log } from '#/platform/log.ts'
import { sharedErrors } from '#/platform/shared-errors.ts'
import type { Step } from '#/platform/work/kind.ts'
import {
  auditChain,
  auditNoteKey,
  type ChainNote,
  findBroken,
  findChains,
  readNote,
  type Renewal,
  signedNote,
  storeSeals,
} from '#/operations/audit-log/index.ts'

/**
 * Notes where the chain before has come to. Throws AUDIT_LOG_ALTERED when the log is not what that chain says, unless there is a reason to
 * go on all the same: rows that are gone for good, say.
 */
export async function beginChain(ctx: Context, run: Renewal): Promise<Step<Renewal>> {
  const chains = await findChains(ctx)
  const problems = await findBroken(ctx, chains)
  if (problems.length > 0 && run.reason === null) {
    log('error', 'audit_log_not_renewed', { problems })
    throw new ApiError(sharedErrors.AUDIT_LOG_ALTERED)
  }
  if (!(await storeSeals(ctx, chains))) return { set: {} }
  const [newest] = await ctx.db.select().from(auditChain).orderBy(desc(auditChain.audit_id)).limit(1)
  const [{ chain, start }] = chains.segments
  const before = { chain, last_id: newest?.audit_id ?? 0, hash: newest?.hash ?? start }
  const { reason } = run
  const { text, note } = await kept(
    ctx,
    run.chain,
    signedNote(ctx.settings, { chain: run.chain, began_at: ctx.now, before, reason, problems }),
  )
  if (reason !== null) await auditHeadOf(ctx.env).forget()
  const isAll = before.last_id === 0
  const finished_at = isAll ? new Date().toISOString() : null
  return {
    set: { note: text, last_id: before.last_id, hash: await sha256Hex(text), old_hash: start, finished_at },
    work: [auditRow(ctx, beginningOf(note))],
  }
}

/** What is on record of it: the chain, why it began, and how many problems were passed over. */
const beginningOf = ({ chain, reason, problems }: ChainNote): AuditEntry => ({
  entity: 'audit_renewal',
  id: chain,
  changes: { chain: { new: chain }, problems: { new: problems.length } },
  summary: 'a further chain of the audit log begins',
  reason,
})

/** The note as it rests in R2: that of a worker that died before it could save it, if there was one. */
async function kept(ctx: Context, chain: number, made: string) {
  const key = auditNoteKey(chain)
  await ctx.env.BACKUPS.put(key, made, { onlyIf: { etagDoesNotMatch: '*' } })
  const object = await ctx.env.BACKUPS.get(key)
  const text = (object && (await storedText(object))) ?? ''
  const note = readNote(ctx.settings, text)
  if (note?.chain !== chain) throw new ApiError(sharedErrors.AUDIT_LOG_ALTERED)
  return { text, note }
}
