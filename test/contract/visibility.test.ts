import { beforeAll, describe, expect, test } from 'vitest'
import { countRows, type Persona, type World, world } from '../world.ts'
import { type Bait, readDeeply, type Reading, readPlainly } from './every-read.ts'
import { wish } from '../admission/application/applied.ts'
import { computed, type GradedSection, gradedSection, mark, published, rowOf } from '../grading/graded-section.ts'
import { type IssueRow, tokenOf } from '../paperwork/transcript/issued.ts'
import { deliver, order, queuedJob } from '../paperwork/transcript-job/jobs.ts'
import { underWay } from '../under-way.ts'

const ofMe = { first_name: 'Αγαθοκλής', last_name: 'Ψαρουδάκης', student_number: 'PSR-11902', phone: '+306900445566' }
const ofOther = {
  first_name: 'Ξανθίππη',
  last_name: 'Ζερβουδάκη',
  latin_name: 'Xanthippi Zervoudaki',
  father_name: 'Αχιλλέας',
  student_number: 'ZRV-77331',
  phone: '+306900112233',
  date_of_birth: '2001-02-03',
  email: 'xanthippi@lyceum.test',
}
const noteOfOther = 'Exempted by the archimandrite'
const wishOfOther = 'For a visa to Patagonia'
const statementOfOther = 'Longing for the observatory since childhood'
const confidential = 'Was seen asleep in the crypt'
const secretTitle = 'Unannounced quiz on monads'
const secretFilter = 'Those who owe fees'
const secretNote = 'Summoned to the eparchy court'

/** Above 59, so that no time of day looks like one. */
const figures = {
  mine: { unreleased: 62.47, computed: 61.59, draft: 83.21 },
  other: { released: 77.31, unreleased: 66.13, computed: 72.84, draft: 91.17, published: 94.63, elsewhere: 88.88 },
}

let w: World
let me: Persona
let other: Persona
/** We both sit in the first two; the third is the other student's alone. */
let sections: { drafts: GradedSection; official: GradedSection; elsewhere: GradedSection }
let bait: Bait
let drafts: number[]

beforeAll(async () => {
  w = await world()
  me = await w.studentPersona(ofMe)
  other = await w.studentPersona(ofOther)
  const students = [me.studentId!, other.studentId!]
  const { mine, other: theirs } = figures
  const marks = [
    [61, mine.unreleased],
    [theirs.released, theirs.unreleased],
  ]
  const official = { students, marks: [[70], [theirs.published]], released: true }
  const elsewhere = { students: [other.studentId!], marks: [[theirs.elsewhere]], released: true }
  sections = {
    drafts: await gradedSection(w, { students, weights: [60, 40], marks }),
    official: await gradedSection(w, official),
    elsewhere: await gradedSection(w, elsewhere),
  }
  await w.registrar.post(`/assessments/${sections.drafts.assessments[0]}/release`)
  await w.registrar.patch(`/assessments/${sections.elsewhere.assessments[0]}`, { title: secretTitle })
  drafts = await computed(w, sections.drafts)
  await missed(sections.elsewhere, other.studentId!)
  const byHand = { 'if-match': '"1"' }
  await w.registrar.patch(`/results/${drafts[0]}`, { percentage: mine.draft, reason: 'Mine' }, byHand)
  await w.registrar.patch(`/results/${drafts[1]}`, { percentage: theirs.draft, reason: 'Theirs' }, byHand)
  await published(w, sections.official)
  await w.registrar.post('/requests', { student_id: me.studentId, type: 'noc' })
  const { data: request } = await w.registrar.post('/requests', {
    student_id: other.studentId,
    type: 'noc',
    details: wishOfOther,
  })
  await w.registrar.post(`/requests/${request.id}/transition`, { status: 'approved' })
  await other.post('/applications', { ...(await wish(w)), statement: statementOfOther })
  await w.registrar.post(`/students/${other.studentId}/notes`, { text: confidential })
  const full = await w.section({ capacity: 0, waitlist_capacity: 9 })
  for (const { studentId } of [me, other])
    await w.registrar.post(`/sections/${full.id}/waitlist`, { student_id: studentId })
  const override = { check: 'HOLD', section_id: full.id, reason_code: 'dean', note: noteOfOther }
  await w.registrar.post(`/students/${other.studentId}/overrides`, override)
  const query = { search: ofOther.last_name }
  await other.post('/saved-filters', { name: secretFilter, entity: 'students', query })
  bait = {
    ids: await everyId(),
    texts: [
      ...Object.values(ofOther),
      secretTitle,
      secretNote,
      wishOfOther,
      noteOfOther,
      statementOfOther,
      confidential,
      secretFilter,
    ],
    numbers: Object.values(theirs),
  }
})

/** An absence on the first day of a term that has begun whenever the tests run. */
async function missed({ id, teacher }: GradedSection, student_id: number) {
  const { start_date: date } = underWay
  const { data } = await w.registrar.get(`/sections/${id}`)
  await w.registrar.patch(`/terms/${data.term_id}`, underWay)
  const record = { section_id: id, student_id, date, status: 'absent', note: secretNote }
  const { status, error } = await teacher.post('/attendance', record)
  if (status !== 201) throw new Error(`could not record the absence: ${JSON.stringify(error)}`)
}

/** The id of every row there is, and what leads to the other student's transcript: job, issue and token. */
async function everyId(): Promise<(number | string)[]> {
  const job = await queuedJob(other.studentId!, w.registrar)
  await deliver([order(job)])
  const issue = await rowOf<IssueRow>('select * from transcript_issue where student_id = ?', other.studentId!)
  const tables = [
    'user',
    'student',
    'section',
    'enrollment',
    'waitlist_entry',
    'enrollment_override',
    'assessment_category',
    'assessment',
    'score',
    'attendance',
    'result',
    'service_request',
    'application',
    'student_note',
    'saved_filter',
  ]
  const most = Math.max(...(await Promise.all(tables.map(countRows))))
  return [...Array.from({ length: most }, (_, index) => index + 1), job, issue.id, await tokenOf(issue)]
}

const markersOf = (who: { studentId: number | null; email: string }, texts: object, numbers: object) => [
  ...Object.values(texts).map(String),
  ...Object.values(numbers).map(String),
  `"student_id":${who.studentId},`,
  who.email,
]

const compact = (text: string) => text.replaceAll(/\s/g, '')

/** Which marker stood in which answer. */
const found = (readings: readonly Reading[], markers: readonly string[]) =>
  readings.flatMap(({ path, text }) => {
    const said = compact(text)
    return markers.filter((marker) => said.includes(compact(marker))).map((marker) => `${marker} in ${path}`)
  })

const markersOfOther = () => [
  ...markersOf(other, ofOther, figures.other),
  secretTitle,
  secretNote,
  wishOfOther,
  noteOfOther,
  statementOfOther,
  confidential,
  secretFilter,
]

describe('a student', () => {
  let readings: Reading[]
  beforeAll(async () => {
    // Whoever reads a transcript for the first time finds it in the list from then on.
    for (const language of ['en', 'el']) await me.get(`/transcripts/${me.studentId}?language=${language}`)
    readings = await readDeeply(me, bait)
  }, 180_000)

  test('reads nothing of another student, at no address and with no query', () => {
    expect(found(readings, markersOfOther())).toEqual([])
  })

  test('reads no draft and no unreleased score, not even the own', () => {
    expect(found(readings, Object.values(figures.mine).map(String))).toEqual([])
  })

  test('does search and download', () => {
    const some = (start: string) =>
      readings.filter(({ path, text }) => path.startsWith(start) && text.includes(ofMe.student_number))
    expect(readings.filter(({ path, status }) => path.startsWith('/search?&q=') && status === 200)).not.toEqual([])
    expect(some('/exports/students.csv')).not.toEqual([])
    expect(some('/exports/results.ndjson')).not.toEqual([])
  })

  test('is not told by a total that there is more', () => {
    const lists = readings
      .map(({ data }) => data as { items?: unknown[]; total?: number } | null)
      .filter((data) => data?.items)
    expect(lists.length).toBeGreaterThan(0)
    expect(lists.filter((list) => list?.total !== list?.items?.length)).toEqual([])
  })

  test('makes nothing fail', () => {
    expect(readings.filter(({ status }) => status >= 500)).toEqual([])
  })

  test('reads the same, word for word, whatever happens to others and to drafts', async () => {
    const json = (some: Reading[]) =>
      some
        .filter(({ path, status, data }) => data !== null || (path.startsWith('/exports/') && status === 200))
        .map(({ path, status, data, text }) => [path, status, data ?? text])
    const before = json(readings.filter(({ isPlain }) => isPlain))
    await mark(w, sections.drafts, [
      [null, 63.5],
      [64.5, 65.5],
    ])
    await mark(w, sections.elsewhere, [['excused']])
    for (const id of drafts)
      await w.registrar.patch(`/results/${id}`, { percentage: 67.5, reason: 'Again' }, { 'if-match': '"2"' })
    await w.registrar.patch(`/students/${other.studentId}`, { phone: '+306900998877' })
    expect(json(await readPlainly(me, bait))).toEqual(before)
  }, 180_000)
})

let ofOthers: { registrar: Reading[]; student: Reading[] }

test('the staff and the other student do read all of it: the markers are where they can be found', async () => {
  await mark(w, sections.drafts, [
    [61, figures.mine.unreleased],
    [figures.other.released, figures.other.unreleased],
  ])
  await mark(w, sections.elsewhere, [[figures.other.elsewhere]])
  await w.registrar.patch(
    `/results/${drafts[0]}`,
    { percentage: figures.mine.draft, reason: 'x' },
    { 'if-match': '"3"' },
  )
  await w.registrar.patch(
    `/results/${drafts[1]}`,
    { percentage: figures.other.draft, reason: 'x' },
    { 'if-match': '"3"' },
  )
  await w.registrar.patch(`/students/${other.studentId}`, { phone: ofOther.phone })
  // Of the other student what the last test asks after: whether any reading tells of the note.
  const ofNote = { ids: bait.ids, texts: [confidential], numbers: [] }
  ofOthers = { registrar: await readPlainly(w.registrar, bait), student: await readDeeply(other, ofNote) }
  const readings = [...ofOthers.registrar, ...ofOthers.student.filter(({ isPlain }) => isPlain)]
  const markers = [...markersOfOther(), ...Object.values(figures.mine).map(String)]
  expect(markers.filter((marker) => found(readings, [marker]).length === 0)).toEqual([])
}, 180_000)

test('a student does not read what staff noted in confidence, and staff does', () => {
  expect(found(ofOthers.student, [confidential])).toEqual([])
  expect(found(ofOthers.registrar, [confidential])).not.toEqual([])
})

describe('a teacher', () => {
  test('reads nothing of the students and sections of others', async () => {
    const stranger = (await gradedSection(w, { marks: [[60]] })).teacher
    const readings = await readDeeply(stranger, bait)
    expect(found(readings, [...markersOfOther(), ...markersOf(me, ofMe, figures.mine)])).toEqual([])
    expect(readings.filter(({ status }) => status >= 500)).toEqual([])
  }, 180_000)

  test('reads of the own students what belongs to the own section only', async () => {
    const readings = await readPlainly(sections.drafts.teacher, bait)
    const { published: official, elsewhere } = figures.other
    expect(found(readings, [String(official), String(elsewhere), secretTitle, secretNote, confidential])).toEqual([])
    expect(found(readings, [ofOther.last_name])).not.toEqual([])
  }, 180_000)
})
