import type { Context } from '#/platform/context.ts'
import { recordAct } from '#/platform/audit/record-act.ts'
import { settle } from '#/platform/database/write/settle.ts'
import { ApiError } from '#/platform/errors.ts'
import { DamagedBackup, MissingBackupKey, rewrapHeader, type RingKey } from '#/operations/backup-file/index.ts'
import { errors } from './errors.ts'
import { currentKey, ringOf } from './keys.ts'
import { headerOf, listBackups, readIndex, replaceIndex } from './store.ts'

/**
 * Puts the data keys of all backups under the current key, so that older ones can leave the ring. The backups themselves are not
 * touched. Those whose key is missing, and those whose header cannot be read, are named and stay as they are. Throws STALE_STATE.
 */
export async function rewrapBackups(ctx: Context) {
  const current = await currentKey(ctx)
  const others = (await listBackups(ctx)).filter(({ kid }) => kid !== current.kid)
  const rewrapped: string[] = []
  const missing: { name: string; kid: string }[] = []
  const damaged: string[] = []
  for (const { name } of others) {
    try {
      await rewrap(ctx, name, current)
      rewrapped.push(name)
    } catch (error) {
      if (error instanceof MissingBackupKey) missing.push({ name, kid: error.kid })
      else if (error instanceof DamagedBackup) damaged.push(name)
      else if (!isGone(error)) throw error
    }
  }
  await recordAct(ctx, { entity: 'backup_key', id: current.kid, changes: { rewrapped: { new: rewrapped } } })
  return { kid: current.kid, rewrapped, missing, damaged }
}

/** What a verification wrote meanwhile stays. Throws MissingBackupKey, DamagedBackup, BACKUP_NOT_FOUND, STALE_STATE. */
const rewrap = (ctx: Context, name: string, current: RingKey): Promise<void> =>
  settle(async () => {
    const { index, summary, etag } = await readIndex(ctx, name)
    const old = headerOf(index)
    const header = await rewrapHeader(old, ringOf(ctx), current)
    const bytes = summary.bytes - old.length + header.length
    await replaceIndex(ctx, { ...index, header: header.toBase64() }, { ...summary, kid: current.kid, bytes }, etag)
  })

/** Somebody has deleted it since it was listed. */
const isGone = (error: unknown) => error instanceof ApiError && error.declared === errors.BACKUP_NOT_FOUND
