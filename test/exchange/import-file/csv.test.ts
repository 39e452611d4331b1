import fc from 'fast-check'
import Papa from 'papaparse'
import { describe, expect, test } from 'vitest'
import { readCsv, separatorOf } from '#/exchange/import-file/csv.ts'

const cells = (text: string, separator = ',') => readCsv(text, separator).records.map((record) => record.cells)

describe('CSV as RFC 4180 describes it', () => {
  test.each([
    [
      'records end with CRLF',
      'aaa,bbb\r\nccc,ddd\r\n',
      [
        ['aaa', 'bbb'],
        ['ccc', 'ddd'],
      ],
    ],
    [
      'the last may lack it',
      'aaa,bbb\r\nccc,ddd',
      [
        ['aaa', 'bbb'],
        ['ccc', 'ddd'],
      ],
    ],
    [
      'LF alone will do',
      'a,b\nc,d\n',
      [
        ['a', 'b'],
        ['c', 'd'],
      ],
    ],
    ['spaces belong to a cell', ' a , b \n', [[' a ', ' b ']]],
    ['cells may be quoted', '"aaa","b b",ccc\r\n', [['aaa', 'b b', 'ccc']]],
    ['quoted cells hold line breaks and commas', '"a\r\nb","c,d",e\r\n', [['a\r\nb', 'c,d', 'e']]],
    ['a doubled quote is a quote', '"a""b","""",""\n', [['a"b', '"', '']]],
    [
      'empty cells are cells',
      ',\n,,\n',
      [
        ['', ''],
        ['', '', ''],
      ],
    ],
    ['a comma at the end of the file opens a cell', 'a,', [['a', '']]],
    ['blank lines are nothing', '\n\na\n\r\n\nb\n\n', [['a'], ['b']]],
    ['a quote inside of a plain cell is itself', 'a"b,c\n', [['a"b', 'c']]],
    ['blanks behind a closing quote are nothing', '"a" ,"b"\u00A0\t,c\n', [['a', 'b', 'c']]],
    ['a carriage return alone is no line break', 'a\rb\n', [['a\rb']]],
    ['nothing', '', []],
  ])('%s', (_, text, expected) => {
    expect(cells(text)).toEqual(expected)
  })

  test('records know their lines', () => {
    const { records, line, rest } = readCsv('a\n"b\nc",d\r\n\ne\n', ',', { line: 7 })
    expect(records.map((record) => record.line)).toEqual([7, 8, 11])
    expect([line, rest]).toEqual([12, 14])
  })

  test('text behind a closing quote spoils its record and no other', () => {
    expect(readCsv('a\n"b"c,d\ne\n', ',').records).toMatchObject([
      { line: 1, cells: ['a'] },
      { line: 2, problem: 'text_after_quote' },
      { line: 3, cells: ['e'] },
    ])
    expect(readCsv('"a"\rb\nc', ',').records).toMatchObject([{ problem: 'text_after_quote' }, { cells: ['c'] }])
  })

  test('a quote that is never closed spoils the rest', () => {
    expect(readCsv('a\n"b\nc,d\n', ',').records).toMatchObject([{ line: 1 }, { line: 2, problem: 'unclosed_quote' }])
  })

  test.each(['a,b', '"a,b', 'a,"b"', 'a,"b"\r', 'a,b\r'])('%j is no whole record before the text is over', (text) => {
    expect(readCsv(text, ',', { isLast: false })).toEqual({ records: [], blank: 0, rest: 0, line: 1 })
  })
})

test.each([
  ['a,b;c,d\n;;;;;', ','],
  ['a;b,c;d\n,,,,,', ';'],
  ['"a,b,c,d";e;f\n', ';'],
  ['"a;;""\n;b",c', ','],
  ['alone\n', ','],
  ['a\tb;c\td\n', '\t'],
  ['\r\n\na;b\n,,,', ';'],
])('the header %j is separated by %j', (text, separator) => {
  expect(separatorOf(text)).toEqual({ separator, start: 0 })
})

test.each([
  ['sep=;\r\na,b,c', ';', 7],
  ['SEP=\t\na,b', '\t', 6],
  ['"sep=|"\na', '|', 8],
  ['sep=,', ',', 5],
])('%j says what separates cells', (text, separator, start) => {
  expect(separatorOf(text)).toEqual({ separator, start })
})

const cell = fc.string({ unit: fc.constantFrom('a', 'ς', '"', ',', ';', '\n', '\r', ' ', '𝛼') })
const table = fc.array(fc.array(cell, { minLength: 2, maxLength: 4 }), { maxLength: 6 })
const separator = fc.constantFrom(',', ';')
const lineBreak = fc.constantFrom('\n', '\r\n')

const quoted = (text: string) => `"${text.replaceAll('"', '""')}"`
const written = (rows: string[][], between: string, end: string) =>
  rows.map((row) => row.map(quoted).join(between) + end).join('')

test('whatever is written is read back', () => {
  fc.assert(
    fc.property(table, separator, lineBreak, (rows, between, end) => {
      expect(cells(written(rows, between, end), between)).toEqual(rows)
    }),
  )
})

test('read in pieces of any size it is the same, with the same lines', () => {
  fc.assert(
    fc.property(table, separator, lineBreak, fc.integer({ min: 1, max: 12 }), (rows, between, end, size) => {
      const text = written(rows, between, end)
      const whole = readCsv(text, between)
      const pieces = []
      let [at, line, taken, blank] = [0, 1, size, 0]
      while (at < text.length) {
        const isLast = at + taken >= text.length
        const found = readCsv(text.slice(at, at + taken), between, { line, isLast })
        pieces.push(...found.records)
        blank += found.blank
        taken = found.rest === 0 ? taken + size : size
        at += found.rest
        line = found.line
      }
      expect([pieces, blank]).toEqual([whole.records, whole.blank])
    }),
  )
})

test('another reader finds the same cells in whatever it finds well quoted', () => {
  const letters = fc.constantFrom('a', 'ς', '"', '""', '";"', '",', ';', '\n', ' ', '𝛼')
  fc.assert(
    fc.property(fc.string({ unit: letters, maxLength: 40 }), (text) => {
      const { data, errors } = Papa.parse<string[]>(text, { delimiter: ';', newline: '\n' })
      fc.pre(!errors.some(({ type }) => type === 'Quotes'))
      const { records } = readCsv(text, ';')
      const filled = (some: string[][]) => some.filter((record) => record.join(';') !== '')
      expect(filled(records.map((record) => record.cells))).toEqual(filled(data))
    }),
    { numRuns: 2000 },
  )
})
