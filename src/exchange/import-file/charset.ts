import { ApiError } from '#/platform/errors.ts'
import { errors } from './errors.ts'

/** What a file may be said to be written in, beside UTF-8: the names under which browsers know it. */
export const charsets = ['utf-16', 'utf-16le', 'utf-16be', 'windows-1253', 'iso-8859-7', 'windows-1252'] as const

/** Looked at when a file is not what it was said to be: what spreadsheets write where Greek and Western European is spoken. */
const offered = ['utf-8', 'windows-1253', 'iso-8859-7', 'windows-1252']

const strict = { fatal: true, ignoreBOM: false }

type Bytes = Uint8Array<ArrayBuffer>

/**
 * Turns a file that begins with `start` into UTF-8, piece by piece. A byte order mark says what it is written in, else whoever sends it does; the
 * mark itself is left out. Throws IMPORT_NOT_TEXT with the line of the first wrong byte, and what that would be in other charsets.
 */
export function toUtf8(start: Uint8Array, declared: string) {
  const charset = markedCharset(start) ?? declared
  const [decoder, encoder] = [new TextDecoder(charset, strict), new TextEncoder()]
  let line = 1
  let before: Bytes = new Uint8Array()
  return (bytes: Uint8Array, { isLast }: { isLast: boolean }): Uint8Array => {
    const seen = joined(before, bytes)
    try {
      const text = decoder.decode(bytes, { stream: !isLast })
      line += breaksIn(text)
      before = unfinished(seen, charset)
      return encoder.encode(text)
    } catch (error) {
      if (error instanceof TypeError) throw notText(seen, line, charset)
      throw error
    }
  }
}

function markedCharset([a, b, c]: Uint8Array): string | undefined {
  if (a === 0xef && b === 0xbb && c === 0xbf) return 'utf-8'
  if (a === 0xff && b === 0xfe) return 'utf-16le'
  return a === 0xfe && b === 0xff ? 'utf-16be' : undefined
}

const longest = 4096

/** The end of what was read, as far as what follows may belong to it: the line that goes on, the half of a code unit. */
function unfinished(seen: Bytes, charset: string): Bytes {
  if (charset.startsWith('utf-16')) return seen.slice(seen.length - (seen.length % 2))
  const line = seen.slice(seen.lastIndexOf(10) + 1)
  if (line.length <= longest) return line
  const end = line.slice(-longest)
  return end.slice(Math.max(0, end.findIndex(beginsCharacter)))
}

const beginsCharacter = (byte: number) => (byte & 0xc0) !== 0x80

/** `line` is that on which the bytes begin. */
function notText(bytes: Bytes, line: number, charset: string): ApiError {
  const wrong = validLength(bytes, charset)
  const valid = new TextDecoder(charset).decode(bytes.subarray(0, wrong), { stream: true })
  const at = line + breaksIn(valid)
  const end = bytes.indexOf(10, wrong)
  const whole = bytes.subarray(bytes.subarray(0, wrong).lastIndexOf(10) + 1, end === -1 ? undefined : end)
  const readings = charset.startsWith('utf-16')
    ? []
    : offered.filter((one) => one !== charset).flatMap(readingOf(whole))
  return new ApiError(errors.IMPORT_NOT_TEXT, { line: at, charset }, { details: { line: at, charset, readings } })
}

/** Of the longest beginning that is text. */
function validLength(bytes: Bytes, charset: string): number {
  let [valid, wrong] = [0, bytes.length + 1]
  while (wrong - valid > 1) {
    const middle = (valid + wrong) >> 1
    if (decoded(bytes.subarray(0, middle), charset, { stream: true }) === undefined) wrong = middle
    else valid = middle
  }
  return valid
}

/** What a line would be in a charset, if it would be text. */
const readingOf = (line: Bytes) => (charset: string) => {
  const text = decoded(line, charset)?.trim()
  return text === undefined || /[^\P{Cc}\t]/u.test(text) ? [] : [{ charset, text: [...text].slice(0, 200).join('') }]
}

function decoded(bytes: Bytes, charset: string, { stream } = { stream: false }): string | undefined {
  try {
    return new TextDecoder(charset, strict).decode(bytes, { stream })
  } catch (error) {
    if (error instanceof TypeError) return undefined
    throw error
  }
}

const breaksIn = (text: string) => text.split('\n').length - 1

function joined(one: Uint8Array, other: Uint8Array): Bytes {
  const both = new Uint8Array(one.length + other.length)
  both.set(one)
  both.set(other, one.length)
  return both
}
