import { eq } from 'drizzle-orm'
import type { Context } from '#/platform/context.ts'
import type { Statement } from '#/platform/database/statement.ts'
import { write } from '#/platform/database/write/write.ts'
import { ApiError } from '#/platform/errors.ts'
import { currentKey, listKeys, ringOf } from './keys.ts'
import { backupKey } from './table.ts'
import { errors } from './errors.ts'

/** The key in use and the one behind it. Throws BACKUP_KEY_LAST. */
export async function findNextKey(ctx: Context) {
  const before = await currentKey(ctx)
  const ring = ringOf(ctx)
  const next = ring[ring.findIndex(({ kid }) => kid === before.kid) + 1]
  if (!next) throw new ApiError(errors.BACKUP_KEY_LAST)
  return { before, next }
}

/** Makes the next key of the ring current. Backups that exist stay under theirs. Throws BACKUP_KEY_LAST. */
export async function rotateKey(ctx: Context, also: readonly Statement[] = []) {
  const { before, next } = await findNextKey(ctx)
  const row = { kid: next.kid, rotated_at: ctx.now }
  await write(ctx, {
    change: ctx.db
      .insert(backupKey)
      .values(row)
      .onConflictDoUpdate({ target: backupKey.id, set: row, setWhere: eq(backupKey.kid, before.kid) }),
    audit: { entity: 'backup_key', id: next.kid, changes: { kid: { old: before.kid, new: next.kid } } },
    also,
  })
  return listKeys(ctx)
}
