import { beforeAll, expect, test } from 'vitest'
import { policy } from '#/wiring/policy.ts'
import { nouns, verbs } from '#/operations/audit-summary/act-words.ts'
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
})
