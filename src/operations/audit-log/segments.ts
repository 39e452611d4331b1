import { desc } from 'drizzle-orm'
import type { Context } from '#/platform/context.ts'
import { sha256Hex } from '#/platform/encoding/digest.ts'
import { genesis } from './chain.ts'
import { auditRenewal, type Renewal } from './table.ts'

/** Rows that are in one chain: behind `after`, up to `to`. There is more than one of them only while a further chain is being made. */
export interface Segment {
  chain: number
  after: number
  to: number
  /** The hash before the first row. */
  start: string
}

export interface Chains {
  /** Oldest rows first; never empty. */
  segments: readonly [Segment, ...Segment[]]
  newest: Renewal | undefined
  /** Nothing is sealed until the further chain is made. */
  isUnderWay: boolean
}

/** In which chain which rows are. */
export async function findChains(ctx: Pick<Context, 'db'>): Promise<Chains> {
  const [newest, older] = await ctx.db.select().from(auditRenewal).orderBy(desc(auditRenewal.chain)).limit(2)
  const isUnderWay = newest !== undefined && (newest.finished_at === null || newest.error_code !== null)
  const whole = { after: 0, to: Number.MAX_SAFE_INTEGER }
  const before = { chain: newest ? newest.chain - 1 : 1, start: await startOf(older) }
  if (!newest?.note) return { segments: [{ ...whole, ...before }], newest, isUnderWay }
  const { chain, position } = newest
  const now = { chain, start: await startOf(newest) }
  if (!isUnderWay) return { segments: [{ ...whole, ...now }], newest, isUnderWay }
  const rest = { ...before, after: position, to: whole.to, start: newest.old_hash! }
  return { segments: [{ ...now, after: 0, to: position }, rest], newest, isUnderWay }
}

/** A chain begins with the hash of its note; the first one had none. */
export const startOf = async (renewal: Renewal | undefined): Promise<string> =>
  renewal?.note ? sha256Hex(renewal.note) : genesis

/** The segment in which a row is. */
export const segmentAt = ({ segments }: Chains, id: number): Segment =>
  segments.find(({ to }) => id <= to) ?? segments.at(-1)!
