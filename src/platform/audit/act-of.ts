import type { Context } from '#/platform/context.ts'

/** Who acts, how and from where: the same in every audit row of a write. */
export function actOf({ actor, origin, permission, now, requestId }: Context) {
  const { method, path, status, ip, userAgent } = origin
  const act = { at: now, actor_id: actor.id, actor_role: actor.role, action: permission }
  return { ...act, method, path, status, ip, user_agent: userAgent, request_id: requestId }
}
