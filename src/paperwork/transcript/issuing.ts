import type { Context } from '#/platform/context.ts'
import { transcriptIssue } from './table.ts'

/** A statement that puts an issue on record. */
export const issuing = (ctx: Pick<Context, 'db'>, issue: typeof transcriptIssue.$inferInsert) =>
  ctx.db.insert(transcriptIssue).values(issue)
