import type * as z from 'zod'
import type { Actor, Context } from './context.ts'
import type { Permission } from './policy.ts'
import type { Page } from '#/platform/database/list/list.ts'

/** A list operation as others build on it. */
export interface ListSource {
  path: string
  permission: Permission
  /** The parameters it takes; strict. */
  query: z.ZodObject
  /** The fields of its rows that somebody with this role gets. */
  columns: (role: Actor['role']) => string[]
  /** One page, as the list itself would answer `query`, which must have been validated. */
  read: (ctx: Context, query: object) => Promise<Page<Record<string, unknown>>>
}

/** Every list under the words of its path: `students`, `audit-logs`. */
export type ListSources = Readonly<Record<string, ListSource>>
