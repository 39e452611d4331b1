import { createHmac, hkdfSync, timingSafeEqual } from 'node:crypto'
import { asc } from 'drizzle-orm'
import * as z from 'zod'
import type { Context } from '#/platform/context.ts'
import { fromBase64url, toBase64url } from '#/platform/encoding/base64url.ts'
import { readJson, storedText } from '#/platform/encoding/stored.ts'
import type { Settings } from '#/platform/env.ts'
import { auditNoteKey } from './chain.ts'
import type { AuditProblem } from './schema.ts'
import type { Chains } from './segments.ts'
import { auditRenewal } from './table.ts'

/** What stands before the first row of a further chain. */
const ChainNote = z.object({
  chain: z.int(),
  began_at: z.string(),
  /** Where the chain before had come to. */
  before: z.object({ chain: z.int(), last_id: z.int(), hash: z.string() }),
  reason: z.string().nullable(),
  /** What was found wrong with the log then; only a reason lets a chain begin all the same. */
  problems: z.array(z.unknown()),
  kid: z.string(),
  mac: z.string(),
})
export type ChainNote = z.output<typeof ChainNote>

/** A note with its code, under the first of AUDIT_KEYS. */
export function signedNote({ AUDIT_KEYS }: Settings, note: Omit<ChainNote, 'kid' | 'mac'>): string {
  const [{ kid, k }] = AUDIT_KEYS
  return JSON.stringify({ ...note, kid, mac: macOf(k, { ...note, kid }) })
}

/** The note in a text; undefined when it is none, or no key of the ring made its code. */
export function readNote({ AUDIT_KEYS }: Settings, text: string): ChainNote | undefined {
  const { data: note } = ChainNote.safeParse(readJson(text))
  if (!note) return undefined
  const { mac, ...said } = note
  const key = AUDIT_KEYS.find(({ kid }) => kid === note.kid)
  return key && isSameText(macOf(key.k, said), mac) ? note : undefined
}

function isSameText(a: string, b: string): boolean {
  const [own, other] = [Buffer.from(a), Buffer.from(b)]
  return own.length === other.length && timingSafeEqual(own, other)
}

/** The chains that began for a reason, although the log was not what the one before says: their notes tell, which have a code. */
export async function findResumed({ db, settings }: Context) {
  const renewals = await db.select({ note: auditRenewal.note }).from(auditRenewal).orderBy(asc(auditRenewal.chain))
  return renewals.flatMap(({ note: text }) => {
    const note = readNote(settings, text ?? '')
    if (!note || note.reason === null) return []
    return [{ chain: note.chain, began_at: note.began_at, reason: note.reason, problems: note.problems.length }]
  })
}

function macOf(k: string, said: object): string {
  const key = hkdfSync('sha256', fromBase64url(k), '', 'lyceum audit chain', 32)
  return toBase64url(createHmac('sha256', Buffer.from(key)).update(JSON.stringify(said)).digest())
}

/** Whether R2 knows of the same chains as the database, by their notes: of the newest, of each before it, and of none behind. */
export async function findBrokenNote(ctx: Context, { newest }: Chains): Promise<AuditProblem | undefined> {
  const known = await ctx.db.select({ chain: auditRenewal.chain, note: auditRenewal.note }).from(auditRenewal)
  const notes = new Map(known.map(({ chain, note }) => [chain, note]))
  const chains = Array.from({ length: newest?.chain ?? 1 }, (_, i) => i + 2)
  const found = await Promise.all(chains.map((chain) => isNoteSame(ctx, chain, notes.get(chain))))
  return found.every(Boolean) ? undefined : { kind: 'rewritten', from_id: 1, to_id: Number.MAX_SAFE_INTEGER }
}

/** A chain that has not begun, or never did, may have its note in R2 alone; one that the database does not know has none. */
async function isNoteSame({ env, settings }: Context, chain: number, note: string | null | undefined) {
  if (note === null) return true
  const stored = await env.BACKUPS.get(auditNoteKey(chain))
  if (note === undefined || stored === null) return note === undefined && stored === null
  return (await storedText(stored)) === note && readNote(settings, note) !== undefined
}
