import { beforeAll, describe, expect, test } from 'vitest'
import { countRows, unique, type World, world } from '../../world.ts'
import { counts, importFile, problems } from './files.ts'

let w: World
beforeAll(async () => {
  w = await world()
})

const code = () => `XL${unique()}`
const sent = (file: string, query = '') => importFile(w.registrar, 'courses', file, { query })
const courseOf = async (of: string) => (await w.registrar.get(`/courses?code=${of}`)).data.items[0]

describe('a file as a spreadsheet writes it', () => {
  test('has rows of empty cells and blank lines, which are counted and are no errors', async () => {
    const file = `;;\r\ncode;title;credits\r\n\r\n${code()};Logic;5\r\n;;\r\n \u00A0;\t; \r\n;;;;;\r\n\r\n`
    for (const query of ['?dry_run=true', '?atomic=true']) {
      const { data } = await sent(file, query)
      expect([data.rows, data.created, data.failed, data.blank]).toEqual([1, 1, 0, 6])
    }
  })

  test('has columns without a name, which are nothing as long as they are empty', async () => {
    const [one, other] = [code(), code()]
    const answer = await sent(
      `code;;title;credits;;;\n${one};;Logic;5;;;\n${other};x;Logic;5;;;\n${code()};;Logic;5;;y;\n`,
    )
    expect(problems(answer)).toEqual([
      [3, null, 'IMPORT_CELL_NAMELESS'],
      [4, null, 'IMPORT_CELL_COUNT'],
    ])
    expect(answer.data.errors[0]!.message).toContain('column 2')
    expect([await courseOf(one), await courseOf(other)]).toMatchObject([{ title: 'Logic' }, undefined])
  })

  test.each([
    [
      'names of columns in any case, with blanks around',
      (c: string) => ` Code ;\u00A0TITLE\u00A0;cReDiTs\n${c};Logic;5\n`,
    ],
    ['tabs', (c: string) => `code\ttitle\tcredits\r\n${c}\tLogic\t5\r\n`],
    ['a first line that names the separator', (c: string) => `sep=;\r\ncode;title;credits\r\n${c};Logic;5\r\n`],
    ['blanks around cells', (c: string) => `code,title,credits\n \u00A0${c}\u202F,\tLogic ,\u00A05 \n`],
    ['blanks behind quotes', (c: string) => `"code" ,"title" ,"credits"\n"${c}" ,"Logic" ,"5" \n`],
  ])('may have %s', async (_, file) => {
    const one = code()
    expect(counts(await sent(file(one)))).toEqual([1, 0, 0, 0])
    expect(await courseOf(one)).toMatchObject({ code: one, title: 'Logic', credits: 5 })
  })

  test('counts its lines from the one that names the separator', async () => {
    expect(problems(await sent(`sep=;\ncode;title;credits\n${code()};Logic;x\n`))).toEqual([
      [3, 'credits', 'invalid_type'],
    ])
  })

  test('names a column once, whatever its case', async () => {
    const answer = await sent('code,Title,credits,TITLE\n')
    expect([answer.status, answer.error?.code]).toEqual([422, 'IMPORT_COLUMN_TWICE'])
  })

  test.each([['text/tab-separated-values'], ['TEXT/CSV; header=present']])('may come as %s', async (type) => {
    const file = `code\ttitle\tcredits\n${code()}\tLogic\t5\n`
    expect(counts(await importFile(w.registrar, 'courses', file, { type }))).toEqual([1, 0, 0, 0])
  })

  test('has an e-mail with blanks around', async () => {
    const n = unique()
    const file = `student_number,last_name,first_name,email\nXS-${n},Κρητικός,Πέτρος,\u00A0XS${n}@lyceum.test \n`
    expect(counts(await importFile(w.registrar, 'students', file))).toEqual([1, 0, 0, 0])
    const [student] = (await w.registrar.get(`/students?student_number=XS-${n}`)).data.items
    expect(student!.email).toBe(`xs${n}@lyceum.test`)
  })
})

describe('a quotation mark that runs on', () => {
  const lines = (...rows: string[]) => ['code,title,credits', ...rows].map((row) => `${row}\n`).join('')

  test.each([
    ['to the end', ['A,"never,5', 'B,fine,5'], 4],
    ['from a cell behind one of several lines', ['A,"two', 'lines",5', '"B,fine,5'], 6],
    ['to a quoted cell', ['A,"never,5', 'B,"fine",5', 'C,fine,5'], 4],
    ['to the end of another cell', ['A,"never,5', 'B,fine",5'], 4],
    ['over a row and more', ['A,"never,5', 'B,fine,5"', 'C,fine,5'], 4],
    ['in a cell without a name', ['A,fine,5,"', 'B,fine,5,"'], 4],
  ])('%s is named, and nothing is written', async (_, rows, line) => {
    const before = [await countRows('course'), await countRows('import_job'), await countRows('import_row')]
    const file = lines(`${code()},fine,5`, `${code()},,x`, ...rows)
    for (const query of ['?dry_run=true', '']) {
      const answer = await sent(file, query)
      expect([answer.status, answer.error?.code]).toEqual([422, 'IMPORT_QUOTE_RUNS_ON'])
      expect(answer.error?.message).toContain(`line ${line} `)
    }
    expect([await countRows('course'), await countRows('import_job'), await countRows('import_row')]).toEqual(before)
  })

  test('in the header is named, too', async () => {
    const answer = await sent('sep=,\ncode,"title,credits\nA,fine,5\n')
    expect([answer.status, answer.error?.code]).toEqual([422, 'IMPORT_QUOTE_RUNS_ON'])
    expect(answer.error?.message).toContain('line 2 ')
  })
})
