import { expect, test } from 'vitest'
import { textOf } from '#/exchange/import-file/text.ts'

const text = '\u{feff}Ώρα,é,€,\u{1f393}\r\n'
const bytes = new TextEncoder().encode(text)

test('a file that is cut anywhere is read whole, character by character', () => {
  for (let cut = 0; cut <= bytes.length; cut += 1) {
    const first = textOf(bytes.subarray(0, cut), { isLast: false })
    const read = new TextEncoder().encode(first).length
    expect([cut - read < 4, first + textOf(bytes.subarray(read), { isLast: true })]).toEqual([true, text])
  }
})

test('the last character is not left out: a file that ends within one is no text', () => {
  const cut = bytes.subarray(0, bytes.length - 3)
  expect(textOf(cut, { isLast: false })).toBe('\u{feff}Ώρα,é,€,')
  expect(() => textOf(cut, { isLast: true })).toThrow('IMPORT_NOT_TEXT')
})

test.each([[[0xff]], [[0x41, 0x80, 0x41]], [[0xc3, 0x28]], [[0xed, 0xa0, 0x80]]])(
  '%j is no text, cut or not',
  (wrong) => {
    for (const isLast of [true, false])
      expect(() => textOf(Uint8Array.from(wrong), { isLast })).toThrow('IMPORT_NOT_TEXT')
  },
)
