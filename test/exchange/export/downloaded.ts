import type { Answer } from '../../call.ts'

/** The text of a file, its byte order mark included. */
export const textOf = async ({ response }: Answer) =>
  new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(await response.arrayBuffer())

/** The records of RFC 4180 text. Throws when it is no such text. */
export function parseCsv(text: string, separator = ','): string[][] {
  const cell = new RegExp(`(?:"((?:[^"]|"")*)"|([^"\\r\\n${separator}]*))(${separator}|\\r\\n)`, 'y')
  const records: string[][] = [[]]
  while (cell.lastIndex < text.length) {
    const at = cell.lastIndex
    const match = cell.exec(text)
    if (!match) throw new Error(`no CSV at ${at}: ${text.slice(at, at + 40)}`)
    records.at(-1)!.push(match[1]?.replaceAll('""', '"') ?? match[2]!)
    if (match[3] === '\r\n') records.push([])
  }
  return records.slice(0, -1)
}

/** The rows of a CSV file by the names of its columns. */
export async function csvRows(answer: Answer, separator = ','): Promise<Record<string, string>[]> {
  const text = await textOf(answer)
  const [head, ...records] = parseCsv(text.replace(/^\uFEFF/, ''), separator)
  return records.map((record) => Object.fromEntries(record.map((value, i) => [head![i]!, value])))
}

export const ndjsonRows = async (answer: Answer): Promise<Record<string, unknown>[]> =>
  (await textOf(answer))
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line) as Record<string, unknown>)
