import { ApiError, type DeclaredError, messageOf } from '#/platform/errors.ts'
import type { FieldProblem } from '#/platform/validation/invalid.ts'
import type { Language } from '#/platform/words.ts'
import { isBlank, trimmed, withoutBlankEnd } from './cells.ts'
import { readCsv, separatorOf } from './csv.ts'
import type { RowForm } from './records.ts'
import { errors } from './errors.ts'

/** Columns that one answer names. */
const mostNamed = 50
const mostLetters = 64

/**
 * The header of a CSV file; where its rows begin. Throws for quotes that run on, and for columns that are unknown, missing or there twice: the
 * details name each of them, whichever of the three it is.
 */
export function readHeader(text: string, of: RowForm, { language }: { language: Language }) {
  const { separator, start } = separatorOf(text)
  const { header, blank, rest, line } = firstRecord(text, start, separator)
  if (header?.problem === 'unclosed_quote' || (header?.problem && header.breaks > 0))
    throw new ApiError(errors.IMPORT_QUOTE_RUNS_ON, { line: header.line })
  if (!header || header.problem) throw new ApiError(errors.IMPORT_HEADER_MISSING)
  const columns = withoutBlankEnd(trimmed(header.cells)).map((name) => name.toLowerCase())
  requireFitting(columns, of, language)
  return { separator, columns, blank, rest, line }
}

/** The first record that is not blank, and what stands before it. */
function firstRecord(text: string, start: number, separator: string) {
  let [at, line, blank] = [start, start > 0 ? 2 : 1, 0]
  for (;;) {
    const { records, ...read } = readCsv(text.slice(at), separator, { line, limit: 1 })
    at += read.rest
    line = read.line
    blank += read.blank
    const [header] = records
    if (!header || !isBlank(header)) return { header, blank, rest: at, line }
    blank += 1
  }
}

function requireFitting(columns: readonly string[], { input, row, key, references = [] }: RowForm, language: Language) {
  const known = Object.keys(input.shape)
  /** An id is shown beside the natural key, but does not stand for it. */
  const isAlone = (name: string) => references.some(({ column, field }) => column === name && !columns.includes(field))
  const unknown = columns.filter(
    (name) => name !== '' && !known.includes(name) && (!(name in row.shape) || isAlone(name)),
  )
  const twice = columns.filter((name, index) => name !== '' && columns.indexOf(name) !== index)
  const missing = key.fields.filter(
    (name) => name !== key.spare && !columns.includes(name) && !input.shape[name]!.safeParse(undefined).success,
  )
  const wrong = [
    { declared: errors.IMPORT_COLUMN_UNKNOWN, names: new Set(unknown) },
    { declared: errors.IMPORT_COLUMN_TWICE, names: new Set(twice) },
    { declared: errors.IMPORT_COLUMN_MISSING, names: new Set(missing) },
  ].filter(({ names }) => names.size > 0)
  const [first] = wrong
  if (!first) return
  const paramsOf = (names: Iterable<string>) => ({
    columns: [...names].join(', ').slice(0, 300),
    known: known.join(', '),
  })
  const said = (declared: DeclaredError, name: string): FieldProblem => {
    const message = messageOf(declared, paramsOf([name]), language)
    return { in: 'body', path: name.slice(0, mostLetters), code: declared.code, message }
  }
  const all = wrong.flatMap(({ declared, names }) => [...names].slice(0, mostNamed).map((name) => said(declared, name)))
  throw new ApiError(first.declared, paramsOf(first.names), { details: { errors: all } })
}
