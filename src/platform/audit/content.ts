import { sql } from 'drizzle-orm'
import { auditLog } from './table.ts'

const { id, at, actor_id, actor_role, action, entity_type, entity_id, changes, summary } = auditLog
const { reason, success, method, path, status, ip, user_agent, request_id } = auditLog

/**
 * An audit row as it is hashed: every column as one JSON text, made by SQLite of the bytes that rest there. Where an insert answers it SQLite
 * still knows that the database made the changes as JSON, and would take them for more than a text.
 */
export const contentOfRow = sql<string>`json_array(${id}, ${at}, ${actor_id}, ${actor_role}, ${action}, ${entity_type}, ${entity_id}, ${changes} || '',
  ${summary}, ${reason}, ${success}, ${method}, ${path}, ${status}, ${ip}, ${user_agent}, ${request_id})`

/** What an insert into the audit log answers, for the running head. */
export const hashedRow = { id, content: contentOfRow.as('content') }

export interface WrittenRow {
  id: number
  content: string
}
