import type { Context } from '#/platform/context.ts'

/** R2 deletes so many files at once. */
const filesAtOnce = 1000

/** The file of an issue in R2. */
export const fileKey = (issueId: string) => `transcripts/${issueId}.pdf`

/** Deletes the files that lie under these ids, if any. */
export async function deleteDrafts(ctx: Pick<Context, 'env'>, ids: readonly string[]): Promise<void> {
  const keys = [...new Set(ids)].map(fileKey)
  for (let first = 0; first < keys.length; first += filesAtOnce)
    await ctx.env.DOCUMENTS.delete(keys.slice(first, first + filesAtOnce))
}
