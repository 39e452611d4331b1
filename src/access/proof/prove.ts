import { recordDenial } from '#/platform/audit/record-denial.ts'
import { type Actor, anonymous, type Context } from '#/platform/context.ts'
import { type DeclaredError, ProofRefused } from '#/platform/errors.ts'
import { count } from '#/platform/metrics/metrics.ts'
import type { Role } from '#/platform/words.ts'

/** What somebody tries to prove, and what is said and kept when it fails. */
export interface Attempt {
  /** Whose secret it is, as far as that is known. */
  holder: { id: number; role: Role } | undefined
  /** What the audit log says was tried; `account` by default. */
  entity?: string
  /** Of what was tried, where it is no account. */
  id?: string
  summary: string
  refusal: DeclaredError
  params?: Record<string, string>
  headers?: Record<string, string>
}

/**
 * The one way to compare a secret with what is presented. `compare` yields what it proves, or undefined. A refusal is a row in the audit log,
 * a figure, and an error by which the budgets of its class count it. Throws `refusal`.
 */
export async function prove<Proven>(
  ctx: Context,
  { holder, entity = 'account', id, summary, refusal, params = {}, headers = {} }: Attempt,
  compare: () => Promise<Proven | undefined>,
): Promise<Proven> {
  const proven = await compare()
  if (proven !== undefined) return proven
  count('auth_attempts_total', ['refused'])
  const by = { ...ctx, actor: actorOf(ctx, holder) }
  await recordDenial(by, { entity, id: id ?? holder?.id ?? ctx.actor.id, summary, refusal })
  throw new ProofRefused(refusal, params, { headers })
}

/** Who is in a session acts; a sign-in is an attempt on the account that it is for, a token from a mail one of nobody known. */
function actorOf({ actor }: Context, holder: Attempt['holder']): Actor {
  if (actor.id !== null || !holder) return actor
  return { ...anonymous, ...holder }
}
