import { sql } from 'drizzle-orm'
import { auditHighWater, auditLog } from './table.ts'

/** The number behind the highest that was ever given, whether its row is still there or not. */
export const nextAuditId = sql<number>`max((select ${auditHighWater.last} from ${auditHighWater}),
  (select coalesce(max(${auditLog.id}), 0) from ${auditLog})) + 1`

/** The same for each of many rows that one statement inserts. */
export const nextAuditIds = sql<number>`${nextAuditId} + row_number() over () - 1`
