import {
  changeRequested,
  crud,
  deletedScore,
  recorded,
  resulted,
  type SampleMaker,
  scored,
  seated,
  taught,
} from './sample-rows.ts'

export const gradingSamples: Record<string, SampleMaker> = {
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
  listRegistrationAudit: async (w) => ({ path: `/terms/${(await w.term()).id}/registration-audit` }),
}
