import { eq } from 'drizzle-orm'
import type { Context } from '#/platform/context.ts'
import { ApiError } from '#/platform/errors.ts'
import type { Changes } from '#/platform/audit/table.ts'
import { openRows, sealedIn } from '#/platform/personal/open-rows.ts'
import { contentWith, restingOf } from '#/platform/personal/seal-personal.ts'
import { erased } from '#/platform/personal/take-out.ts'
import {
  type AuditProblem,
  findResumed,
  auditRenewal,
  auditSealOf,
  type Link,
  listSeals,
  readNote,
  rowsAfter,
  type Sealable,
  startOf,
} from '#/operations/audit-log/index.ts'
import { listPieces, readPiece } from './archive.ts'
import { errors } from './errors.ts'

const mostProblems = 100
/** What a piece that cannot be read counts as, so that many of them take no longer than others. */
const rowsOfPiece = 1000

/**
 * Proves rows by the hashes that they had in a chain which another one has followed: as they rest, or with what they tell of persons in clear,
 * as they were hashed then. `erased` are those that nobody can prove any more, as the salt of a person is gone. The hashes themselves have to
 * fit the seals in R2, and the last of them the note of the chain that followed. `after` is 0 or `next_after` of the answer before.
 */
export async function verifyArchived(ctx: Context, chain: number, { after, limit }: { after: number; limit: number }) {
  const { start, end } = await findEnds(ctx, chain)
  const pieces = await listPieces(ctx, chain)
  const behind = pieces.filter(({ first }) => first > after)
  const problems: AuditProblem[] = []
  const lost: AuditProblem[] = []
  const before = pieces.at(-behind.length - 1)
  let previous = before === undefined ? start : lastHashOf(await readPiece(ctx, before))
  let [position, rowsChecked, erasedRows] = [after, 0, 0]
  const hashes = new Map<number, string>()
  while (rowsChecked + lost.length * rowsOfPiece < limit && behind.length > 0) {
    const piece = behind.shift()!
    const links = await readPiece(ctx, piece)
    if (typeof links === 'string') {
      // The row behind is proved by the hash before it, which is lost.
      const next = behind[0]?.first
      lost.push({ kind: links, from_id: piece.first, to_id: next ?? Math.max(piece.first, end.last_id) })
      position = next === undefined ? end.last_id : next - 1
    } else {
      const checked = await checkPiece(ctx, previous, links)
      problems.push(...checked.problems)
      erasedRows += checked.erased
      rowsChecked += links.length
      for (const { audit_id, hash } of links) hashes.set(audit_id, hash)
      position = links.at(-1)!.audit_id
    }
    previous = lastHashOf(links)
  }
  problems.push(...lost, ...(await compareWithSeals(ctx, chain, { after, to: position }, hashes, lost)))
  const isWhole = behind.length === 0
  const isToldOf = previous === undefined && lost.length > 0
  if (isWhole && !isToldOf && (position !== end.last_id || previous !== end.hash))
    problems.push({ kind: 'rewritten', from_id: position, to_id: end.last_id })
  return {
    valid: problems.length === 0,
    problems: problems.slice(0, mostProblems),
    rows_checked: rowsChecked,
    erased: erasedRows,
    resumed: await findResumed(ctx),
    sealed_to: end.last_id,
    next_after: isWhole ? null : position,
  }
}

const lastHashOf = (links: Awaited<ReturnType<typeof readPiece>>) =>
  typeof links === 'string' ? undefined : links.at(-1)!.hash

/** The hash before the first row of a chain, and where it had come to when the next began. */
async function findEnds(ctx: Context, chain: number) {
  const [[own], [next]] = await ctx.db.batch([
    ctx.db.select().from(auditRenewal).where(eq(auditRenewal.chain, chain)),
    ctx.db
      .select()
      .from(auditRenewal)
      .where(eq(auditRenewal.chain, chain + 1)),
  ])
  const note = next?.note && next.finished_at ? readNote(ctx.settings, next.note) : undefined
  if (!note) throw new ApiError(errors.AUDIT_CHAIN_NOT_FOUND, { chain })
  return { start: await startOf(own), end: note.before }
}

async function checkPiece(ctx: Context, before: string | undefined, links: readonly Link[]) {
  const rows = await rowsAfter(ctx.db, links[0]!.audit_id - 1, links.length)
  const inClear = await clearContents(ctx, rows)
  const contents = new Map(rows.map((row) => [row.id, row]))
  const problems: AuditProblem[] = []
  let previous = before
  let erasedRows = 0
  for (const { audit_id: id, hash } of links) {
    const row = contents.get(id)
    const clear = inClear.get(id)
    if (!row) problems.push({ kind: 'removed', from_id: id, to_id: id })
    else if (previous !== undefined && (await auditSealOf(previous, row)) !== hash) {
      if (clear === 'erased') erasedRows += 1
      else if (!clear || (await auditSealOf(previous, clear)) !== hash)
        problems.push({ kind: 'altered', from_id: id, to_id: id })
    }
    previous = hash
  }
  return { problems, erased: erasedRows }
}

/** Rows that hold something sealed, as they were before that. */
async function clearContents(ctx: Context, rows: readonly Sealable[]): Promise<Map<number, Sealable | 'erased'>> {
  const resting = rows.map((row) => {
    const { changes, ...rest } = restingOf(row)
    return { ...rest, row, changes: JSON.parse(changes) as Changes }
  })
  const opened = await openRows(
    ctx,
    resting.filter((row) => sealedIn(row)),
  )
  return new Map(
    opened.map(({ id, row, changes, reason }) => {
      const text = JSON.stringify(changes)
      const isErased = reason === erased || text.includes(JSON.stringify(erased))
      return [id, isErased ? 'erased' : { id, content: contentWith(row, { changes: text, reason }) }]
    }),
  )
}

async function compareWithSeals(
  ctx: Context,
  chain: number,
  { after, to }: { after: number; to: number },
  hashes: ReadonlyMap<number, string>,
  lost: readonly AuditProblem[],
): Promise<AuditProblem[]> {
  const problems: AuditProblem[] = []
  for await (const page of listSeals(ctx, chain, after)) {
    const seals = page.filter(({ last_id }) => last_id <= to)
    const known = seals.filter(({ last_id: id }) => !lost.some(({ from_id, to_id }) => from_id <= id && id <= to_id))
    const wrong = known.filter(({ last_id, hash }) => hash !== undefined && hashes.get(last_id) !== hash)
    problems.push(...wrong.map(({ last_id }) => ({ kind: 'rewritten' as const, from_id: last_id, to_id: last_id })))
    if (seals.length < page.length) break
  }
  return problems
}
