import { fromBase64url } from '#/platform/encoding/base64url.ts'
import type { Context } from '#/platform/context.ts'
import { ApiError } from '#/platform/errors.ts'
import type { RingKey } from '#/operations/backup-file/index.ts'
import { listBackups } from './store.ts'
import { backupKey } from './table.ts'
import { errors } from './errors.ts'

/** All keys of BACKUP_KEYS. */
export const ringOf = ({ settings }: Pick<Context, 'settings'>): RingKey[] =>
  settings.BACKUP_KEYS.map(({ kid, k }) => ({ kid, key: fromBase64url(k) }))

/** The key that new backups use. Throws BACKUP_KEY_MISSING when the ring no longer holds it. */
export async function currentKey(ctx: Context): Promise<RingKey> {
  const [row] = await ctx.db.select().from(backupKey)
  const ring = ringOf(ctx)
  if (!row) return ring[0]!
  const key = ring.find(({ kid }) => kid === row.kid)
  if (!key) throw new ApiError(errors.BACKUP_KEY_MISSING, { kid: row.kid })
  return key
}

/** The keys of the ring in its order, then those that backups need and the ring lacks. */
export async function listKeys(ctx: Context) {
  const backups = await listBackups(ctx)
  const current = await currentKey(ctx)
  const ring = ringOf(ctx).map(({ kid }) => kid)
  const kids = new Set([...ring, ...backups.map(({ kid }) => kid)])
  return [...kids].map((kid) => ({
    kid,
    is_current: kid === current.kid,
    is_missing: !ring.includes(kid),
    backups: backups.filter((backup) => backup.kid === kid).length,
  }))
}
