/** One record of a CSV file: its cells, or what is wrong with its quotes. */
export interface CsvRecord {
  /** In which it begins. */
  line: number
  /** Line breaks within its cells. */
  breaks: number
  cells: string[]
  problem?: 'unclosed_quote' | 'text_after_quote'
}

interface Reading {
  records: CsvRecord[]
  /** Lines between them with nothing on them. */
  blank: number
  /** Where the text begins that is no whole record yet. */
  rest: number
  /** The line on which it begins. */
  line: number
}

/**
 * Reads whole records (RFC 4180: quoted cells may hold separators, line breaks and doubled quotes; CRLF or LF; blanks behind a closing
 * quote are nothing) from the start of `text`. Unless it is the last text, a record without its line break is left for the next reading.
 * Blank lines are no records.
 */
export function readCsv(
  text: string,
  separator: string,
  { line = 1, isLast = true, limit = Infinity }: { line?: number; isLast?: boolean; limit?: number } = {},
): Reading {
  const records: CsvRecord[] = []
  let [at, atLine, blank] = [0, line, 0]
  while (at < text.length && records.length < limit) {
    const found = readRecord(text, at, separator, isLast)
    if (!found) break
    const { cells, breaks, problem } = found
    const isBlank = cells.length === 1 && found.end - at <= 2 && cells[0] === ''
    if (isBlank) blank += 1
    else records.push({ line: atLine, breaks, cells, ...(problem && { problem }) })
    atLine += found.hasEnd ? breaks + 1 : breaks
    at = found.end
  }
  return { records, blank, rest: at, line: atLine }
}

interface Found {
  cells: string[]
  /** Behind its line break. */
  end: number
  /** Whether that is one, and not the end of the text. */
  hasEnd: boolean
  breaks: number
  problem?: CsvRecord['problem']
}

/** The record that begins at `start`; undefined when the text ends before it does. */
function readRecord(text: string, start: number, separator: string, isLast: boolean): Found | undefined {
  const cells: string[] = []
  let [at, breaks] = [start, 0]
  const untilEnd = (problem?: CsvRecord['problem']): Found | undefined =>
    isLast ? { cells, end: text.length, hasEnd: false, breaks, ...(problem && { problem }) } : undefined
  for (;;) {
    const cell = text[at] === '"' ? quotedCell(text, at, separator) : plainCell(text, at, separator)
    if (!cell) return untilEnd('unclosed_quote')
    cells.push(cell.value)
    breaks += cell.breaks
    at = cell.end
    if (text[at] === separator) {
      at += 1
      continue
    }
    const end = at + breakAt(text, at)
    if (end > at) return { cells, end, hasEnd: true, breaks }
    const mayBeBreak = text[at] === '\r' && at + 1 === text.length
    if (at === text.length || mayBeBreak) return untilEnd()
    const next = text.indexOf('\n', at)
    if (next === -1) return untilEnd('text_after_quote')
    return { cells, end: next + 1, hasEnd: true, breaks, problem: 'text_after_quote' }
  }
}

/** Length of the line break at a place: 0 when there is none. */
const breakAt = (text: string, at: number) =>
  text[at] === '\n' ? 1 : text[at] === '\r' && text[at + 1] === '\n' ? 2 : 0

function quotedCell(text: string, start: number, separator: string) {
  let close = text.indexOf('"', start + 1)
  while (close !== -1 && text[close + 1] === '"') close = text.indexOf('"', close + 2)
  if (close === -1) return undefined
  const raw = text.slice(start + 1, close)
  const breaks = raw.includes('\n') ? raw.split('\n').length - 1 : 0
  let end = close + 1
  while (text[end] !== separator && /^[ \t\u00A0]$/.test(text[end] ?? '')) end += 1
  return { value: raw.replaceAll('""', '"'), end, breaks }
}

function plainCell(text: string, start: number, separator: string) {
  const code = separator.charCodeAt(0)
  let end = start
  for (; end < text.length; end += 1) {
    const one = text.charCodeAt(end)
    if (one === code || one === 10) break
  }
  if (text[end] === '\n' && end > start && text[end - 1] === '\r') end -= 1
  return { value: text.slice(start, end), end, breaks: 0 }
}

const separators = [',', ';', '\t'] as const

/**
 * What separates the cells of a file, and where its header begins: a first line `sep=;` says it, as spreadsheets understand it; otherwise the
 * header shows it, by whichever of comma, semicolon and tab stands there most often.
 */
export function separatorOf(text: string): { separator: string; start: number } {
  const told = /^"?sep=([,;\t|])"?[ \t]*(?:\r?\n|$)/i.exec(text)
  if (told) return { separator: told[1]!, start: told[0].length }
  const header = /^\s*(?:"(?:[^"]|"")*"|[^"\n])*/.exec(text)![0].replaceAll(/"(?:[^"]|"")*"/g, '')
  const times = (one: string) => header.split(one).length
  return { separator: separators.reduce((most, one) => (times(one) > times(most) ? one : most)), start: 0 }
}
