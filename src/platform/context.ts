import { toBase64url } from '#/platform/encoding/base64url.ts'
import type { Database } from '#/platform/database/connect.ts'
import type { Env, Settings } from './env.ts'
import type { Language, Role, Tier } from './words.ts'
import type { Permission } from './policy.ts'
import type { Reach } from './policy.ts'

/** Who acts. `system` is Lyceum itself: queue consumers and cron jobs. */
export interface Actor {
  id: number | null
  role: Role | 'system'
  sessionId: string | null
  studentId: number | null
  tier: Tier
  /** Whether the account has a second factor in force. That alone says nothing of this session. */
  hasSecondFactor: boolean
  /** When this session was last proved to be the account's, epoch ms (0: never): by a code of its second factor, or by the password where it has none. */
  verifiedAt: number
  /** Of the account when the token was made; undefined in one of before. */
  language?: Language | undefined
}

/** Where the act came from, for the audit log. */
export interface Origin {
  method: string
  path: string
  status: number
  ip: string | null
  userAgent: string | null
  /** What the browser keeps of an earlier sign-in: access/proof reads it. */
  device?: string | undefined
}

/** How a request is told from another one under the same key. */
export interface Idempotency {
  key: string
  /** SHA-256 (hex) of method, address and body. That of an upload is of the bytes read so far. */
  readonly fingerprint: string
  /** Reads what is left of an upload. */
  readToEnd?: () => Promise<void>
}

/** Everything a use case knows of the world. It holds no HTTP, so queues and cron jobs build one too. */
export interface Context {
  actor: Actor
  /** The permission this operation asked for; it is the action in the audit log, too. */
  permission: Permission
  /** How far that permission goes for this actor. */
  reach: Reach
  db: Database
  env: Env
  settings: Settings
  /** The instant of the request, UTC ISO 8601; the same for every row the request writes. */
  now: string
  /** Opaque, unguessable id (128 bits, base64url) for tokens, jobs and files. */
  newId: () => string
  requestId: string
  language: Language
  origin: Origin
  /** Row versions that `If-Match` accepts. */
  ifMatch?: 'any' | number[] | undefined
  /** What is to let the caller past a turnstile: admissions with commas between. */
  admission?: string | undefined
  /** Set when the request carries an `Idempotency-Key`; `write` stores it in the same batch. */
  idempotency?: Idempotency | undefined
  /** Says in the answer what is left of a budget. */
  showLimits?: ((headers: Record<string, string>) => void) | undefined
  /** Lets work outlive the answer. */
  after: (work: Promise<unknown>) => void
}

export const anonymous: Actor = {
  id: null,
  role: 'anonymous',
  sessionId: null,
  studentId: null,
  tier: 'free',
  hasSecondFactor: false,
  verifiedAt: 0,
}
export const system: Actor = { ...anonymous, role: 'system' }

/** 128 random bits as 22 base64url characters. */
export const newId = (): string => toBase64url(crypto.getRandomValues(new Uint8Array(16)))
