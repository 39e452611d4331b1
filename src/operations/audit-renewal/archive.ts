import * as z from 'zod'
import type { Context } from '#/platform/context.ts'
import { auditArchiveKey, type Link } from '#/operations/audit-log/index.ts'

/** Hashes of a chain that another one has followed, of a page of rows. */
const Piece = z.object({ links: z.array(z.tuple([z.int(), z.string()])) })

/** Keeps hashes of a chain that another one follows. What is there already is the same: a step that is taken again has the same rows. */
export async function archive(ctx: Context, chain: number, links: readonly Link[]): Promise<void> {
  const [first] = links
  if (!first) return
  const content = JSON.stringify({ chain, links: links.map(({ audit_id, hash }) => [audit_id, hash]) })
  await ctx.env.BACKUPS.put(auditArchiveKey(chain, first.audit_id), content, { onlyIf: { etagDoesNotMatch: '*' } })
}

/** The names of the pieces of a chain, in their order. */
export async function listPieces(ctx: Context, chain: number): Promise<string[]> {
  const prefix = auditArchiveKey(chain, 0).replace(/\d+\.json$/, '')
  const keys: string[] = []
  for (let cursor: string | undefined; ;) {
    const page = await ctx.env.BACKUPS.list({ prefix, ...(cursor && { cursor }) })
    keys.push(...page.objects.map(({ key }) => key))
    if (!page.truncated) return keys
    cursor = page.cursor
  }
}

/** What a piece holds. */
export async function readPiece(ctx: Context, key: string): Promise<Link[]> {
  const object = await ctx.env.BACKUPS.get(key)
  const { links } = Piece.parse(await object!.json())
  return links.map(([audit_id, hash]) => ({ audit_id, hash }))
}
