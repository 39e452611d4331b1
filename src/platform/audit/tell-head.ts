import { createHash } from 'node:crypto'
import { objectNamed } from '#/platform/durable-object/object-named.ts'
import type { Env } from '#/platform/env.ts'
import { describe, log } from '#/platform/log.ts'
import { count } from '#/platform/metrics/metrics.ts'
import type { WrittenRow } from './content.ts'

/** The one object of a deployment that knows the newest rows of the audit log. */
export const auditHeadOf = (env: Env) => objectNamed(env, env.AUDIT_HEAD, env.ENVIRONMENT)

/** How an insert into the audit log begins, in the words of Drizzle. */
const insertion = 'insert into "audit_log" '

/** The rows that statements with these texts wrote into the audit log. */
export const auditRowsOf = (texts: readonly string[], results: readonly D1Result[]): WrittenRow[] =>
  texts.flatMap((text, i) => (text.startsWith(insertion) ? (results[i]!.results as unknown as WrittenRow[]) : []))

/**
 * Tells the running head what was committed. Nobody waits for it: should the word get lost, the row is sealed within five minutes all the
 * same, and only until then nothing but the log itself speaks for it.
 */
export async function tellHead(env: Env, rows: readonly WrittenRow[]): Promise<void> {
  try {
    const told = rows.map(({ id, content }) => ({ id, digest: createHash('sha256').update(content).digest('hex') }))
    await auditHeadOf(env).tell(told)
  } catch (error) {
    count('audit_head_failures_total', [])
    log('error', 'audit_head_not_told', { rows: rows.length, ...describe(error) })
  }
}
