import { describe, expect, test } from 'vitest'
import type { ApiError } from '#/platform/errors.ts'
import { toUtf8 } from '#/exchange/import-file/charset.ts'
import { encoded } from '../import/files.ts'

/** What comes out of a file that arrives in pieces of a size. */
function read(bytes: Uint8Array, declared: string, size: number): string {
  const decode = toUtf8(bytes.subarray(0, Math.max(3, size)), declared)
  let text = ''
  for (let at = 0; at < bytes.length; at += size)
    text += new TextDecoder().decode(decode(bytes.subarray(at, at + size), { isLast: at + size >= bytes.length }))
  return text
}

const text = 'κωδικός;τίτλος\r\nΆ1;Ώρα «μηδέν»\r\n'
const sizes = [1, 2, 3, 5, 1000]

describe('a file', () => {
  test.each([
    ['utf-8', 'utf-8', ''],
    ['utf-8', 'windows-1253', '\uFEFF'],
    ['utf-16le', 'utf-8', '\uFEFF'],
    ['utf-16be', 'windows-1253', '\uFEFF'],
    ['utf-16le', 'utf-16', ''],
    ['windows-1253', 'windows-1253', ''],
    ['iso-8859-7', 'iso-8859-7', ''],
  ])('in %s that is said to be %s is read after the mark %j, however it arrives', (charset, declared, mark) => {
    const bytes = encoded(mark + text, charset)
    for (const size of mark === '' ? sizes : sizes.slice(3)) expect(read(bytes, declared, size)).toBe(text)
  })

  test('keeps letters of four bytes', () => {
    const letters = 'a𝛼\u{1f393}\n'
    for (const size of sizes) expect(read(encoded(`\uFEFF${letters}`, 'utf-16le'), 'utf-16le', size)).toBe(letters)
    for (const size of sizes) expect(read(encoded(letters, 'utf-8'), 'utf-8', size)).toBe(letters)
  })
})

function refusalOf(bytes: Uint8Array, declared: string, size: number) {
  try {
    return read(bytes, declared, size)
  } catch (error) {
    return (error as ApiError).details
  }
}

describe('a byte that is not in the charset', () => {
  test.each(sizes)('is named with its line, which is shown in others (pieces of %d bytes)', (size) => {
    const bytes = encoded('code;title\nΆ1;Ώρα\nlast', 'windows-1253')
    const details = refusalOf(bytes, 'utf-8', size) as { line: number; charset: string; readings: object[] }
    expect([details.line, details.charset]).toEqual([2, 'utf-8'])
    if (size < 1000) return
    expect(details.readings).toEqual([
      { charset: 'windows-1253', text: 'Ά1;Ώρα' },
      { charset: 'iso-8859-7', text: '’1;Ώρα' },
      { charset: 'windows-1252', text: '¢1;¿ñá' },
    ])
  })

  test.each([
    ['a letter that the file ends within', [0x61, 10, 10, 0xce], 'utf-8', 3],
    ['a letter that another one breaks', [0x61, 10, 0xce, 0x61, 10], 'utf-8', 2],
    ['a place of windows-1253 where nothing is', [0x61, 10, 0x61, 0xd2, 10], 'windows-1253', 2],
    ['half of a code unit', [0x61, 0, 10, 0, 0x61], 'utf-16le', 2],
    ['half of a letter', [10, 0, 10, 0, 0, 0xd8, 0x61, 0], 'utf-16le', 3],
  ])('%s is one', (_, bytes, charset, line) => {
    for (const size of sizes) expect(refusalOf(Uint8Array.from(bytes), charset, size)).toMatchObject({ line, charset })
  })

  test('is found behind a line that is longer than what is kept of it', () => {
    const bytes = encoded(`a\n${'Ω'.repeat(9000)}`, 'utf-8')
    const wrong = Uint8Array.from([...bytes, 0xff])
    for (const size of [7, 5000]) expect(refusalOf(wrong, 'utf-8', size)).toMatchObject({ line: 2 })
  })
})
