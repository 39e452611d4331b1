import { beforeAll, expect, test } from 'vitest'
import { policy } from '#/wiring/policy.ts'
import { notes, nouns, verbs } from '#/operations/audit-summary/act-words.ts'
import { summaryOf } from '#/operations/audit-summary/index.ts'
import { resultIn } from '../../grading/result-change/official.ts'
import { type Persona, persona, type World, world } from '../../world.ts'

let w: World
let admin: Persona
beforeAll(async () => {
  w = await world()
  admin = await w.admin()
})

test('an audit row names who acted and says what was done, in both languages, without the name of a student', async () => {
  const student = await w.student()
  const path = `/audit/logs?entity_type=student&entity_id=${student.id}` as const
  const [row] = (await admin.get(path)).data.items
  const { full_name } = (await w.registrar.get('/auth/me')).data
  expect(row).toMatchObject({ actor_name: full_name, summary: `created student ${String(student['student_number'])}` })
  const [greek] = (await admin.get(path, { 'accept-language': 'el' })).data.items
  expect(greek!.summary).toBe(`Δημιουργία: φοιτητής ${String(student['student_number'])}`)
  expect((await admin.get(`/audit/logs/${row!.id}`)).data.summary).toBe(row!.summary)
})

test('rows are called by numbers, codes and titles that people know, in both languages', async () => {
  const course = await w.course()
  const term = await w.term()
  const section = await w.section({
    course_id: course.id,
    term_id: term.id,
    number: 'B',
    capacity: 2,
    waitlist_capacity: 5,
  })
  const [student, waiting] = [await w.student(), await w.student()]
  const { student_number } = student
  const enrollment = await w.enroll(section.id, student.id)
  await w.enroll(section.id, (await w.student()).id)
  const post = async (path: string, body: object) =>
    ((await w.registrar.post(path, body)) as { data: { id: number } }).data.id
  const hold = { kind: 'financial', blocks: ['transcript'], office: 'Treasury', reason: 'Fees' }
  const override = { check: 'HOLD', reason_code: 'paid', course_id: course.id }
  const assessment = await w.assessment(section.id, { title: 'Quiz' })
  const category = await w.category(section.id, { name: 'Labs' })
  const score = { assessment_id: assessment.id, student_id: student.id, score: 80 }
  const applied = { program_id: (await w.program({ code: `BA${course.id}` })).id, term_id: term.id }
  const applicant = await persona('student')
  const application = await post('/applications', {
    ...applied,
    user_id: applicant.userId,
    first_name: 'Anna',
    last_name: 'Doe',
  })
  const place = `${course.code}-B, ${term.code}`
  const ids = {
    section: [section.id, place],
    enrollment: [enrollment.id, `${student_number}, ${place}`],
    waitlist_entry: [
      await post(`/sections/${section.id}/waitlist`, { student_id: waiting.id }),
      `${waiting.student_number}, ${place}`,
    ],
    hold: [await post(`/students/${student.id}/holds`, hold), `${student_number}, financial`],
    override: [await post(`/students/${student.id}/overrides`, override), `${student_number}, HOLD, ${course.code}`],
    assessment: [assessment.id, `Quiz, ${place}`],
    assessment_category: [category.id, `Labs, ${place}`],
    score: [await post('/assessment-scores', score), `${student_number}, Quiz, ${place}`],
    request: [await post('/requests', { student_id: student.id, type: 'bonafide' }), `${student_number}, bonafide`],
    application: [application, `BA${course.id}, ${term.code}`],
  } as const
  for (const [entity, [id, name]] of Object.entries(ids)) {
    const path = `/audit/logs?entity_type=${entity}&entity_id=${id}&search=${encodeURIComponent(name)}` as const
    for (const language of ['en', 'el']) {
      const { items } = (await admin.get(path, { 'accept-language': language })).data
      expect([entity, items.at(-1)?.summary.endsWith(` ${name}`), items.at(-1)?.summary]).toEqual([
        entity,
        true,
        expect.stringContaining(language === 'el' ? ': ' : ''),
      ])
    }
  }
})

test('every act that leaves a row has its words, in Greek, too', () => {
  const acts = Object.keys(policy).map((permission) => permission.replace(/^.*\./, ''))
  expect([...new Set(acts)].filter((verb) => !(verb in verbs))).toEqual([])
  expect(Object.values(nouns).filter((noun) => !/\p{Script=Greek}/u.test(noun))).toEqual([])
  const tried = Object.keys(policy).map((permission) => permission.split('.')[0]!)
  expect([...new Set(tried)].filter((noun) => !(noun in nouns))).toEqual([])
})

test('a refused attempt is about what was tried, in the words of one language', async () => {
  const student = await w.studentPersona()
  const refused = await student.post('/courses', { code: 'MINE', title: 'Mine', credits: 6 })
  const [{ id: change }, other] = [await pendingChange(), await w.registrar]
  const own = await other.post('/results/approve-change', { change_id: change, approved: true })
  const said = async (answer: { headers: Headers }, language: string) => {
    const id = answer.headers.get('x-request-id')!
    const { items } = (await admin.get(`/audit/logs?search=${id}`, { 'accept-language': language })).data
    return items[0]!.summary
  }
  expect(await said(refused, 'en')).toBe('refused: created course (role does not allow this)')
  expect(await said(refused, 'el')).toBe('δεν έγινε: Δημιουργία: μάθημα (ο ρόλος δεν το επιτρέπει)')
  expect(await said(own, 'en')).toMatch(/^refused: approved result change .+ \(own change not decided\)$/)
  expect(await said(own, 'el')).toMatch(
    /^δεν έγινε: Έγκριση: αλλαγή αποτελέσματος .+ \(η δική του αλλαγή δεν κρίνεται από τον ίδιο\)$/,
  )
})

async function pendingChange() {
  const { id } = await resultIn(w, 'published')
  const wish = { result_id: id, new_percentage: 91, reason: 'A sheet was missing' }
  return (await w.registrar.post('/results/change-request', wish)).data
}

test('of a refusal that names its code the code stands in both languages, beside what was tried', () => {
  const act = { action: 'approval.approve', entity_type: 'account', entity_id: '7', success: false, known_as: null }
  const refused = { ...act, summary: 'refused: STEP_UP_REQUIRED' }
  expect(summaryOf(refused, 'en')).toBe('refused: approved approval (STEP_UP_REQUIRED)')
  expect(summaryOf(refused, 'el')).toBe('δεν έγινε: Έγκριση: έγκριση (STEP_UP_REQUIRED)')
  const signIn = { ...act, action: 'account.change_password', summary: 'change of password refused' }
  expect(summaryOf(signIn, 'el')).toBe('δεν έγινε: Αλλαγή κωδικού: λογαριασμός 7 (η αλλαγή κωδικού απορρίφθηκε)')
})

test('the line of a file is told in the language, too', () => {
  const row = { action: 'import.create', entity_type: 'term', entity_id: '7', success: true, known_as: '2026A' }
  expect(summaryOf({ ...row, summary: 'import x-1 line 5' }, 'el')).toBe(
    'Εισαγωγή: εξάμηνο 2026A (εισαγωγή x-1 γραμμή 5)',
  )
})

test('everything that is noted down with an act or a refusal has Greek words', () => {
  const sources = import.meta.glob<string>('/src/**/*.ts', { query: '?raw', import: 'default', eager: true })
  const noted = Object.values(sources).flatMap((text) =>
    [...text.matchAll(/\bsummary(?::| =) (?:[^'\n]*\? )?'([a-z][^']*)'/g)].map(([, note]) => note!),
  )
  expect(noted.length).toBeGreaterThan(12)
  expect(noted.filter((note) => !(note in notes))).toEqual([])
  expect(Object.keys(notes).filter((note) => !noted.includes(note))).toEqual([])
  for (const words of Object.values(notes)) expect(words).toMatch(/\p{Script=Greek}/u)
})

test('a transfer says where the student went', async () => {
  const { course_id, term_id } = await w.section({ number: '1' })
  const [one] = (await w.registrar.get(`/sections?course_id=${course_id}&term_id=${term_id}`)).data.items
  const other = await w.section({ course_id, term_id, number: '2' })
  const { id: student_id, student_number } = await w.student()
  const seat = await w.enroll(one!.id, student_id)
  await w.registrar.post(`/enrollments/${seat.id}/transfer`, { section_id: other.id })
  const { items } = (await admin.get(`/audit/logs?entity_type=enrollment&entity_id=${seat.id}`)).data
  const place = (number: string) => `${one!.course_code}-${number}, ${one!.term_code}`
  expect(items[0]!.summary).toMatch(
    new RegExp(`^transferred enrollment ${student_number}, ${place('1')} → ${place('2')} \\(#\\d+\\)$`),
  )
  expect(items.at(-1)!.summary).toBe(`created enrollment ${student_number}, ${place('1')}`)
})
