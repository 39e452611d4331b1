import { desc } from 'drizzle-orm'
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
  const note = await kept(
    ctx,
    run.chain,
    signedNote(ctx.settings, { chain: run.chain, began_at: ctx.now, before, reason, problems }),
  )
  if (reason !== null) await auditHeadOf(ctx.env).forget()
  const isAll = before.last_id === 0
  const finished_at = isAll ? new Date().toISOString() : null
  return { set: { note, last_id: before.last_id, hash: await sha256Hex(note), old_hash: start, finished_at } }
}

/** The note as it rests in R2: that of a worker that died before it could save it, if there was one. */
async function kept(ctx: Context, chain: number, note: string): Promise<string> {
  const key = auditNoteKey(chain)
  await ctx.env.BACKUPS.put(key, note, { onlyIf: { etagDoesNotMatch: '*' } })
  const object = await ctx.env.BACKUPS.get(key)
  const stored = object ? await storedText(object) : undefined
  if (stored === undefined || !readNote(ctx.settings, stored)) throw new ApiError(sharedErrors.AUDIT_LOG_ALTERED)
  return stored
}
