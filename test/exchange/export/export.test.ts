import { beforeAll, describe, expect, test } from 'vitest'
import { countRows, type Persona, testEnv, type World, world } from '../../world.ts'
import { type GradedSection, gradedSection } from '../../grading/graded-section.ts'
import { badFields } from '../../call.ts'
import { csvRows, ndjsonRows, parseCsv, textOf } from './downloaded.ts'
import { underWay } from '../../under-way.ts'

let w: World
beforeAll(async () => {
  w = await world()
})

const cellOf = (value: unknown) =>
  value === null ? '' : typeof value === 'object' ? JSON.stringify(value) : String(value)

const csv = async (path: string, separator?: string) => csvRows(await w.registrar.get(path), separator)

describe('a CSV file', () => {
  test('says what it is, with a name and the day', async () => {
    const { status, headers } = await w.registrar.get('/exports/terms.csv')
    const today = new Intl.DateTimeFormat('sv-SE', { timeZone: 'Europe/Athens' }).format(new Date())
    expect([
      status,
      headers.get('content-type'),
      headers.get('content-disposition'),
      headers.get('cache-control'),
    ]).toEqual([200, 'text/csv; charset=utf-8', `attachment; filename="terms-${today}.csv"`, 'no-store'])
    expect(headers.get('ratelimit-policy')).toMatch(/^"heavy"/)
  })

  test('begins with a byte order mark and the names of the columns, also when it holds nothing', async () => {
    const text = await textOf(await w.registrar.get('/exports/programs.csv?code=NONE'))
    expect(text).toBe(
      '\uFEFFid,code,title,title_el,degree,degree_el,credits_required,credits_per_term,grading_scheme,repeat_policy,archived_at,version,created_at,updated_at\r\n',
    )
  })

  test('holds what the list shows: text, decimals, nothing for null', async () => {
    const { id } = await w.course({
      code: 'DEC',
      title: 'Decimals',
      title_el: null,
      credits: 7.5,
      absence_penalty: 0.25,
    })
    const { data } = await w.registrar.get(`/courses/${id}`)
    const [row] = await csv('/exports/courses.csv?code=DEC')
    const shown = Object.entries(data).map(([field, value]) => [field, cellOf(value)])
    expect(row).toEqual({ ...Object.fromEntries(shown), program_code: '' })
    expect(row).toMatchObject({ credits: '7.5', absence_penalty: '0.25', title_el: '' })
    const file = `code,attendance_rule\nDEC,"${row!['attendance_rule']!.replaceAll('"', '""')}"`
    const back = await w.registrar.post('/imports/courses', file, { 'content-type': 'text/csv' })
    expect(back.data).toMatchObject({ skipped: 1, failed: 0 })
  })

  test.each([',', ';'])('comes back as it was through the separator %s', async (separator) => {
    const titles = [
      'a,b',
      'a;b',
      'say "so"',
      '"',
      'Τίτλος, με "όλα"; μαζί',
      "l'été",
      '😀 emoji',
      'a\u2028b',
      '1,5',
      'x\u00A0',
    ]
    const program = await w.program()
    for (const title of titles) await w.course({ title, program_id: program.id })
    const path = `/exports/courses.csv?program_id=${program.id}&ordering=id&separator=${encodeURIComponent(separator)}`
    expect((await csv(path, separator)).map(({ title }) => title)).toEqual(titles.map((title) => title.trim()))
  })

  test('ends every line with CRLF and quotes what needs it', async () => {
    await w.course({ code: 'QUO', title: 'say "so", twice' })
    const text = await textOf(await w.registrar.get('/exports/courses.csv?code=QUO'))
    expect(text.split('\r\n')).toHaveLength(3)
    expect(text.replaceAll('\r\n', '')).not.toMatch(/[\r\n]/)
    expect(text).toContain(',"say ""so"", twice",')
    expect(parseCsv(text)).toHaveLength(2)
  })

  test('takes no other separator', async () => {
    const { status, error } = await w.registrar.get('/exports/terms.csv?separator=%7C')
    expect([status, badFields({ error })[0]]).toEqual([422, 'query.separator'])
  })
})

describe('a text that a spreadsheet would run', () => {
  const cases = [
    ['=1+1', "'=1+1"],
    ['+cmd', "'+cmd"],
    ['-2+3', "'-2+3"],
    ['@SUM(A1)', "'@SUM(A1)"],
    ['=HYPERLINK("http://x","y")', `'=HYPERLINK("http://x","y")`],
    ["'=1", "''=1"],
    ["'quoted'", "'quoted'"],
    ['a=b', 'a=b'],
    ['-12.5', '-12.5'],
    ['+5', '+5'],
    ['-', "'-"],
  ] as const
  test.each(cases)('%s becomes %s', async (title, cell) => {
    const { id } = await w.program({ title })
    const rows = await csv('/exports/programs.csv')
    expect(rows.find((row) => row['id'] === String(id))?.['title']).toBe(cell)
    const raw = await ndjsonRows(await w.registrar.get('/exports/programs.ndjson'))
    expect(raw.find((row) => row['id'] === id)?.['title']).toBe(title)
  })

  test('a phone number stays a number', async () => {
    const { id } = await w.student({ phone: '+306912345678', first_name: '=A1' })
    const row = (await csv('/exports/students.csv')).find((one) => one['id'] === String(id))
    expect([row?.['phone'], row?.['first_name']]).toEqual(['+306912345678', "'=A1"])
  })
})

describe('an NDJSON file', () => {
  test('holds an object on each line, as the list has it', async () => {
    const program = await w.program()
    await w.course({ program_id: program.id, title: 'Two\u2028lines', credits: 2.5 })
    await w.course({ program_id: program.id })
    const answer = await w.registrar.get(`/exports/courses.ndjson?program_id=${program.id}&ordering=id`)
    expect(answer.headers.get('content-type')).toBe('application/x-ndjson; charset=utf-8')
    expect(answer.headers.get('content-disposition')).toMatch(/filename="courses-\d{4}-\d\d-\d\d\.ndjson"$/)
    const { data } = await w.registrar.get(`/courses?program_id=${program.id}&ordering=id`)
    const named = data.items.map((item: object) => ({ ...item, program_code: program['code'] }))
    expect(await ndjsonRows(answer)).toEqual(named)
  })

  test('is empty when there is nothing', async () => {
    expect(await textOf(await w.registrar.get('/exports/terms.ndjson?code=NONE'))).toBe('')
  })
})

describe('what is in it', () => {
  test.each([
    ['students', '?search=eksagomeni', ['Εξαγώμενη']],
    ['students', '?search=εξαγωμενη&study_year=3', []],
    ['students', '?search=εξαγωμεν&ordering=-last_name', ['Εξαγώμενος', 'Εξαγώμενη']],
    ['students', '?search=εξαγωμεν&ordering=last_name&status__in=active,on_leave', ['Εξαγώμενη', 'Εξαγώμενος']],
  ])('%s%s follows search, filters and ordering', async (name, query, expected) => {
    if ((await csv('/exports/students.csv?search=εξαγωμεν')).length === 0) {
      await w.student({ last_name: 'Εξαγώμενη' })
      await w.student({ last_name: 'Εξαγώμενος', study_year: 3 })
    }
    expect((await csv(`/exports/${name}.csv${query}`)).map((row) => row['last_name'])).toEqual(expected)
  })

  test.each([
    ['page=2', 'query.page'],
    ['page_size=5', 'query.page_size'],
    ['cursor=abc', 'query.cursor'],
    ['count=false', 'query.count'],
    ['bogus=1', 'query.bogus'],
    ['status=x', 'query.status'],
  ])('%s is refused before anything is sent', async (query, path) => {
    for (const format of ['csv', 'ndjson']) {
      const { status, error } = await w.registrar.get(`/exports/students.${format}?${query}`)
      expect([status, badFields({ error })[0]]).toEqual([422, path])
    }
  })

  test('deleted rows are not', async () => {
    const { id } = await w.program({ code: 'GONE' })
    await w.registrar.delete(`/programs/${id}`)
    expect(await csv('/exports/programs.csv?code=GONE')).toEqual([])
  })
})

describe('rows of others are named as people name them', () => {
  let graded: GradedSection
  let names: Record<string, unknown>
  beforeAll(async () => {
    const program = await w.program()
    const student = await w.student({ student_number: 'NAT-1', program_id: program.id })
    graded = await gradedSection(w, { students: [student.id], marks: [[64.25]], released: true })
    const { data: section } = await w.registrar.get(`/sections/${graded.id}`)
    await w.registrar.post(`/sections/${graded.id}/results/compute`)
    const { course_code, term_code, number } = section
    names = { program: program['code'], student_number: 'NAT-1', course_code, term_code, section_number: number }
  })
  const only = async (path: string) => {
    const rows = await csv(path)
    expect(rows).toHaveLength(1)
    return rows[0]
  }

  test('students by their program', async () => {
    expect(await only('/exports/students.csv?student_number=NAT-1')).toMatchObject({ program_code: names['program'] })
  })
  test('enrollments, results, scores and assessments by student, course, term and section', async () => {
    const { program: _, student_number, ...section } = names
    const of = `?section_id=${graded.id}`
    expect(await only(`/exports/enrollments.csv${of}`)).toMatchObject({ student_number, ...section })
    expect(await only(`/exports/results.csv${of}`)).toMatchObject({ student_number, ...section, percentage: '64.25' })
    const { data: exam } = await w.registrar.get(`/assessments/${graded.assessments[0]}`)
    expect(await only(`/exports/scores.csv${of}`)).toMatchObject({
      student_number,
      ...section,
      assessment_title: exam.title,
      score: '64.25',
    })
    expect(await only(`/exports/assessments.csv${of}`)).toMatchObject({ ...section, title: exam.title })
  })
  test('attendance too', async () => {
    const term = await w.term(underWay)
    const section = await w.section({ term_id: term.id })
    const student = await w.student({ student_number: 'NAT-2' })
    await w.enroll(section.id, student.id)
    await w.registrar.post('/attendance', { section_id: section.id, student_id: student.id, status: 'late' })
    expect(await only(`/exports/attendance.csv?section_id=${section.id}`)).toMatchObject({
      student_number: 'NAT-2',
      course_code: section['course_code'],
      term_code: term['code'],
      section_number: '1',
      status: 'late',
    })
  })
})

describe('who asks', () => {
  const ids = async (caller: Persona, path: string) => (await ndjsonRows(await caller.get(path))).map(({ id }) => id)

  test('gets of students what their list holds', async () => {
    const [me, other] = [await w.studentPersona(), await w.studentPersona()]
    const { teacher } = await gradedSection(w, { students: [me.studentId!], marks: [[70]] })
    expect(await ids(me, '/exports/students.ndjson')).toEqual([me.studentId])
    expect(await ids(teacher, '/exports/students.ndjson')).toEqual([me.studentId])
    expect(await ids(await w.teacher(), '/exports/students.ndjson')).toEqual([])
    expect(await ids(w.registrar, '/exports/students.ndjson')).toContain(other.studentId)
  })

  test('gets no score before it is released, and no draft', async () => {
    const me = await w.studentPersona()
    const { id, assessments } = await gradedSection(w, { students: [me.studentId!], marks: [[81.75]] })
    await w.registrar.post(`/sections/${id}/results/compute`)
    expect(await ids(me, '/exports/scores.ndjson')).toEqual([])
    expect(await ids(me, '/exports/results.ndjson')).toEqual([])
    await w.registrar.post(`/assessments/${assessments[0]}/release`)
    const [row] = await ndjsonRows(await me.get('/exports/scores.ndjson'))
    expect(row).toMatchObject({ score: 81.75, student_id: me.studentId })
  })

  test('must be signed in', async () => {
    expect((await w.anonymous.get('/exports/students.csv')).error?.code).toBe('HTTP_401')
  })
})

describe('an export is on record', () => {
  const newest = async () =>
    (await testEnv.DB.prepare('select * from audit_log order by id desc limit 1').first<Record<string, string>>())!

  test.each(['csv', 'ndjson'])(
    'by one row that says what was taken, in which form, and how much (%s)',
    async (format) => {
      const title = `Taken ${format}`
      for (let n = 0; n < 3; n += 1) await w.course({ title })
      const before = await countRows('audit_log')
      const path = `/exports/courses.${format}?search=${encodeURIComponent(title)}&credits__gte=1&ordering=-code`
      const { response } = await w.registrar.get(path)
      expect(await countRows('audit_log')).toBe(before + 1)
      const row = await newest()
      expect(row).toMatchObject({
        action: 'course.read',
        entity_type: 'export',
        entity_id: 'courses',
        actor_id: w.registrar.userId,
        method: 'GET',
        status: 200,
      })
      expect(JSON.parse(row['changes']!)).toEqual({
        format: { new: format },
        filters: { new: { search: '[redacted]', credits__gte: 1, ordering: '-code', archived: false } },
        columns: { new: expect.arrayContaining(['id', 'code', 'title']) },
        rows: { new: 3 },
      })
      await response.body!.cancel()
    },
  )

  test('with the parameters that name a person left out of it', async () => {
    const named = { email: 'eleni@private.test', email__contains: 'eleni', student_number: '2026-77' }
    const filters = { ...named, status: 'active' }
    await w.registrar.get(`/exports/students.csv?${new URLSearchParams(filters)}`)
    const row = await newest()
    const redacted = { email: '[redacted]', email__contains: '[redacted]', student_number: '[redacted]' }
    expect(JSON.parse(row['changes']!).filters.new).toMatchObject({ ...redacted, status: 'active' })
    expect(JSON.stringify(row)).not.toMatch(/eleni|2026-77/)
  })

  test('also when it is broken off or holds nothing; one that is refused is none', async () => {
    const before = await countRows('audit_log')
    await w.registrar.get('/exports/programs.csv?code=NOBODY')
    expect(JSON.parse((await newest())['changes']!)).toMatchObject({ rows: { new: 0 } })
    await w.registrar.get('/exports/programs.csv?nothing=known')
    expect(await countRows('audit_log')).toBe(before + 1)
  })
})
