import { eq, sql } from 'drizzle-orm'
import { shown } from '#/platform/database/columns.ts'
import type { Database } from '#/platform/database/connect.ts'
import { entity } from '#/platform/database/write/entity.ts'
import { stays, unlike } from '#/platform/database/rule/rule.ts'
import { byFlag, byText } from '#/platform/database/list/filters.ts'
import { list } from '#/platform/database/list/list.ts'
import { scheme, schemeTable } from './table.ts'
import { errors } from './errors.ts'
import { soundRules } from './sound-rules.ts'

const fields = shown(scheme)
const rows = (db: Database) => db.select(fields).from(scheme).$dynamic()

export const schemeEntity = entity({
  name: 'grading_scheme',
  table: schemeTable,
  rows,
  id: scheme.id,
  notFound: errors.SCHEME_NOT_FOUND,
  findable: ({ code, bands }) => [code, ...bands.flatMap(({ letter, name, name_el }) => [letter, name, name_el])],
  repeated: ({ code, bands }) => [code, ...bands.map(({ letter }) => letter)],
  rules: [
    unlike(errors.SCHEME_CODE_TAKEN, scheme, scheme.code),
    stays(errors.SCHEME_CODE_FIXED, 'code'),
    ...soundRules,
  ],
})

/** Letters and names of the bands, as they are written. */
const bandTexts = sql`(select group_concat((value ->> 'letter') || ' ' || coalesce(value ->> 'name', '') || ' ' || coalesce(value ->> 'name_el', ''), ' ') from json_each(${scheme.bands}))`

export const schemeList = list({
  rows,
  id: scheme.id,
  search: scheme.search_text,
  texts: [scheme.id, scheme.code, bandTexts],
  orderings: { id: scheme.id, code: scheme.code, created_at: scheme.created_at },
  defaultOrdering: 'code',
  filters: { code: byText(scheme.code), shipped: byFlag(scheme.shipped) },
})

/** A scheme that results or programs name, and that is therefore there. */
export async function findScheme(db: Database, id: number) {
  const [found] = await rows(db).where(eq(scheme.id, id))
  return found!
}
