import { renderJob } from '../../src/modules/transcript/index.ts'
import { password, type Persona, systemContext, unique, type World } from '../world.ts'

/** A request that succeeds, made of fresh rows. Without a caller an administrator sends it. */
export interface Sample {
  path: string
  body?: unknown
  headers?: Record<string, string>
  as?: Persona
}

type SampleMaker = (w: World) => Promise<Sample>
type Made = { id: number; version: number } & Record<string, unknown>

/** The seven samples of a row with a life of its own. */
function crud(
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
      const kept = one === 'Assessment' ? { section_id: row.section_id } : {}
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

const plain =
  (path: string): SampleMaker =>
  async () => ({ path: `~${path}` })

/** A section with one student and one assessment worth everything, which has no score yet. */
async function taught(w: World) {
  const section = await w.section()
  const student = await w.student()
  await w.enroll(section.id, student.id)
  const assessment = await w.assessment(section.id, { weight: 100, max_score: 100 })
  return { section, student, assessment }
}

/** A student in a section that is being taught, whenever the tests run. */
async function seated(w: World) {
  const term = await w.term({ start_date: '2025-09-01', end_date: '2099-12-31' })
  const [section, { id }] = [await w.section({ term_id: term.id }), await w.student()]
  await w.enroll(section.id, id)
  return { section_id: section.id, student_id: id }
}

async function recorded(w: World) {
  const seat = await seated(w)
  const { data } = await w.registrar.post('/attendance', { ...seat, status: 'present' })
  return {
    record: data as Made & typeof seat,
    query: `student_id=${seat.student_id}&section_id=${seat.section_id}`,
  }
}

async function scored(w: World) {
  const made = await taught(w)
  const { data } = await w.registrar.post('/assessment-scores', {
    assessment_id: made.assessment.id,
    student_id: made.student.id,
    score: 80,
  })
  return { ...made, score: data as Made }
}

async function resulted(w: World, ...steps: ('publish' | 'freeze')[]) {
  const made = await scored(w)
  await w.registrar.post(`/sections/${made.section.id}/results/compute`)
  for (const step of steps) await w.registrar.post(`/results/${step}`, { section_id: made.section.id })
  const { data } = await w.registrar.get(`/results?section_id=${made.section.id}`)
  return { ...made, result: data.items[0] as Made }
}

async function rendered(w: World) {
  const student = await w.student()
  const { data } = await w.registrar.post('/transcripts/enqueue', { student_id: student.id })
  await renderJob({ ...systemContext(), permission: 'transcript.issue' }, data.job_id)
  return (await w.registrar.get(`/transcripts/jobs/${data.job_id}`)).data as { id: string; issue_id: string }
}

async function signedIn(w: World) {
  const { email } = await w.admin()
  const { data } = await w.anonymous.post('/auth/login', { email, password })
  return data as { access_token: string; refresh_token: string }
}

const student = () => ({
  student_number: `S${unique()}`,
  first_name: 'Ζωή',
  last_name: 'Ράλλη',
  email: `z${unique()}@lyceum.test`,
})

export const samples: Record<string, SampleMaker> = {
  welcome: plain('/'),
  getHealth: plain('/health'),
  getHealthz: plain('/healthz'),
  getReadiness: plain('/health/ready'),
  getLiveness: plain('/health/live'),
  getOpenApi: plain('/openapi.json'),
  getReference: plain('/docs'),
  listPublicKeys: plain('/.well-known/jwks.json'),

  login: async (w) => ({ path: '/auth/login', body: { email: (await w.admin()).email, password } }),
  passwordGrant: async (w) => ({
    path: '/auth/token',
    body: new URLSearchParams({ grant_type: 'password', username: (await w.admin()).email, password }).toString(),
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
  }),
  refreshSession: async (w) => ({ path: '/auth/refresh', body: { refresh_token: (await signedIn(w)).refresh_token } }),
  logout: async (w) => ({
    path: '/auth/logout',
    headers: { authorization: `Bearer ${(await signedIn(w)).access_token}` },
  }),
  getOwnAccount: async () => ({ path: '/auth/me' }),

  ...crud(
    ['Program', 'Programs'],
    '/programs',
    (w) => w.program(),
    async () => ({ code: `X${unique()}`, title: 'Law' }),
    { title: 'Laws' },
  ),
  ...crud(
    ['Course', 'Courses'],
    '/courses',
    (w) => w.course(),
    async () => ({ code: `X${unique()}`, title: 'Logic', credits: 5 }),
    { credits: 7.5 },
  ),
  ...crud(
    ['Term', 'Terms'],
    '/terms',
    (w) => w.term(),
    async () => ({ code: `X${unique()}`, name: 'Spring', start_date: '2026-02-01', end_date: '2026-06-30' }),
    { name: 'Summer' },
  ),
  openTerm: async (w) => ({ path: `/terms/${(await w.term({ status: 'closed' })).id}/open` }),
  closeTerm: async (w) => ({ path: `/terms/${(await w.term()).id}/close` }),
  ...crud(
    ['Section', 'Sections'],
    '/sections',
    (w) => w.section(),
    async (w) => ({ course_id: (await w.course()).id, term_id: (await w.term()).id }),
    { capacity: 12 },
  ),
  getInstructors: async (w) => ({ path: `/sections/${(await w.section()).id}/instructors` }),
  assignInstructors: async (w) => ({
    path: `/sections/${(await w.section()).id}/instructors`,
    body: { user_ids: [(await w.teacher()).userId] },
  }),
  ...crud(
    ['Student', 'Students'],
    '/students',
    (w) => w.student(),
    async () => student(),
    { first_name: 'Άννα' },
  ),

  enrollStudent: async (w) => ({
    path: `/sections/${(await w.section()).id}/enroll`,
    body: { student_id: (await w.student()).id },
  }),
  createEnrollment: async (w) => ({
    path: '/enrollments',
    body: { section_id: (await w.section()).id, student_id: (await w.student()).id },
  }),
  listEnrollments: async () => ({ path: '/enrollments' }),
  getEnrollment: async (w) => ({
    path: `/enrollments/${(await w.enroll((await w.section()).id, (await w.student()).id)).id}`,
  }),
  dropEnrollment: async (w) => ({
    path: `/enrollments/${(await w.enroll((await w.section()).id, (await w.student()).id)).id}/drop`,
  }),

  ...crud(
    ['Attendance', 'Attendance'],
    '/attendance',
    async (w) => (await recorded(w)).record,
    async (w) => ({ ...(await seated(w)), status: 'Present' }),
    { status: 'late' },
  ),
  replaceAttendance: async (w) => {
    const { record } = await recorded(w)
    const { id, section_id, student_id } = record
    return { path: `/attendance/${id}`, body: { section_id, student_id, status: 'excused' } }
  },
  takeAttendance: async (w) => {
    const { section_id, student_id } = await seated(w)
    return { path: `/sections/${section_id}/attendance`, body: { records: [{ student_id, status: 'absent' }] } }
  },
  getAttendancePercentage: async (w) => ({ path: `/attendance/percentage?${(await recorded(w)).query}` }),
  getAttendanceEligibility: async (w) => ({ path: `/attendance/eligibility?${(await recorded(w)).query}` }),
  getAttendanceSummary: async (w) => ({
    path: `/attendance/section-summary?section_id=${(await recorded(w)).record.section_id}`,
  }),

  ...crud(
    ['Assessment', 'Assessments'],
    '/assessments',
    async (w) => w.assessment((await w.section()).id, { weight: 40 }),
    async (w) => ({ section_id: (await w.section()).id, type: 'quiz', title: 'Quiz', weight: 10 }),
    { weight: 50 },
  ),
  releaseAssessment: async (w) => ({ path: `/assessments/${(await taught(w)).assessment.id}/release` }),
  listScores: async () => ({ path: '/assessment-scores' }),
  recordScore: async (w) => {
    const { assessment, student: taker } = await taught(w)
    return { path: '/assessment-scores', body: { assessment_id: assessment.id, student_id: taker.id, score: 77.25 } }
  },
  getScore: async (w) => ({ path: `/assessment-scores/${(await scored(w)).score.id}` }),
  updateScore: async (w) => ({ path: `/assessment-scores/${(await scored(w)).score.id}`, body: { score: 81 } }),
  deleteScore: async (w) => ({ path: `/assessment-scores/${(await scored(w)).score.id}` }),
  getGradebook: async (w) => ({ path: `/sections/${(await scored(w)).section.id}/gradebook` }),
  saveGradebook: async (w) => {
    const { section, assessment, student: taker } = await taught(w)
    return {
      path: `/sections/${section.id}/gradebook`,
      body: { scores: [{ assessment_id: assessment.id, student_id: taker.id, score: 64 }] },
    }
  },
  getFinalGrades: async (w) => ({ path: `/sections/${(await scored(w)).section.id}/final-grades` }),
  getFinalGrade: async (w) => {
    const { section, student: taker } = await scored(w)
    return { path: `/students/${taker.id}/sections/${section.id}/final-grade` }
  },

  computeResults: async (w) => ({ path: `/sections/${(await scored(w)).section.id}/results/compute` }),
  listResults: async () => ({ path: '/results' }),
  getResult: async (w) => ({ path: `/results/${(await resulted(w, 'publish')).result.id}` }),
  updateResult: async (w) => {
    const { result } = await resulted(w)
    return {
      path: `/results/${result.id}`,
      body: { percentage: 91, reason: 'Recounted' },
      headers: { 'if-match': `"${result.version}"` },
    }
  },
  publishResults: async (w) => ({ path: '/results/publish', body: { section_id: (await resulted(w)).section.id } }),
  freezeResults: async (w) => ({
    path: '/results/freeze',
    body: { section_id: (await resulted(w, 'publish')).section.id },
  }),

  enqueueTranscript: async (w) => ({ path: '/transcripts/enqueue', body: { student_id: (await w.student()).id } }),
  listTranscriptJobs: async () => ({ path: '/transcripts/jobs' }),
  getTranscriptJob: async (w) => ({ path: `/transcripts/jobs/${(await rendered(w)).id}` }),
  getTranscriptFile: async (w) => ({ path: `/transcripts/jobs/${(await rendered(w)).id}/file` }),
  verifyTranscript: async () => ({ path: '/transcripts/verify/nothing-we-made' }),
  getTranscript: async (w) => ({ path: `/transcripts/${(await w.student()).id}` }),
  revokeTranscript: async (w) => ({ path: `/transcripts/${(await rendered(w)).issue_id}/revoke` }),

  listAuditEntries: async () => ({ path: '/audit/logs' }),
  getAuditEntry: async () => ({ path: '/audit/logs/1' }),
}
