import * as z from 'zod'
import type { Context } from '#/platform/context.ts'
import { localDate } from '#/platform/clock.ts'
import { endpoint } from '#/platform/http/endpoint.ts'
import { file } from '#/platform/http/format.ts'
import type { ListSource } from '#/platform/http/lists.ts'
import { type Shape, streamExport } from './stream-export.ts'

/** Rows of one page: what is in memory at a time, and what a query of D1 answers. */
const pageSize = 2000

/** File name -> the list it holds. */
const exported = {
  students: 'students',
  programs: 'programs',
  courses: 'courses',
  terms: 'terms',
  sections: 'sections',
  enrollments: 'enrollments',
  attendance: 'attendance',
  assessments: 'assessments',
  scores: 'assessment-scores',
  results: 'results',
  'audit-logs': 'audit-logs',
}

const separator = z.enum([',', ';']).default(',').meta({ description: 'Between columns; `;` for Greek spreadsheets.' })

const csvNote =
  'UTF-8 with byte order mark, RFC 4180. A text that begins with `=`, `+`, `-`, `@`, tab or CR and is no number gets an apostrophe in front, so that no spreadsheet runs it.'

/** Two files for each list, with its permission, filters, search and ordering. */
export const exportEndpoints = (lists: Record<string, ListSource>) =>
  Object.entries(exported).flatMap(([name, listName]) => {
    const list = lists[listName]!
    const { page: _, page_size: __, cursor: ___, count: ____, ...parameters } = list.query.shape
    const shared = { method: 'get', permission: list.permission, limit: 'heavy' } as const
    const answer = async (ctx: Context, query: object, shape: Shape) => {
      const columns = list.columns(ctx.actor.role)
      const page = (cursor?: string) => list.read(ctx, { ...query, cursor, page: 1, page_size: pageSize, count: false })
      const body = await streamExport(ctx, { name, columns, page }, shape)
      return { body, filename: `${name}-${localDate(ctx)}.${shape.format}` }
    }
    const id = `export-${name}`.replaceAll(/-(\w)/g, (_dash, letter: string) => letter.toUpperCase())
    const words = name.replace('-', ' ')
    return [
      endpoint({
        ...shared,
        id: `${id}Csv`,
        path: `/exports/${name}.csv`,
        summary: `Download ${words} as CSV`,
        description: csvNote,
        query: z.strictObject({ ...parameters, separator }),
        returns: file('text/csv; charset=utf-8'),
      }).handle(({ ctx, query }) => answer(ctx, query, { format: 'csv', separator: query.separator })),
      endpoint({
        ...shared,
        id: `${id}Ndjson`,
        path: `/exports/${name}.ndjson`,
        summary: `Download ${words} as NDJSON, an object on each line`,
        query: z.strictObject(parameters),
        returns: file('application/x-ndjson; charset=utf-8'),
      }).handle(({ ctx, query }) => answer(ctx, query, { format: 'ndjson' })),
    ]
  })
