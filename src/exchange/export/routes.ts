import * as z from 'zod'
import type { ListSources } from '#/platform/list-source.ts'
import { endpoint } from '#/platform/http/endpoint.ts'
import { file } from '#/platform/http/format.ts'
import { exportList } from './export-list.ts'

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

const separator = z
  .enum([',', ';'])
  .default(',')
  .meta({ description: 'Between columns; `;` for Greek spreadsheets, with decimal commas.' })

const csvNote =
  'UTF-8 with byte order mark, RFC 4180. A text that begins with `=`, `+`, `-` or `@` (in any width, also behind spaces or invisible characters), a tab or a line break and is no number gets an apostrophe in front, so that no spreadsheet runs it.'

/** Two files for each list, with its permission, filters, search and ordering. */
export const exportEndpoints = (lists: ListSources) =>
  Object.entries(exported).flatMap(([name, listName]) => {
    const list = lists[listName]!
    const { page: _, page_size: __, cursor: ___, count: ____, ...parameters } = list.query.shape
    const shared = { method: 'get', permission: list.permission, limit: 'heavy' } as const
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
      }).handle(({ ctx, query }) =>
        exportList(ctx, { name, list, query }, { format: 'csv', separator: query.separator }),
      ),
      endpoint({
        ...shared,
        id: `${id}Ndjson`,
        path: `/exports/${name}.ndjson`,
        summary: `Download ${words} as NDJSON, an object on each line`,
        query: z.strictObject(parameters),
        returns: file('application/x-ndjson; charset=utf-8'),
      }).handle(({ ctx, query }) => exportList(ctx, { name, list, query }, { format: 'ndjson' })),
    ]
  })
