import { beforeAll, describe, expect, test } from 'vitest'
import { refusal } from '../../call.ts'
import { countRows, type World, world } from '../../world.ts'
import { taken } from '../../grading/graded-section.ts'
import { filed } from '../request/filed.ts'
import { bytesOf, textOf } from '../transcript/issued.ts'
import { deliver, order, queuedJob } from '../transcript-job/jobs.ts'

let w: World
/** Students whose names no font has: one with a name in Latin letters, one without, and one who can be named. */
let [named, unnamed, student]: { id: number }[] = []
/** Of a student who took a course whose title no document prints. */
let marked: { id: number }

beforeAll(async () => {
  w = await world()
  const arabic = { first_name: 'محمد', last_name: 'الهاشمي' }
  ;[named, unnamed, student, marked] = [
    await w.student({ ...arabic, latin_name: 'Muhammad al-Hashimi' }),
    await w.student(arabic),
    await w.student({ first_name: 'გიორგი', last_name: 'Љубић Nguyễn', latin_name: null }),
    await w.student(),
  ]
  const course = await w.course({ title: 'Design 🎨', title_el: 'Σχέδιο' })
  await taken(w, marked.id, 70, { course_id: course.id })
})

const transcript = (id: number, language: string) => w.registrar.get(`/transcripts/${id}?language=${language}`)
const letter = (id: number, fields: { language?: string; details?: string } = {}) =>
  filed(w.registrar, id, { type: 'bonafide', language: 'en', ...fields })
const approve = (id: number) => w.registrar.post(`/requests/${id}/transition`, { status: 'approved' })
const unnameable = {
  status: 409,
  code: 'LATIN_NAME_NEEDED',
  message:
    'Documents cannot print the letters of the student’s name. Give it in Latin letters in latin_name, or ask the registry to.',
}

describe('a name that no font has', () => {
  test.each(['en', 'el'])('is left to the Latin one, on transcripts and letters: %s', async (language) => {
    const request = await letter(named!.id, { language })
    expect((await approve(request)).status).toBe(200)
    for (const path of [`/transcripts/${named!.id}?language=${language}`, `/requests/${request}/document`]) {
      const text = await textOf(await bytesOf(await w.registrar.get(path)))
      expect(text).toContain('Muhammad al-Hashimi')
      expect(text).not.toMatch(/[\p{Script=Arabic}\uFFFD]|\(Muhammad/u)
    }
  })

  test('refuses every document and order of one without a Latin name, and nothing is written', async () => {
    const { id } = unnamed!
    const [bonafide, ordered] = [await letter(id), await filed(w.registrar, id, { type: 'transcript' })]
    const tables = ['transcript_issue', 'transcript_job', 'letter', 'audit_log'] as const
    const count = () => Promise.all(tables.map((table) => countRows(table)))
    const before = await count()
    const answers = [
      await transcript(id, 'el'),
      await w.registrar.post(`/students/${id}/transcripts`, { language: 'en' }),
      await w.registrar.post('/transcripts/enqueue', { student_id: id }),
      await approve(bonafide),
      await approve(ordered),
    ]
    for (const answer of answers) expect({ status: answer.status, ...answer.error }).toMatchObject(unnameable)
    const batch = await w.registrar.post('/transcripts/batch?atomic=true', { student_ids: [named!.id, id] })
    expect(batch.data).toMatchObject({
      failed: 1,
      jobs: [],
      errors: [{ index: 1, student_id: id, code: unnameable.code }],
    })
    expect(await count()).toEqual(before)
    expect((await w.registrar.get(`/requests/${bonafide}`)).data.status).toBe('pending')
  })

  test('ends a job that was ordered before', async () => {
    const job = await queuedJob(unnamed!.id, w.registrar)
    expect((await deliver([order(job)])).acked).toHaveLength(1)
    expect((await w.registrar.get(`/transcripts/jobs/${job}`)).data).toMatchObject({
      status: 'failed',
      error_code: unnameable.code,
    })
  })

  test('is printed in its own letters where fonts have them', async () => {
    const text = await textOf(await bytesOf(await transcript(student!.id, 'en')))
    expect(text).toContain('გიორგი Љубић Nguyễn')
  })
})

describe('another text that no font has', () => {
  test('refuses the documents that print it, and no others', async () => {
    const { status, error } = await transcript(marked.id, 'en')
    expect({ status, ...error }).toMatchObject({
      status: 409,
      code: 'TEXT_NOT_PRINTABLE',
      message: 'Documents cannot print 🎨 in “Design 🎨”. Change that text, or ask the registry to.',
    })
    expect((await transcript(marked.id, 'el')).status).toBe(200)
  })

  test('leaves a request pending whose purpose it is', async () => {
    const request = await letter(student!.id, { details: 'For a visa 🛂' })
    expect(refusal(await approve(request))).toEqual([409, 'TEXT_NOT_PRINTABLE'])
    await w.registrar.patch(`/requests/${request}`, { details: 'For a visa' })
    expect((await approve(request)).status).toBe(200)
  })
})
