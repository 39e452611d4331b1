import { beforeAll, describe, expect, test } from 'vitest'
import { countRows, unique, type World, world } from '../../world.ts'
import { serve } from '../../platform/http/serve.ts'
import { counts, csv, importFile, problems } from './files.ts'

let w: World
beforeAll(async () => {
  w = await world()
})

const code = () => `IF${unique()}`
const titleOf = async (of: string) => (await w.registrar.get(`/courses?code=${of}`)).data.items[0]!.title

describe('the form of a file', () => {
  test.each([
    ['a byte order mark', (c: string) => `\uFEFFcode,title,credits\n${c},Λογική,5\n`, 'Λογική'],
    ['semicolons', (c: string) => `code;title;credits\r\n${c};"A, B; C";5\r\n`, 'A, B; C'],
    [
      'columns in another order, quoted',
      (c: string) => `"credits","code","title"\n"5","${c}","Ten ""quoted"" words"`,
      'Ten "quoted" words',
    ],
    ['spaces and blank lines', (c: string) => `code , title,credits\n\n ${c} , Spaced ,5\n\n`, 'Spaced'],
  ])('%s', async (_, file, title) => {
    const one = code()
    expect(counts(await importFile(w.registrar, 'courses', file(one)))).toEqual([1, 0, 0, 0])
    expect(await titleOf(one)).toBe(title)
  })

  test('a line break inside of quotes belongs to the cell, and lines are counted as an editor counts them', async () => {
    const file = `code,title,credits\n${code()},"two\nlines",5\n${code()},fine,5\n${code()},bad,x\n`
    const answer = await importFile(w.registrar, 'courses', file)
    expect(counts(answer)).toEqual([1, 0, 0, 2])
    expect(problems(answer)).toEqual([
      [2, 'title', 'invalid_format'],
      [5, 'credits', 'wrong_type'],
    ])
  })

  test('rows with too few cells or broken quotes are errors of their lines', async () => {
    const file = `code,title,credits\n${code()},short\n${code()},"a"b,5\n${code()},fine,5\n`
    const answer = await importFile(w.registrar, 'courses', file)
    expect(counts(answer)).toEqual([1, 0, 0, 2])
    expect(problems(answer)).toEqual([
      [2, null, 'IMPORT_CELL_COUNT'],
      [3, null, 'IMPORT_ROW_MALFORMED'],
    ])
    expect(answer.data.errors[0]!.message).toBe(
      'The row has 2 cells; the header names 3. Correct the row and send the file again.',
    )
  })

  test.each([
    ['', 'IMPORT_HEADER_MISSING'],
    ['code,title,colour,credits\n', 'IMPORT_COLUMN_UNKNOWN'],
    ['title,credits\n', 'IMPORT_COLUMN_MISSING'],
    ['code,title,credits,title\n', 'IMPORT_COLUMN_TWICE'],
    ['code,title,program_id,credits\n', 'IMPORT_COLUMN_UNKNOWN'],
  ])('the header %j is refused', async (file, error) => {
    const before = await countRows('import_job')
    const answer = await importFile(w.registrar, 'courses', file)
    expect([answer.status, answer.error?.code]).toEqual([422, error])
    expect(await countRows('import_job')).toBe(before)
  })

  test('names every column that is unknown, there twice or missing, whichever is said first', async () => {
    const answer = await importFile(w.registrar, 'students', 'colour,email,email,taste,phone,phone\n')
    expect([answer.status, answer.error?.code]).toEqual([422, 'IMPORT_COLUMN_UNKNOWN'])
    const { errors } = answer.error!.details as {
      errors: { in: string; path: string; code: string; message: string }[]
    }
    expect(errors.map(({ in: place, path, code }) => [place, path, code])).toEqual([
      ['body', 'colour', 'IMPORT_COLUMN_UNKNOWN'],
      ['body', 'taste', 'IMPORT_COLUMN_UNKNOWN'],
      ['body', 'email', 'IMPORT_COLUMN_TWICE'],
      ['body', 'phone', 'IMPORT_COLUMN_TWICE'],
      ['body', 'student_number', 'IMPORT_COLUMN_MISSING'],
    ])
    expect(errors[4]!.message).toBe('The file lacks the columns student_number. Add them.')
  })

  test('says which columns are unknown or missing', async () => {
    const unknown = await importFile(w.registrar, 'terms', 'code,colour,taste\n')
    expect(unknown.error?.message).toMatch(
      /^Unknown columns: colour, taste\. Rename or remove them\. There are: code, name, /,
    )
    const missing = await importFile(w.registrar, 'enrollments', 'course_code,term_code\n')
    expect(missing.error?.message).toBe('The file lacks the columns student_number. Add them.')
  })

  test('what is not UTF-8 is refused', async () => {
    const latin = new Uint8Array([...new TextEncoder().encode('code,title,credits\nX,'), 0xe9, 0x2c, 0x35])
    const headers = { authorization: `Bearer ${w.registrar.token}`, 'content-type': 'text/csv' }
    const cut = await serve('/api/v1/imports/courses', { method: 'POST', headers, body: latin.slice(0, -2) })
    expect(cut.status).toBe(422)
    const answer = await serve('/api/v1/imports/courses', { method: 'POST', headers, body: latin })
    expect([answer.status, await answer.json()]).toMatchObject([422, { error: { code: 'IMPORT_NOT_TEXT' } }])
  })

  test.each([
    ['text/csv', '{"code":"X","title":"Y","credits":5}\n', [422, 'IMPORT_HEADER_MISSING']],
    ['application/x-ndjson', 'code,title,credits\nX,Y,5\n', [200, undefined]],
  ])('what comes as %s is read as that, whatever it looks like', async (type, file, expected) => {
    const before = await countRows('course')
    const answer = await importFile(w.registrar, 'courses', file, { type })
    expect([answer.status, answer.error?.code]).toEqual(expected)
    expect(await countRows('course')).toBe(before)
  })

  test.each(['application/json', 'text/plain', 'application/vnd.ms-excel'])('%s is no type of a file', async (type) => {
    const answer = await importFile(w.registrar, 'courses', 'code,title,credits\n', { type })
    expect([answer.status, answer.error?.code]).toEqual([415, 'HTTP_415'])
    expect(answer.error?.message).toContain('text/csv, application/x-ndjson')
  })

  test.each([
    ['imports/planets', '/imports/planets'],
    ['an unknown option', '/imports/courses?force=true'],
  ])('%s is refused', async (_, path) => {
    const answer = await w.registrar.post(path, 'code\n', { 'content-type': 'text/csv' })
    expect([answer.status, answer.error?.code]).toEqual([422, 'VALIDATION_ERROR'])
  })

  test('a replayed Idempotency-Key answers the same and imports nothing again', async () => {
    const [file, headers] = [
      csv([{ code: code(), title: 'Once', credits: 5 }]),
      { 'content-type': 'text/csv', 'idempotency-key': `import-${unique()}` },
    ]
    const first = await w.registrar.post('/imports/courses', file, headers)
    const again = await w.registrar.post('/imports/courses', file, headers)
    expect([again.status, again.data]).toEqual([200, first.data])
    expect(again.headers.get('idempotent-replayed')).toBe('true')
    const other = await w.registrar.post('/imports/courses', `${file}\r\nX,Y,5`, headers)
    expect([other.status, other.error?.code]).toEqual([422, 'IDEMPOTENCY_KEY_REUSED'])
  })

  test.each(['small', 'large'])(
    'the key of a %s file is good for these bytes only, not for others of the same length',
    async (size) => {
      const headers = { 'content-type': 'text/csv', 'idempotency-key': `import-${unique()}` }
      const prefix = unique()
      const rows = Array.from({ length: size === 'small' ? 1 : 1200 }, (_, n) => ({
        code: `${prefix}-${n}`,
        title: 'Once',
        credits: 5,
      }))
      const send = (file: string) => w.registrar.post('/imports/courses', file, headers)
      const first = await send(csv(rows))
      expect(first.status).toBe(size === 'small' ? 200 : 202)
      const again = await send(csv(rows))
      expect([again.status, again.data.id, again.headers.get('idempotent-replayed')]).toEqual([
        first.status,
        first.data.id,
        'true',
      ])
      const other = await send(csv([...rows.slice(0, -1), { ...rows.at(-1)!, title: 'Othr' }]))
      expect([other.status, other.error?.code]).toEqual([422, 'IDEMPOTENCY_KEY_REUSED'])
    },
  )

  test('only the registry imports', async () => {
    for (const caller of [await w.teacher(), await w.studentPersona()]) {
      expect((await importFile(caller, 'courses', 'code,title,credits\n')).status).toBe(403)
    }
    expect((await importFile(w.anonymous, 'courses', 'code,title,credits\n')).status).toBe(401)
  })
})

describe('what is kept of an import', () => {
  test('the list, the one, and its errors', async () => {
    const file = csv([
      { code: code(), title: 'Fine', credits: 5 },
      { code: code(), title: '', credits: 61 },
    ])
    const { data } = await importFile(w.registrar, 'courses', file)
    const { errors, warnings, ...listed } = data
    expect(warnings).toEqual([])
    expect(listed).toMatchObject({ requested_by: w.registrar.userId, requested_by_name: 'The registrar' })
    expect((await w.registrar.get(`/imports/${data.id}`)).data).toEqual(listed)
    expect((await w.registrar.get('/imports?entity=courses&ordering=-created_at')).data.items).toContainEqual(listed)
    expect((await w.registrar.get('/imports?entity=scores')).data.items).toEqual([])
    const page = (await w.registrar.get(`/imports/${data.id}/errors?page_size=1`)).data
    expect([page.total, page.items]).toEqual([2, errors.slice(0, 1)])
    expect((await w.registrar.get(`/imports/${data.id}/errors?field=credits`)).data.items).toEqual(errors.slice(1))
    expect(await countRows('import_row')).toBe(0)
  })

  test('errors speak the language of the reader', async () => {
    const { data } = await importFile(
      w.registrar,
      'courses',
      csv([{ code: 'X', title: 'Y', credits: 1, program_code: 'NONE' }]),
    )
    const { items } = (await w.registrar.get(`/imports/${data.id}/errors`, { 'accept-language': 'el' })).data
    expect(items).toMatchObject([
      { message: 'Δεν υπάρχει τίποτα με αυτό το program_code. Διορθώστε το ή δημιουργήστε το πρώτα.' },
    ])
  })

  test('there is none of an unknown id', async () => {
    for (const path of ['/imports/none', '/imports/none/errors']) {
      expect((await w.registrar.get(path)).error?.code).toBe('IMPORT_NOT_FOUND')
    }
    expect((await w.registrar.post('/imports/none/confirm')).error?.code).toBe('IMPORT_NOT_FOUND')
  })
})
