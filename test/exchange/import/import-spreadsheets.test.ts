import { beforeAll, describe, expect, test } from 'vitest'
import { countRows, unique, type World, world } from '../../world.ts'
import { textOf } from '../export/downloaded.ts'
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
      [3, 'credits', 'wrong_type'],
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

describe('numbers', () => {
  test.each([
    [';', '7,5', 7.5],
    [';', '7.5', 7.5],
    ['\t', '0,5', 0.5],
    [',', '"7.5"', 7.5],
  ])('separated by %j: %s is %d', async (separator, cell, credits) => {
    const one = code()
    const file = [
      ['code', 'title', 'credits'],
      [one, 'Logic', cell],
    ]
      .map((row) => row.join(separator))
      .join('\n')
    expect(counts(await sent(file))).toEqual([1, 0, 0, 0])
    expect((await courseOf(one))!.credits).toBe(credits)
  })

  test.each([
    [';', '1.000,5'],
    [';', '1,000,5'],
    [';', ',5'],
    [';', '7,'],
    [',', '"7,5"'],
  ])('separated by %j: %s is none', async (separator, cell) => {
    const file = [
      ['code', 'title', 'credits'],
      [code(), 'Logic', cell],
    ]
      .map((row) => row.join(separator))
      .join('\n')
    expect(problems(await sent(file))).toEqual([[2, 'credits', 'wrong_type']])
  })

  test('go out with a comma and semicolons, and come back', async () => {
    const { code: one } = await w.course({ credits: 7.5, absence_penalty: 0.25, title: 'Version 2.5' })
    const text = await textOf(await w.registrar.get(`/exports/courses.csv?code=${one}&separator=%3B`))
    expect(text).toContain(';7,5;')
    expect(text).toContain(';0,25;')
    expect(text).toContain(';Version 2.5;')
    expect(counts(await sent(text))).toEqual([0, 0, 1, 0])
  })
})

describe('a telephone number', () => {
  const typed = ['+30 210 123-4567', '(+30)\u00A02101234567', '+30\u2011210\u20131234567', "'+30 (210) 1234567"]

  test.each(typed)('as %s is kept as digits', async (phone) => {
    const n = unique()
    const file = `student_number;last_name;first_name;email;phone\nXT-${n};Κρητικός;Πέτρος;xt${n}@lyceum.test;${phone}\n`
    expect(counts(await importFile(w.registrar, 'students', file))).toEqual([1, 0, 0, 0])
    const [student] = (await w.registrar.get(`/students?student_number=XT-${n}`)).data.items
    expect(student!.phone).toBe('+302101234567')
  })

  test('may be typed so at the front door', async () => {
    const student = await w.student()
    const answer = await w.registrar.patch(`/students/${student.id}`, { phone: '2310 (99) 12-34' })
    expect(answer.data.phone).toBe('2310991234')
    const refused = await w.registrar.patch(
      `/students/${student.id}`,
      { phone: '3,02101E+11' },
      { 'accept-language': 'el' },
    )
    expect(refused.error?.details.errors?.[0]?.message).toContain('+302101234567')
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
