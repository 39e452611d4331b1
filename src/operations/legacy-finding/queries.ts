import { sql } from 'drizzle-orm'
import type * as z from 'zod'
import type { Context } from '#/platform/context.ts'
import type { Database } from '#/platform/database/connect.ts'
import { byOneOf } from '#/platform/database/list/filters.ts'
import { list } from '#/platform/database/list/list.ts'
import { messageOf, wordsOf } from '#/platform/errors.ts'
import { saidOf } from '#/platform/text/said-of.ts'
import { type LegacyKind, legacyKinds } from '#/platform/words.ts'
import { legacyFinding } from './table.ts'
import { findings } from './texts.ts'

const rows = (db: Database) =>
  db
    .select({ kind: legacyFinding.kind, id: legacyFinding.id, params: legacyFinding.params })
    .from(legacyFinding)
    .$dynamic()

/** What a finding says beside what it names. */
const sayingOf = ([kind, { entity, en, el }]: [string, (typeof findings)[LegacyKind]]) =>
  [kind, `${entity} ${wordsOf(en)} ${wordsOf(el)}`] as const

/** An id is one of its kind's table, so that kind and id together are an order. */
const legacy = list({
  rows,
  id: legacyFinding.id,
  said: [saidOf(legacyFinding.kind, () => Object.fromEntries(Object.entries(findings).map(sayingOf)))],
  texts: [legacyFinding.id, sql`(select group_concat(value, ' ') from json_each(${legacyFinding.params}))`],
  orderings: { kind: legacyFinding.kind },
  defaultOrdering: 'kind',
  filters: { kind: byOneOf(legacyFinding.kind, legacyKinds) },
})

export const legacyQuery = legacy.query

/** What older data breaks the newer rules, in sentences. */
export async function listLegacy(ctx: Context, query: z.output<typeof legacy.query>) {
  const page = await legacy.page(ctx, query)
  const items = page.items.map(({ kind, id, params }) => {
    const { entity, ...text } = findings[kind]
    return { kind, id, entity, text: messageOf(text, params, ctx.language) }
  })
  return { ...page, items }
}
