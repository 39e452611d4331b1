import { endpoints } from '#/wiring/endpoints.ts'
import { transcriptWork } from '#/paperwork/transcript-job/index.ts'
import { type Caller } from '../call.ts'
import { issueOf, type IssueRow, tokenOf } from '../paperwork/transcript/issued.ts'
import { password, systemContext, testEnv, unique, type World } from '../world.ts'
import { past, underWay } from '../under-way.ts'

/** A request that succeeds, made of fresh rows. Without a caller an administrator sends it. */
export interface Sample {
  path: string
  body?: unknown
  headers?: Record<string, string>
  as?: Caller
}

export type SampleMaker = (w: World) => Promise<Sample>
type Made = { id: number; version: number } & Record<string, unknown>

/** Fields that a replacement must repeat, because they never change. */
export const keptBy: Record<string, string> = {
  Application: 'user_id',
  Assessment: 'section_id',
  Category: 'section_id',
  GradingScheme: 'code',
  Request: 'student_id',
}

/** The seven samples of a row with a life of its own. */
export function crud(
  names: [one: string, many: string],
  path: string,
  make: (w: World) => Promise<Made>,
  input: (w: World) => Promise<object>,
  change: object,
) {
  const [one, many] = names
  const at = async (w: World, suffix = '') => `${path}/${(await make(w)).id}${suffix}`
  return {
    [`list${many}`]: async () => ({ path }),
    [`create${one}`]: async (w) => ({ path, body: await input(w) }),
    [`get${one}`]: async (w) => ({ path: await at(w) }),
    [`update${one}`]: async (w) => ({ path: await at(w), body: change }),
    [`replace${one}`]: async (w) => {
      const row = await make(w)
      const kept = keptBy[one] ? { [keptBy[one]]: row[keptBy[one]] } : {}
      return { path: `${path}/${row.id}`, body: { ...(await input(w)), ...kept } }
    },
    [`delete${one}`]: async (w) => ({ path: await at(w) }),
    [`restore${one}`]: async (w) => {
      const row = await at(w)
      await w.registrar.delete(row)
      return { path: `${row}/restore` }
    },
  } satisfies Record<string, SampleMaker>
}

export const plain =
  (path: string): SampleMaker =>
  async () => ({ path: `~${path}` })

/** A section with one student and one assessment worth everything, which has no score yet. */
export async function taught(w: World) {
  const section = await w.section()
  const student = await w.student()
  await w.enroll(section.id, student.id)
  const assessment = await w.assessment(section.id, { weight: 100, max_score: 100 })
  return { section, student, assessment }
}

/** A student in a section that is being taught, whenever the tests run. */
export async function seated(w: World) {
  const term = await w.term(underWay)
  const [section, { id }] = [await w.section({ term_id: term.id }), await w.student()]
  await w.enroll(section.id, id)
  return { section_id: section.id, student_id: id }
}

/** A seat that can no longer be dropped. */
export async function lateSeat(w: World) {
  const term = await w.term({ ...underWay, drop_deadline: past })
  return w.enroll((await w.section({ term_id: term.id })).id, (await w.student()).id)
}

/** An entry in the waitlist of a section that nobody can get into. */
export async function waiting(w: World) {
  const { id } = await w.section({ capacity: 0, waitlist_capacity: 1 })
  const { data } = await w.registrar.post(`/sections/${id}/waitlist`, { student_id: (await w.student()).id })
  return data as Made & { section_id: number }
}

export async function overridden(w: World) {
  const body = { check: 'HOLD', section_id: (await w.section()).id, reason_code: 'dean' }
  return (await w.registrar.post(`/students/${(await w.student()).id}/overrides`, body)).data as Made
}

export async function recorded(w: World) {
  const seat = await seated(w)
  const { data } = await w.registrar.post('/attendance', { ...seat, status: 'present' })
  return {
    record: data as Made & typeof seat,
    query: `student_id=${seat.student_id}&section_id=${seat.section_id}`,
  }
}

export async function deletedScore(w: World) {
  const path = `/assessment-scores/${(await scored(w)).score.id}` as const
  await w.registrar.delete(path)
  return path
}

export async function scored(w: World) {
  const made = await taught(w)
  const { data } = await w.registrar.post('/assessment-scores', {
    assessment_id: made.assessment.id,
    student_id: made.student.id,
    score: 80,
  })
  return { ...made, score: data as Made }
}

export async function resulted(w: World, ...steps: ('publish' | 'freeze')[]) {
  const made = await scored(w)
  await w.registrar.post(`/sections/${made.section.id}/results/compute`)
  for (const step of steps) await w.registrar.post(`/results/${step}`, { section_id: made.section.id })
  const { data } = await w.registrar.get(`/results?section_id=${made.section.id}`)
  return { ...made, result: data.items[0] as Made }
}

export async function changeRequested(w: World) {
  const { result } = await resulted(w, 'publish')
  const body = { result_id: result.id, new_percentage: 90.5, reason: 'A page was not marked' }
  return (await w.registrar.post('/results/change-request', body)).data as Made
}

export async function rendered(w: World) {
  const student = await w.student()
  const { data } = await w.registrar.post('/transcripts/enqueue', { student_id: student.id })
  await transcriptWork.handle({ ...systemContext(), permission: 'transcript.issue' }, data.job_id)
  return (await w.registrar.get(`/transcripts/jobs/${data.job_id}`)).data as {
    id: string
    issue_id: string
    student_id: number
  }
}

/** What was issued to a student, and what shows it to somebody who knows whose it is. */
async function shown(w: World, studentId: number, collection: string, issued: IssueRow) {
  const { student_number } = (await w.registrar.get(`/students/${studentId}`)).data
  return { path: `/${collection}/verify/${await tokenOf(issued)}/record`, body: { student_number } }
}

export async function shownTranscript(w: World) {
  const { student_id } = await rendered(w)
  return shown(w, student_id, 'transcripts', await issueOf(student_id))
}

export async function shownLetter(w: World) {
  const { id, student_id } = await filed(w, 'noc')
  await w.registrar.post(`/requests/${id}/transition`, { status: 'approved' })
  const letter = await testEnv.DB.prepare('select * from letter where request_id = ?').bind(id).first<IssueRow>()
  return shown(w, Number(student_id), 'documents', letter!)
}

/** Archives a row; the address that undoes it. */
export async function archived(w: World, path: string, { id }: { id: number }) {
  await w.registrar.post(`/${path}/${id}/archive`)
  return `/${path}/${id}/unarchive`
}

export async function filed(w: World, type = 'transcript') {
  const { data } = await w.registrar.post('/requests', { student_id: (await w.student()).id, type })
  return data as Made
}

export const filter = () => ({ name: `Filter ${unique()}`, entity: 'students', query: { status: 'active' } })
export const saved = async (w: World) => (await w.registrar.post('/saved-filters', filter())).data as Made

/** For rows that are their account's alone. */
export const byRegistrar = (samples: Record<string, SampleMaker>): Record<string, SampleMaker> =>
  Object.fromEntries(
    Object.entries(samples).map(([id, make]) => [id, async (w) => ({ ...(await make(w)), as: w.registrar })]),
  )

/** A download of each list in each format. */
export const files: Record<string, SampleMaker> = Object.fromEntries(
  endpoints
    .filter(({ id }) => id.startsWith('export'))
    .map(({ id, path }) => [
      id,
      async (w) => {
        await resulted(w)
        await recorded(w)
        return { path }
      },
    ]),
)
/** An import with a bad row. */
export async function imported(w: World): Promise<string> {
  const type = { 'content-type': 'text/csv' }
  return (await w.registrar.post('/imports/courses', 'code,title,credits\nX,,99\n', type)).data.id
}

/** An import that would change much and waits for a second word. */
export async function unconfirmed(w: World): Promise<string> {
  const id = await imported(w)
  await testEnv.DB.prepare("update import_job set state = 'needs_confirmation', finished_at = null where id = ?")
    .bind(id)
    .run()
  return id
}

export async function signedIn(w: World) {
  const { email } = await w.admin()
  const { data } = await w.anonymous.post('/auth/login', { email, password })
  return data as { access_token: string; refresh_token: string }
}

export const hold = { kind: 'financial', blocks: ['enrollment'], office: 'Treasury', reason: 'Fees' }
export const student = () => ({
  student_number: `S${unique()}`,
  first_name: 'Ζωή',
  last_name: 'Ράλλη',
  email: `z${unique()}@lyceum.test`,
})
