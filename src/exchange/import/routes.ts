import * as z from 'zod'
import { endpoint } from '#/platform/http/endpoint.ts'
import { pageOf } from '#/platform/http/envelope.ts'
import { charsets, fileErrors, largestFile } from '#/exchange/import-file/index.ts'
import { confirmImport } from './confirm-import.ts'
import { errorQuery, findJob, importList, listErrors, shownJob } from './queries.ts'
import { Import, ImportError, ImportOptions, ImportReport, ImportTarget } from './schema.ts'
import { startImport } from './start-import.ts'
import { errors } from './errors.ts'
import { sharedErrors } from '#/platform/shared-errors.ts'

const params = z.object({ id: z.string() })

export const importEndpoints = [
  endpoint({
    id: 'importFile',
    method: 'post',
    path: '/imports/:import',
    summary: 'Import rows from a CSV or NDJSON file',
    description: `The columns are the fields of the API, with natural keys in place of ids: \`program_code\`, \`course_code\`, \`term_code\`, \`section_number\`, \`student_number\`, \`category_name\`, \`assessment_title\`. Rows that are not there are created, rows that differ are updated, rows that are the same are skipped; nothing is ever removed, so the same file changes nothing when it is sent again. Columns that a file leaves out stay as they are, so a file may have the key and one column; rows that are new need more. An empty cell takes away the value that is there (\`cleared\`) unless \`blanks=keep\`.

CSV is as spreadsheets write it: a header in any case, separated by commas, semicolons or tabs or by what a first line \`sep=;\` says; in UTF-8, in UTF-16 with a byte order mark, or in what the media type says (\`text/csv; charset=windows-1253\`, \`iso-8859-7\`, \`windows-1252\`); blanks around cells are nothing, and so are empty rows (\`blank\`) and columns without a name. Where cells are not separated by commas, decimals may have one (\`69,5\`). With \`dates=dmy\` days may be written as \`25/03/2026\`. A quotation mark that runs on over rows is named with its line, and nothing is written.

Files up to 256 KiB and 1,000 lines are answered at once (200). Larger ones, up to 32 MiB in UTF-8, are worked through in the background (202). Bad rows are reported by line and column, with everything that is wrong with them, and the others written; a value that the row has already is none, even where no row may be given it any more; with \`atomic=true\` all are written or none. An import that changes more than 5 % of the rows there are (and more than 20) needs \`confirm=true\`.

Enrollments are history: windows, holds, prerequisites and clashes refuse nothing (\`warnings\` name holds and windows, where the term goes on), but capacity, closed terms and one seat for each student, course and term are. Students of one file may exchange their e-mails. Scores may be of students who have left since.`,
    permission: 'import.create',
    limit: 'heavy',
    params: ImportTarget,
    query: ImportOptions,
    upload: ['text/csv', 'application/x-ndjson', 'text/tab-separated-values'],
    charsets,
    bodyLimit: largestFile,
    returns: ImportReport,
    isAccepted: ({ finished_at }) => finished_at === null,
    errors: [
      errors.IMPORT_NEEDS_CONFIRMATION,
      fileErrors.IMPORT_NOT_TEXT,
      fileErrors.IMPORT_HEADER_MISSING,
      fileErrors.IMPORT_COLUMN_UNKNOWN,
      fileErrors.IMPORT_COLUMN_MISSING,
      fileErrors.IMPORT_COLUMN_TWICE,
      fileErrors.IMPORT_QUOTE_RUNS_ON,
      errors.IMPORT_RECORD_TOO_LONG,
    ],
  }).handle(({ ctx, params: { import: entity }, query, upload }) => startImport(ctx, entity, query, upload!)),

  endpoint({
    id: 'listImports',
    method: 'get',
    path: '/imports',
    summary: 'List imports, newest first',
    description: 'They are forgotten after a week.',
    permission: 'import.read',
    query: importList.query,
    returns: pageOf(Import),
  }).handle(({ ctx, query }) => importList.page(ctx, query)),

  endpoint({
    id: 'getImport',
    method: 'get',
    path: '/imports/:import',
    summary: 'How far an import has come, and what it did',
    permission: 'import.read',
    params: z.object({ import: z.string() }),
    returns: Import,
    errors: [errors.IMPORT_NOT_FOUND],
  }).handle(async ({ ctx, params: { import: id } }) => shownJob(await findJob(ctx, id))),

  endpoint({
    id: 'listImportErrors',
    method: 'get',
    path: '/imports/:id/errors',
    summary: 'List what is wrong with the rows of an import',
    permission: 'import.read',
    params,
    query: errorQuery,
    returns: pageOf(ImportError),
    errors: [errors.IMPORT_NOT_FOUND],
  }).handle(({ ctx, params: { id }, query }) => listErrors(ctx, id, query)),

  endpoint({
    id: 'confirmImport',
    method: 'post',
    path: '/imports/:id/confirm',
    summary: 'Let an import go on that changes many rows',
    permission: 'import.confirm',
    limit: 'heavy',
    params,
    status: 202,
    returns: Import,
    errors: [errors.IMPORT_NOT_FOUND, errors.IMPORT_NOT_WAITING, sharedErrors.STALE_STATE],
  }).handle(({ ctx, params: { id } }) => confirmImport(ctx, id)),
]
