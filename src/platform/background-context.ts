import type { WrittenRow } from '#/platform/audit/content.ts'
import { tellHead } from '#/platform/audit/tell-head.ts'
import { type Context, newId, system } from './context.ts'
import { connect } from '#/platform/database/connect.ts'
import { type Env, settingsOf } from './env.ts'
import type { Permission } from './policy.ts'

/** The Context of work that nobody waits for: queue consumers and cron jobs. `permission` is the action in the audit log. */
export function backgroundContext(
  env: Env,
  execution: Pick<ExecutionContext, 'waitUntil'>,
  permission: Permission,
  name: string,
): Context {
  const requestId = newId()
  const asker = { operation: name, route: name, requestId }
  const told = (rows: WrittenRow[]) => execution.waitUntil(tellHead(env, rows))
  return {
    actor: system,
    permission,
    reach: 'any',
    db: connect(env.DB, { mode: 'write', asker, told }).db,
    env,
    settings: settingsOf(env),
    now: new Date().toISOString(),
    newId,
    requestId,
    language: 'en',
    origin: { method: 'BACKGROUND', path: name, status: 200, ip: null, userAgent: null },
    after: (work) => execution.waitUntil(work),
  }
}
