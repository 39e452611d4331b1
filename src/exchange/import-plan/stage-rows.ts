import type { Context } from '#/platform/context.ts'
import { insertMany } from '#/platform/database/insert-many.ts'
import type { Statement } from '#/platform/database/statement.ts'
import type { Problem, StagedRow } from './judge-row.ts'
import { searchText } from '#/platform/text/fold.ts'
import { inPieces } from './rules.ts'
import { importError, importRow } from './table.ts'

/** Statements that stage rows of an import, to be compared with what is there. */
export const staging = (ctx: Context, import_id: string, rows: readonly StagedRow[]): Statement[] =>
  inPieces(rows).map((some) =>
    insertMany(
      ctx,
      importRow,
      some.map((row) => ({ import_id, ...row })),
    ),
  )

/** Statements that note what is wrong with rows. */
export const reporting = (ctx: Context, import_id: string, problems: readonly Problem[]): Statement[] =>
  inPieces(problems).map((some) =>
    insertMany(
      ctx,
      importError,
      some.map((problem) => ({ import_id, ...problem, search_text: searchText(problem.message) })),
    ),
  )
