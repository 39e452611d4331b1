/** One record of a CSV file: its cells, or what is wrong with its quotes. */
export interface CsvRecord {
  /** In which it begins. */
  line: number
  cells: string[]
  problem?: 'unclosed_quote' | 'text_after_quote'
}

interface Reading {
  records: CsvRecord[]
  /** Where the text begins that is no whole record yet. */
  rest: number
  /** The line on which it begins. */
  line: number
}

/**
 * Reads whole records (RFC 4180: quoted cells may hold separators, line breaks and doubled quotes; CRLF or LF) from the start of `text`.
 * Unless it is the last text, a record without its line break is left for the next reading. Blank lines are no records.
 */
export function readCsv(
  text: string,
  separator: string,
  { line = 1, isLast = true, limit = Infinity }: { line?: number; isLast?: boolean; limit?: number } = {},
): Reading {
  const records: CsvRecord[] = []
  let [at, atLine] = [0, line]
  while (at < text.length && records.length < limit) {
    const found = readRecord(text, at, separator, isLast)
    if (!found) break
    const isBlank = found.cells.length === 1 && found.end - at <= 2 && found.cells[0] === ''
    if (!isBlank) {
      records.push({ line: atLine, cells: found.cells, ...(found.problem && { problem: found.problem }) })
    }
    atLine += found.lines
    at = found.end
  }
  return { records, rest: at, line: atLine }
}

interface Found {
  cells: string[]
  /** Behind its line break. */
  end: number
  /** Line breaks it holds, its own included. */
  lines: number
  problem?: CsvRecord['problem']
}

/** The record that begins at `start`; undefined when the text ends before it does. */
function readRecord(text: string, start: number, separator: string, isLast: boolean): Found | undefined {
  const cells: string[] = []
  let [at, lines] = [start, 0]
  for (;;) {
    const cell = text[at] === '"' ? quotedCell(text, at) : plainCell(text, at, separator)
    if (!cell) return isLast ? { cells, end: text.length, lines, problem: 'unclosed_quote' } : undefined
    cells.push(cell.value)
    lines += cell.lines
    at = cell.end
    if (text[at] === separator) {
      at += 1
      continue
    }
    const end = at + breakAt(text, at)
    if (end > at) return { cells, end, lines: lines + 1 }
    const mayBeBreak = text[at] === '\r' && at + 1 === text.length
    if (at < text.length && !mayBeBreak) {
      const next = text.indexOf('\n', at)
      if (next === -1 && !isLast) return undefined
      return { cells, end: next === -1 ? text.length : next + 1, lines: lines + 1, problem: 'text_after_quote' }
    }
    return isLast ? { cells, end: text.length, lines } : undefined
  }
}

/** Length of the line break at a place: 0 when there is none. */
const breakAt = (text: string, at: number) =>
  text[at] === '\n' ? 1 : text[at] === '\r' && text[at + 1] === '\n' ? 2 : 0

function quotedCell(text: string, start: number) {
  let close = text.indexOf('"', start + 1)
  while (close !== -1 && text[close + 1] === '"') close = text.indexOf('"', close + 2)
  if (close === -1) return undefined
  const raw = text.slice(start + 1, close)
  const lines = raw.includes('\n') ? raw.split('\n').length - 1 : 0
  return { value: raw.replaceAll('""', '"'), end: close + 1, lines }
}

function plainCell(text: string, start: number, separator: string) {
  const code = separator.charCodeAt(0)
  let end = start
  for (; end < text.length; end += 1) {
    const one = text.charCodeAt(end)
    if (one === code || one === 10) break
  }
  if (text[end] === '\n' && end > start && text[end - 1] === '\r') end -= 1
  return { value: text.slice(start, end), end, lines: 0 }
}

/** The separator of a file, as its header shows it: whichever of comma and semicolon stands there more often. */
export function separatorOf(text: string): ',' | ';' {
  const header = /^(?:"(?:[^"]|"")*"|[^"\n])*/.exec(text)![0].replaceAll(/"(?:[^"]|"")*"/g, '')
  return header.split(';').length > header.split(',').length ? ';' : ','
}
