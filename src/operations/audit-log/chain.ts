import { asc, gt, sql } from 'drizzle-orm'
import type { Database } from '#/platform/database/connect.ts'
import { auditLog } from '#/platform/audit/table.ts'
import { sha256Hex } from '#/platform/encoding/digest.ts'

/** The hash before the first row: SHA-256 of `lyceum audit log`, so that an empty chain has a hash as well. */
export const genesis = '54b623bc5d912abd2d7bec662d01ef15aea27827a763828871d9f8d72fb013d1'

/** An audit row as it is hashed: its id and every column as one JSON text, made by SQLite of the bytes that rest there. */
export interface Sealable {
  id: number
  content: string
}

const { id, at, actor_id, actor_role, action, entity_type, entity_id, changes, summary } = auditLog
const { reason, success, method, path, status, ip, user_agent, request_id } = auditLog

const content = sql<string>`json_array(${id}, ${at}, ${actor_id}, ${actor_role}, ${action}, ${entity_type}, ${entity_id}, ${changes},
  ${summary}, ${reason}, ${success}, ${method}, ${path}, ${status}, ${ip}, ${user_agent}, ${request_id})`

/** Audit rows after `after` in their order, at most `limit`. */
export const rowsAfter = (db: Database, after: number, limit: number) =>
  db
    .select({ id, content: content.as('content') })
    .from(auditLog)
    .where(gt(id, after))
    .orderBy(asc(id))
    .limit(limit)

/** The hash that seals a row: SHA-256 over the hash before it, a line break and the row's content; hex. */
export const auditSealOf = (previous: string, { content: text }: Sealable): Promise<string> =>
  sha256Hex(`${previous}\n${text}`)

/** Where a seal rests in R2. Names sort like their numbers. */
export const auditSealKey = (lastId: number) => `${auditSealPrefix}${String(lastId).padStart(16, '0')}.json`
export const auditSealPrefix = 'audit-seals/'
