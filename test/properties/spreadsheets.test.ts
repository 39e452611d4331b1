import fc from 'fast-check'
import Papa from 'papaparse'
import { beforeAll, expect, test } from 'vitest'
import { importFile } from '../exchange/import/files.ts'
import { countRows, type World, world } from '../world.ts'

let w: World
beforeAll(async () => {
  w = await world()
})

interface Sheet {
  separator: string
  newline: string
  header: string[]
  /** What stands below the header, as it is written. */
  body: string
}

const quoted = (cell: string) => `"${cell.replaceAll('"', '""')}"`

/** As a program writes a cell: quoted where it must be, or all the same. */
const written = (cell: string, separator: string, always: boolean) =>
  always || cell.startsWith('"') || ['\n', separator].some((one) => cell.includes(one)) ? quoted(cell) : cell

const around = fc.constantFrom('', '', '', ' ', '\u00A0', ' \u202F')
const padded = (cell: fc.Arbitrary<string>) => fc.tuple(around, cell, around).map((parts) => parts.join(''))

const code = fc.integer({ min: 1, max: 40 }).map((n) => `SH${n}`)
const title = fc.constantFrom('Λογική', 'say "so"', 'a;b', 'a,b', '"all" of it', 'x\u00A0y', '=1+1', 'two\nlines', '')
const credits = fc.constantFrom('5', '7.5', '0,5', '60', '61', 'five', '')
const row = fc.tuple(padded(code), padded(title), padded(credits)).map((cells): string[] => cells)
const blank = fc.constantFrom<string[]>([''], ['', '', ''], [' ', '\u00A0', ''], ['', '', '', '', ''])
const ragged = fc.constantFrom<string[]>(
  ['SH1'],
  ['SH2', 'Logic'],
  ['SH3', 'Logic', '5', 'x'],
  ['SH4', 'Logic', '5', '', ''],
)
const cells = fc.oneof({ weight: 6, arbitrary: row }, { weight: 2, arbitrary: blank }, { weight: 1, arbitrary: ragged })

/** Lines as nobody should write them. */
const careless = fc.constantFrom(
  'SH5,"Logic,5',
  'SH6;"Logic;5',
  '"SH7"x;Logic;5',
  '"',
  'SH8;Lo"gic;5',
  '"SH9" ,"Logic" ,5',
)

const rowsIn = (separator: string, newline: string) => {
  const line = fc
    .tuple(cells, fc.boolean())
    .map(([some, always]) => some.map((cell) => written(cell, separator, always)).join(separator))
  const lines = fc.array(fc.oneof({ weight: 30, arbitrary: line }, { weight: 1, arbitrary: careless }), {
    maxLength: 12,
  })
  return fc.tuple(lines, fc.constantFrom('', newline, newline + newline)).map(([some, end]) => some.join(newline) + end)
}
/** Without digits it is never a course that can be made. */
const noise = (separator: string, newline: string) =>
  fc.string({ unit: fc.constantFrom('"', separator, newline, ' ', 'S', 'ώ', '\u00A0', '\t', "'"), maxLength: 60 })

const sheet: fc.Arbitrary<Sheet> = fc
  .tuple(fc.constantFrom(',', ';', '\t'), fc.constantFrom('\n', '\r\n'), fc.boolean(), fc.constantFrom(0, 0, 1, 3))
  .chain(([separator, newline, isUpper, nameless]) => {
    const names = ['code', 'title', 'credits'].map((name) => (isUpper ? ` ${name.toUpperCase()} ` : name))
    const header = [...names, ...Array.from({ length: nameless }, () => '')]
    return fc
      .oneof({ weight: 4, arbitrary: rowsIn(separator, newline) }, { weight: 1, arbitrary: noise(separator, newline) })
      .map((body) => ({ separator, newline, header, body }))
  })

/** The records below the header as another reader sees them; undefined where it, too, finds quotation marks out of place. */
function recordsOf({ separator, newline, body }: Sheet): string[][] | undefined {
  const { data, errors } = Papa.parse<string[]>(body, { delimiter: separator, newline: newline as '\n' })
  if (errors.some(({ type }) => type === 'Quotes')) return undefined
  const isEnded = body === '' || body.endsWith(newline)
  return isEnded && data.at(-1)?.join('') === '' && data.at(-1)?.length === 1 ? data.slice(0, -1) : data
}

const isBlank = (record: string[]) => record.every((cell) => cell.trim() === '')

/** The course that a record is about, as far as it has the cells of one. */
const codeOf = (record: string[]) =>
  record.length >= 3 && isBlank(record.slice(3)) ? /^SH\d+$/.exec(record[0]!.trim())?.[0] : undefined

/** Whether a record is a course that can be made. */
function isGood(record: string[], separator: string): boolean {
  const [, second, third] = record.map((cell) => cell.trim())
  const number = separator === ',' ? /^\d+(?:\.\d+)?$/ : /^\d+(?:[.,]\d+)?$/
  return (
    codeOf(record) !== undefined &&
    second !== '' &&
    !second!.includes('\n') &&
    number.test(third!) &&
    Number(third!.replace(',', '.')) <= 60
  )
}

test('of a thousand files every row is accounted for, as another reader counts them, and none breaks anything', async () => {
  const before = await countRows('course')
  const met = { read: 0, refused: 0 }
  await fc.assert(
    fc.asyncProperty(sheet, async (one) => {
      const text = one.header.join(one.separator) + one.newline + one.body
      const { status, data, error } = await importFile(w.registrar, 'courses', text, { query: '?dry_run=true' })
      const records = recordsOf(one)
      if (status !== 200) {
        met.refused += 1
        expect([status, error?.code]).toEqual([422, 'IMPORT_QUOTE_RUNS_ON'])
        expect(records === undefined || records.some((record) => record.some((cell) => cell.includes('\n')))).toBe(true)
        return
      }
      met.read += 1
      const { rows, created, updated, skipped, failed, blank: blanks, errors } = data
      expect(created + updated + skipped + failed).toBe(rows)
      expect(new Set(errors.map(({ line }) => line)).size).toBe(failed)
      if (!records) return
      const filled = records.filter((record) => !isBlank(record))
      expect([rows, blanks]).toEqual([filled.length, records.length - filled.length])
      // Of several records of one course the first counts, however wrong it is; the others are told that it is there twice.
      const firsts = Map.groupBy(filled, codeOf)
      firsts.delete(undefined)
      expect(created).toBe([...firsts.values()].filter(([first]) => isGood(first!, one.separator)).length)
    }),
    { numRuns: 1000 },
  )
  expect(met.read).toBeGreaterThan(500)
  expect(met.refused).toBeGreaterThan(20)
  expect(await countRows('course')).toBe(before)
}, 240_000)
