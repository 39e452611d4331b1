import { recordAct } from '#/platform/audit/record-act.ts'
import type { Context } from '#/platform/context.ts'
import type { Shape } from './stream-export.ts'

interface Taken {
  name: string
  query: object
  columns: readonly string[]
  rows: number
}

/** Parameters that a person may be named by: the record says that they were used. */
const naming = /^(?:search|email|student_number)(?:__|$)/

/** Who took which rows of what, before the first byte leaves: a transfer that breaks off may have carried all of them. */
export function recordExport(ctx: Context, { name, query, columns, rows }: Taken, { format }: Shape) {
  const asked = Object.entries(query).filter(([parameter, value]) => value !== undefined && parameter !== 'separator')
  const filters = asked.map(([parameter, value]) => [parameter, naming.test(parameter) ? '[redacted]' : value])
  const changes = {
    format: { new: format },
    filters: { new: Object.fromEntries(filters) },
    columns: { new: columns },
    rows: { new: rows },
  }
  return recordAct(ctx, { entity: 'export', id: name, changes })
}
