import { getTableColumns, is, SQL, sql } from 'drizzle-orm'
import type { Context } from '#/platform/context.ts'
import type { DeclaredError } from '#/platform/errors.ts'
import { kept } from '#/platform/database/kept/statement.ts'
import { sealEntry } from '#/platform/personal/seal-entry.ts'
import { actOf } from './act-of.ts'
import { hashedRow } from './content.ts'
import { nextAuditId } from './next-id.ts'
import { auditLog, type Changes } from './table.ts'

export interface AuditEntry {
  /** The noun of the row that changed: `program`, `enrollment`. The action is the permission of the operation. */
  entity: string
  /** Left out: the row that `change` inserted. */
  id?: number | string | null
  /** As SQL where the database itself decides what is new. */
  changes?: Changes | SQL
  summary?: string
  reason?: string | null | undefined
  /** What only the database knows by then. Each yields a JSON object; a null in it is left out. */
  named?: readonly SQL[]
}

/**
 * The audit row of an act, for a batch that is not `write`'s. What it tells of persons is sealed for them. Of an act that was refused it says
 * with which status.
 */
export function auditRow(ctx: Context, entry: AuditEntry, refusal?: DeclaredError) {
  const { entity, id, summary } = entry
  const entity_id = id === undefined || id === null ? null : String(id)
  const { changes, reason } = told(ctx, entry, id === undefined ? inserted : sql`${entity_id}`)
  const row = {
    ...actOf(ctx),
    entity_type: entity,
    entity_id,
    reason,
    summary: summary ?? null,
    success: Number(refusal === undefined),
    ...(refusal && { status: refusal.status }),
  }
  const whose = id === undefined ? 'inserted' : 'named'
  return is(changes, SQL) ? rowOf(ctx, { ...row, changes }, whose) : plainRow(ctx, { ...row, changes }, whose)
}

const inserted = sql`cast(last_insert_rowid() as text)`

type Fields<Value> = Record<Exclude<keyof typeof auditLog.$inferInsert, 'id'>, Value>

function rowOf({ db }: Pick<Context, 'db'>, fields: Fields<SQL | string | number | null>, whose: string) {
  const row = Object.fromEntries(columns.map((name) => [name, sql`${fields[name]}`]))
  const values = { id: nextAuditId, ...row, ...(whose === 'inserted' && { entity_id: inserted }) }
  return db
    .insert(auditLog)
    .values(values as never)
    .returning(hashedRow)
}

/** Most tell nothing that only the database knows: their text is always the same. */
const plainRow = kept((draft, fields: Fields<SQL>, whose) => rowOf(draft, fields, whose))

const columns = Object.keys(getTableColumns(auditLog)).filter((name) => name !== 'id') as (keyof Fields<unknown>)[]

function told(ctx: Context, { entity, changes = {}, named = [], reason = null }: AuditEntry, id: SQL) {
  const [known, open] = is(changes, SQL) ? [{}, [changes, ...named]] : [changes, [...named]]
  const sealed = sealEntry(ctx, { entity, changes: known, reason }, id)
  const isBare = Object.keys(known).length === 0 && sealed.reason === reason
  const first = isBare ? (open.shift() ?? sealed.changes) : sealed.changes
  return { ...sealed, changes: open.reduce((all, one) => sql`json_patch(${all}, ${one})`, first) }
}
