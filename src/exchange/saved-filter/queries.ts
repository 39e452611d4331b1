import { and, eq, ne, sql } from 'drizzle-orm'
import type { SQLiteColumn } from 'drizzle-orm/sqlite-core'
import type { Context } from '#/platform/context.ts'
import { shown } from '#/platform/database/columns.ts'
import type { Database } from '#/platform/database/connect.ts'
import { entity, find } from '#/platform/database/write/entity.ts'
import { asks } from '#/platform/database/rule/rule.ts'
import { byText } from '#/platform/database/list/filters.ts'
import { list } from '#/platform/database/list/list.ts'
import { nameKey } from '#/platform/text/identifier.ts'
import type { ListSources } from '#/platform/list-source.ts'
import { scope } from '#/platform/database/scope.ts'
import { savedFilter, savedFilterTable } from './table.ts'
import { errors } from './errors.ts'
import type { Filter } from './schema.ts'

const rows = (db: Database) => db.select(shown(savedFilter)).from(savedFilter).$dynamic()

/** Everybody sees their own, whatever their role. */
function owned(ctx: Context, column: SQLiteColumn) {
  const mine = () => eq(column, ctx.actor.id ?? 0)
  return scope(ctx, { admin: mine, registrar: mine, faculty: mine, student: mine })
}
const visible = (ctx: Context) => owned(ctx, savedFilter.user_id)

export const filterEntity = entity({
  name: 'saved_filter',
  table: savedFilterTable,
  rows,
  id: savedFilter.id,
  visible,
  restorable: (ctx) => owned(ctx, savedFilterTable.user_id),
  notFound: errors.SAVED_FILTER_NOT_FOUND,
  findable: ({ name, query }) => [name, ...Object.values(query)],
  identifier: 'name',
  apartIn: { columns: ['user_id', 'entity'], taken: errors.SAVED_FILTER_NAME_TAKEN },
  rules: [
    asks(errors.SAVED_FILTER_NAME_TAKEN, ['name', 'entity'], ({ name, entity: of }, { ctx, id }) => {
      const same = [
        eq(savedFilter.name_key, nameKey(name as string)),
        eq(savedFilter.entity, of as string),
        visible(ctx),
      ]
      return sql`exists (select 1 from ${savedFilter} where ${and(ne(savedFilter.id, id), ...same)})`
    }),
  ],
})

const filterList = list({
  rows,
  visible,
  id: savedFilter.id,
  search: savedFilter.search_text,
  texts: [savedFilter.id, savedFilter.name, savedFilter.entity, savedFilter.query],
  orderings: { id: savedFilter.id, name: savedFilter.name, entity: savedFilter.entity },
  defaultOrdering: 'entity,name',
  filters: { name: byText(savedFilter.name), entity: byText(savedFilter.entity) },
})

/** The caller's filters; each with the address of its list. */
export const filtersFor = (lists: ListSources) => ({
  query: filterList.query,
  page: async (...asked: Parameters<typeof filterList.page>) => {
    const page = await filterList.page(...asked)
    return { ...page, items: page.items.map((row) => withPath(lists, row)) }
  },
})

export const findFilter = async (ctx: Context, lists: ListSources, id: number) =>
  withPath(lists, await find(ctx, filterEntity, id))

/** A filter with the address of its list under it; null when there is no such list any more. */
export function withPath<Row extends Filter>(lists: ListSources, row: Row) {
  const parameters = new URLSearchParams(row.query).toString()
  const list = lists[row.entity]
  return { ...row, path: list ? list.path + (parameters && `?${parameters}`) : null }
}
