import { asc, gt } from 'drizzle-orm'
import type { Database } from '#/platform/database/connect.ts'
import { type WrittenRow, hashedRow } from '#/platform/audit/content.ts'
import { auditLog } from '#/platform/audit/table.ts'
import { sha256Hex } from '#/platform/encoding/digest.ts'

/** The hash before the first row: SHA-256 of `lyceum audit log`, so that an empty chain has a hash as well. */
export const genesis = '54b623bc5d912abd2d7bec662d01ef15aea27827a763828871d9f8d72fb013d1'

/** An audit row as it is hashed. */
export type Sealable = WrittenRow

/** Audit rows after `after` in their order, at most `limit`. */
export const rowsAfter = (db: Database, after: number, limit: number) =>
  db.select(hashedRow).from(auditLog).where(gt(auditLog.id, after)).orderBy(asc(auditLog.id)).limit(limit)

/** The hash that seals a row: SHA-256 over the hash before it, a line break and the row's content; hex. */
export const auditSealOf = (previous: string, { content: text }: Sealable): Promise<string> =>
  sha256Hex(`${previous}\n${text}`)

/** Where a seal of a chain rests in R2. Names sort like their numbers. */
export const auditSealKey = (chain: number, lastId: number) =>
  `${auditSealPrefix(chain)}${String(lastId).padStart(16, '0')}.json`
export const auditSealPrefix = (chain: number) => (chain === 1 ? 'audit-seals/' : `audit-seals/${chain}/`)

/** Where hashes of a chain rest that another one has followed, by the first row of each piece. */
export const auditArchiveKey = (chain: number, firstId: number) =>
  `audit-archive/${chain}/${String(firstId).padStart(16, '0')}.json`

/** Where the note rests that a further chain begins with. */
export const auditNoteKey = (chain: number) => `${auditSealPrefix(chain)}note.json`

/** The row in the name of a seal or of a piece of the archive; undefined where the name is none of either. */
export function idIn(key: string): number | undefined {
  const id = Number(/\/(\d{16})\.json$/.exec(key)?.[1])
  return Number.isSafeInteger(id) ? id : undefined
}
