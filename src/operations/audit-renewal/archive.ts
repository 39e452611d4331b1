import * as z from 'zod'
import type { Context } from '#/platform/context.ts'
import { storedJson } from '#/platform/encoding/stored.ts'
import { auditArchiveKey, idIn, type Link } from '#/operations/audit-log/index.ts'

/** Hashes of a chain that another one has followed, of a page of rows. */
const Links = z.object({ links: z.array(z.tuple([z.int(), z.string()])) })

/** Keeps hashes of a chain that another one follows. What is there already is the same: a step that is taken again has the same rows. */
export async function archive(ctx: Context, chain: number, links: readonly Link[]): Promise<void> {
  const [first] = links
  if (!first) return
  const content = JSON.stringify({ chain, links: links.map(({ audit_id, hash }) => [audit_id, hash]) })
  await ctx.env.BACKUPS.put(auditArchiveKey(chain, first.audit_id), content, { onlyIf: { etagDoesNotMatch: '*' } })
}

/** A piece of the archive, by the first row that it is of. */
export interface Piece {
  key: string
  first: number
}

/** The pieces of a chain, in their order. What has no name of one is none. */
export async function listPieces(ctx: Context, chain: number): Promise<Piece[]> {
  const prefix = auditArchiveKey(chain, 0).replace(/\d+\.json$/, '')
  const pieces: Piece[] = []
  for (let cursor: string | undefined; ;) {
    const page = await ctx.env.BACKUPS.list({ prefix, ...(cursor && { cursor }) })
    for (const { key } of page.objects) {
      const first = idIn(key)
      if (first !== undefined) pieces.push({ key, first })
    }
    if (!page.truncated) return pieces
    cursor = page.cursor
  }
}

/** What a piece holds, one row or more in their order; where it is not what was put there, what became of it. */
export async function readPiece(ctx: Context, { key, first }: Piece): Promise<Link[] | 'removed' | 'rewritten'> {
  const object = await ctx.env.BACKUPS.get(key)
  if (!object) return 'removed'
  const { links = [] } = Links.safeParse(await storedJson(object)).data ?? {}
  const isOwn = links[0]?.[0] === first && links.every(([id], i) => i === 0 || id > links[i - 1]![0])
  return isOwn ? links.map(([audit_id, hash]) => ({ audit_id, hash })) : 'rewritten'
}
