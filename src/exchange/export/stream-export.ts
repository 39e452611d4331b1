import type { Context } from '#/platform/context.ts'
import type { Page } from '#/platform/database/list/list.ts'
import { describe, log } from '#/platform/log.ts'
import { byteOrderMark, csvLine, type Separator } from './csv.ts'

type Row = Record<string, unknown>

interface Exported {
  name: string
  columns: readonly string[]
  first: Page<Row>
  /** The page of the list behind a cursor. */
  page: (cursor: string) => Promise<Page<Row>>
}

export type Shape = { format: 'csv'; separator: Separator } | { format: 'ndjson' }

/**
 * A list read to its end as the text of a file. A page is read when the client has taken the one before, so memory holds one. What breaks after
 * the first breaks off the transfer, so that half a file is never taken for a whole one.
 */
export async function streamExport(
  ctx: Context,
  { name, columns, first, page }: Exported,
  shape: Shape,
): Promise<ReadableStream> {
  const textOf = ({ items }: Page<Row>) => linesOf(items, columns, shape)
  let text: string | undefined = headOf(columns, shape) + textOf(first)
  let cursor = first.next_cursor
  const encoder = new TextEncoder()
  return new ReadableStream(
    {
      async pull(controller) {
        try {
          if (text === undefined) {
            const next = await page(cursor!)
            text = textOf(next)
            cursor = next.next_cursor
          }
          if (text !== '') controller.enqueue(encoder.encode(text))
          text = undefined
          if (cursor === null) controller.close()
        } catch (error) {
          log('error', 'export_broken_off', { export: name, request_id: ctx.requestId, ...describe(error) })
          controller.error(new Error('export broken off'))
        }
      },
    },
    { highWaterMark: 0 },
  )
}

const headOf = (fields: readonly string[], shape: Shape) =>
  shape.format === 'csv' ? byteOrderMark + csvLine(fields, shape.separator) : ''

function linesOf(rows: Row[], fields: readonly string[], shape: Shape): string {
  const valuesOf = (row: Row) => fields.map((field) => row[field] ?? null)
  const lines =
    shape.format === 'csv'
      ? rows.map((row) => csvLine(valuesOf(row), shape.separator))
      : rows.map((row) => `${JSON.stringify(Object.fromEntries(fields.map((field) => [field, row[field] ?? null])))}\n`)
  return lines.join('')
}
