import type { Context } from '#/platform/context.ts'
import { restore } from '#/platform/database/write/entity.ts'
import type { ListSources } from '#/platform/list-source.ts'
import { filterEntity, withPath } from './queries.ts'

export const restoreFilter = async (ctx: Context, lists: ListSources, id: number) =>
  withPath(lists, await restore(ctx, filterEntity, id))
