import { type SQL, sql } from 'drizzle-orm'
import type { Changes } from './table.ts'

/** Changes with more that only the database knows by then: `named` yields a JSON object. */
export const withNames = (changes: Changes, named: SQL | undefined) =>
  named ? sql`json_patch(${JSON.stringify(changes)}, ${named})` : changes
