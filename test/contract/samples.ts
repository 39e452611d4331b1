import { fileTokenOf, issueOf } from '../paperwork/transcript/issued.ts'
import { testEnv, unique } from '../world.ts'
import { approvalSamples, backupSamples } from './backup-samples.ts'
import { identitySamples } from './identity-samples.ts'
import { admissionSamples } from './admission-samples.ts'
import {
  archived,
  byRegistrar,
  changeRequested,
  crud,
  filed,
  files,
  filter,
  hold,
  imported,
  plain,
  recorded,
  rendered,
  resulted,
  saved,
  deletedScore,
  scored,
  seated,
  shownLetter,
  shownTranscript,
  student,
  taught,
  unconfirmed,
  type SampleMaker,
} from './sample-rows.ts'
import { runningSamples } from './running-samples.ts'
import { seatSamples } from './seat-samples.ts'

export const samples: Record<string, SampleMaker> = {
  welcome: plain('/'),
  getHealth: plain('/health'),
  getHealthz: plain('/healthz'),
  getReadiness: plain('/health/ready'),
  getLiveness: plain('/health/live'),
  getOpenApi: plain('/openapi.json'),
  getReference: plain('/docs'),
  listStaff: async () => ({ path: '/staff' }),
  getMetrics: async () => ({ path: '~/metrics', as: { token: testEnv.METRICS_TOKEN } }),
  listPublicKeys: plain('/.well-known/jwks.json'),

  ...runningSamples,
  ...identitySamples,
  ...admissionSamples,
  ...approvalSamples,
  ...backupSamples,

  ...crud(
    ['GradingScheme', 'GradingSchemes'],
    '/grading-schemes',
    (w) => w.scheme(),
    async () => ({
      code: `X${unique()}`,
      pass_minimum: 0,
      bands: [{ minimum: 0, letter: 'attended', passing: true }],
    }),
    { scale_max: 20 },
  ),
  ...crud(
    ['Program', 'Programs'],
    '/programs',
    (w) => w.program(),
    async () => ({ code: `X${unique()}`, title: 'Law' }),
    { title: 'Laws' },
  ),
  archiveProgram: async (w) => ({ path: `/programs/${(await w.program()).id}/archive` }),
  unarchiveProgram: async (w) => ({ path: await archived(w, 'programs', await w.program()) }),
  archiveCourse: async (w) => ({ path: `/courses/${(await w.course()).id}/archive` }),
  unarchiveCourse: async (w) => ({ path: await archived(w, 'courses', await w.course()) }),
  getEvaluationRules: async (w) => ({ path: `/courses/${(await w.course()).id}/evaluation-rules` }),
  setEvaluationRules: async (w) => ({
    path: `/courses/${(await w.course()).id}/evaluation-rules`,
    body: { rules: [{ name: 'Homework', weight: 40, aggregation: 'mean', drop_lowest: 1 }] },
  }),
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
  getMeetings: async (w) => ({ path: `/sections/${(await w.section()).id}/meetings` }),
  setMeetings: async (w) => ({
    path: `/sections/${(await w.section()).id}/meetings`,
    body: { meetings: [{ weekday: 1, start: '09:00', end: '11:00' }] },
  }),
  getRequirements: async (w) => ({ path: `/courses/${(await w.course()).id}/prerequisites` }),
  setRequirements: async (w) => ({
    path: `/courses/${(await w.course()).id}/prerequisites`,
    body: { prerequisites: [{ any_of: [{ course_id: (await w.course()).id }] }] },
  }),
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

  getStudentRecord: async (w) => ({ path: `/students/${(await resulted(w, 'publish')).student.id}/record` }),
  getHolds: async (w) => ({ path: `/students/${(await w.student()).id}/holds` }),
  placeHold: async (w) => ({ path: `/students/${(await w.student()).id}/holds`, body: hold }),
  releaseHold: async (w) => {
    const { data } = await w.registrar.post(`/students/${(await w.student()).id}/holds`, hold)
    return { path: `/holds/${data.id}/release` }
  },

  ...seatSamples,

  ...crud(
    ['Category', 'Categories'],
    '/assessment-categories',
    async (w) => w.category((await w.section()).id, { weight: 30 }),
    async (w) => ({ section_id: (await w.section()).id, name: 'Homework', weight: 40, aggregation: 'mean' }),
    { drop_lowest: 1 },
  ),
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
  restoreScore: async (w) => ({ path: `${await deletedScore(w)}/restore` }),
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
  publishResults: async (w) => ({ path: '/results/publish', body: { result_id: (await resulted(w)).result.id } }),
  freezeResults: async (w) => ({
    path: '/results/freeze',
    body: { result_id: (await resulted(w, 'publish')).result.id },
  }),
  requestResultChange: async (w) => ({
    path: '/results/change-request',
    body: { result_id: (await resulted(w, 'publish')).result.id, new_grade: 'A', reason: 'A page was not marked' },
  }),
  decideResultChange: async (w) => ({
    path: '/results/approve-change',
    body: { change_id: (await changeRequested(w)).id, approved: true, note: 'Seen' },
  }),
  listResultChanges: async () => ({ path: '/results/changes' }),
  getResultHistory: async (w) => ({ path: `/results/${(await changeRequested(w)).result_id}/history` }),

  enqueueTranscript: async (w) => ({ path: '/transcripts/enqueue', body: { student_id: (await w.student()).id } }),
  enqueueTranscripts: async (w) => ({
    path: '/transcripts/batch',
    body: { student_ids: [(await w.student()).id, (await w.student()).id] },
  }),
  listTranscriptJobs: async () => ({ path: '/transcripts/jobs' }),
  getTranscriptJob: async (w) => ({ path: `/transcripts/jobs/${(await rendered(w)).id}` }),
  getTranscriptFile: async (w) => ({ path: `/transcripts/jobs/${(await rendered(w)).id}/file` }),
  getLinkedTranscript: async (w) => {
    const { student_id } = await rendered(w)
    return { path: `/transcripts/files/${await fileTokenOf(await issueOf(student_id))}` }
  },
  verifyTranscript: async () => ({ path: '/transcripts/verify/nothing-we-made' }),
  discloseTranscript: shownTranscript,
  verifyTranscriptFile: async () => ({
    path: '/transcripts/verify',
    body: '%PDF-1.7 nothing we made',
    headers: { 'content-type': 'application/pdf' },
  }),
  getTranscript: async (w) => ({ path: `/transcripts/${(await w.student()).id}` }),
  issueTranscript: async (w) => ({ path: `/students/${(await w.student()).id}/transcripts` }),
  getTranscripts: async (w) => ({ path: `/students/${(await rendered(w)).student_id}/transcripts` }),
  revokeTranscript: async (w) => ({ path: `/transcripts/${(await rendered(w)).issue_id}/revoke` }),

  ...crud(
    ['Request', 'Requests'],
    '/requests',
    (w) => filed(w),
    async (w) => ({ student_id: (await w.student()).id, type: 'noc' }),
    { details: 'For an internship' },
  ),
  decideRequest: async (w) => ({ path: `/requests/${(await filed(w)).id}/transition`, body: { status: 'approved' } }),
  getRequestDocument: async (w) => {
    const { id } = await filed(w, 'noc')
    await w.registrar.post(`/requests/${id}/transition`, { status: 'approved' })
    return { path: `/requests/${id}/document` }
  },
  verifyDocument: async () => ({ path: '/documents/verify/nothing-we-made' }),
  verifyDocumentFile: async () => ({
    path: '/documents/verify',
    body: '%PDF-1.7 nothing we made',
    headers: { 'content-type': 'application/pdf' },
  }),
  discloseDocument: shownLetter,
  revokeDocument: async (w) => {
    const { id } = await filed(w, 'bonafide')
    const { data } = await w.registrar.post(`/requests/${id}/transition`, { status: 'approved' })
    return { path: `/documents/${data.letter_id}/revoke` }
  },
  cancelRequest: async (w) => ({ path: `/requests/${(await filed(w)).id}/cancel` }),

  importFile: async () => {
    const { student_number, first_name, last_name, email } = student()
    const file = `student_number,first_name,last_name,email\n${student_number},${first_name},${last_name},${email}\n`
    return { path: '/imports/students', body: file, headers: { 'content-type': 'text/csv' } }
  },
  listImports: async () => ({ path: '/imports' }),
  getImport: async (w) => ({ path: `/imports/${await imported(w)}` }),
  listImportErrors: async (w) => ({ path: `/imports/${await imported(w)}/errors` }),
  confirmImport: async (w) => ({ path: `/imports/${await unconfirmed(w)}/confirm` }),

  listAuditEntries: async () => ({ path: '/audit/logs' }),
  getAuditEntry: async () => ({ path: '/audit/logs/1' }),
  listDailyActivity: async () => ({ path: '/audit/activity' }),
  verifyAuditLog: async () => ({ path: '/audit/verify' }),

  search: async () => ({ path: '/search?q=παπ' }),
  searchByBody: async () => ({ path: '/search', body: { q: 'παπ' } }),
  ...byRegistrar(
    crud(
      ['SavedFilter', 'SavedFilters'],
      '/saved-filters',
      (w) => saved(w),
      async () => filter(),
      { name: 'Renamed' },
    ),
  ),
  ...files,
}
