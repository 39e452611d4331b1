import { localDate } from '#/platform/clock.ts'
import type { Context } from '#/platform/context.ts'
import type { ListSource } from '#/platform/list-source.ts'
import { recordExport } from './record-export.ts'
import { type Shape, streamExport } from './stream-export.ts'

/** Rows of one page: what is in memory at a time, and what a query of D1 answers. */
const pageSize = 2000

interface Asked {
  /** Of the file. */
  name: string
  list: ListSource
  /** Filters, search and ordering, as the list takes them. */
  query: object
}

/** A list as a file, once it is on record who took what: its rows, the columns that the caller may see, the date in its name. */
export async function exportList(ctx: Context, { name, list, query }: Asked, shape: Shape) {
  const columns = list.columns(ctx.actor.role)
  const page = (cursor?: string) =>
    list.read(ctx, { ...query, cursor, page: 1, page_size: pageSize, count: cursor === undefined })
  const first = await page()
  await recordExport(ctx, { name, query, columns, rows: first.total! }, shape)
  const body = await streamExport(ctx, { name, columns, first, page }, shape)
  return { body, filename: `${name}-${localDate(ctx)}.${shape.format}` }
}
