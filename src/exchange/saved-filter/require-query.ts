import type { Context } from '#/platform/context.ts'
import type { ListSources } from '#/platform/list-source.ts'
import { fits } from '#/platform/database/rule/rule.ts'
import { ApiError } from '#/platform/errors.ts'
import { forbidden } from '#/platform/forbidden.ts'
import { reachOf } from '#/platform/policy.ts'
import { sharedErrors } from '#/platform/shared-errors.ts'
import { invalidIn, requireValid } from '#/platform/validation/invalid.ts'
import type { Role } from '#/platform/words.ts'
import type { Filter } from './schema.ts'

/** Throws when the caller may not read the list of a filter (403), or when the list would not take its query (422). */
export function requireQuery(ctx: Context, lists: ListSources, { entity, query }: Filter): void {
  const list = lists[entity]
  if (!list) throw new ApiError(sharedErrors.HTTP_403)
  const { role } = ctx.actor
  if (!reachOf(list.permission, role as Role)) throw forbidden(list.permission, role)
  requireValid('query', list.query, query, ctx)
}

/** The same as a rule, of a list that the caller may read. */
export const takenQuery = (lists: ListSources) =>
  fits(sharedErrors.VALIDATION_ERROR, ['query', 'entity'], ({ query, entity }, { ctx: { actor, language } }) => {
    const list = lists[entity as string]
    if (!list || !reachOf(list.permission, actor.role as Role)) return []
    return invalidIn('query', list.query, query, language)
  })
