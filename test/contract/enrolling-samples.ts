import { crud, hold, lateSeat, overridden, waiting, type SampleMaker } from './sample-rows.ts'

export const enrollingSamples: Record<string, SampleMaker> = {
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
  assignInstructors: async (w) => ({
    path: `/sections/${(await w.section()).id}/instructors`,
    body: { user_ids: [(await w.teacher()).userId] },
  }),
  getHolds: async (w) => ({ path: `/students/${(await w.student()).id}/holds` }),
  placeHold: async (w) => ({ path: `/students/${(await w.student()).id}/holds`, body: hold }),
  releaseHold: async (w) => {
    const { data } = await w.registrar.post(`/students/${(await w.student()).id}/holds`, hold)
    return { path: `/holds/${data.id}/release` }
  },

  checkEnrollment: async (w) => ({
    path: `/sections/${(await w.section()).id}/enroll/check`,
    body: { student_id: (await w.student()).id },
  }),
  enrollStudents: async (w) => ({
    path: `/sections/${(await w.section()).id}/enroll/bulk`,
    body: { student_ids: [(await w.student()).id, (await w.student()).id] },
  }),
  transferEnrollment: async (w) => {
    const [from, student] = [await w.section(), await w.student()]
    const to = await w.section({ course_id: from.course_id as number, term_id: from.term_id as number, number: '2' })
    return { path: `/enrollments/${(await w.enroll(from.id, student.id)).id}/transfer`, body: { section_id: to.id } }
  },
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
  withdrawEnrollment: async (w) => ({ path: `/enrollments/${(await lateSeat(w)).id}/withdraw` }),
  updateEnrollment: async (w) => ({
    path: `/enrollments/${(await w.enroll((await w.section()).id, (await w.student()).id)).id}`,
    body: { status: 'dropped' },
  }),
  replaceEnrollment: async (w) => ({
    path: `/enrollments/${(await lateSeat(w)).id}`,
    body: { status: 'withdrawn', reason: 'Illness' },
  }),
  deleteEnrollment: async (w) => ({
    path: `/enrollments/${(await w.enroll((await w.section()).id, (await w.student()).id)).id}`,
  }),
  restoreEnrollment: async (w) => {
    const seat = await w.enroll((await w.section()).id, (await w.student()).id)
    await w.registrar.delete(`/enrollments/${seat.id}`)
    return { path: `/enrollments/${seat.id}/restore` }
  },
  enrollPairs: async (w) => ({
    path: '/enrollments/bulk',
    body: { enrollments: [{ section_id: (await w.section()).id, student_id: (await w.student()).id }] },
  }),
  listUnresolvedSeats: async (w) => {
    const section = await w.section()
    await w.enroll(section.id, (await w.student()).id)
    return { path: `/terms/${section.term_id}/unresolved` }
  },
  completeTerm: async (w) => {
    const section = await w.section()
    await w.enroll(section.id, (await w.student()).id)
    await w.registrar.post(`/terms/${section.term_id}/close`)
    return { path: `/terms/${section.term_id}/complete` }
  },
  listWaitlist: async (w) => ({ path: `/sections/${(await waiting(w)).section_id}/waitlist` }),
  joinWaitlist: async (w) => ({
    path: `/sections/${(await w.section({ capacity: 0, waitlist_capacity: 1 })).id}/waitlist`,
    body: { student_id: (await w.student()).id },
  }),
  leaveWaitlist: async (w) => ({ path: `/waitlist/${(await waiting(w)).id}` }),
  getOverrides: async (w) => ({ path: `/students/${(await overridden(w)).student_id}/overrides` }),
  grantOverride: async (w) => ({
    path: `/students/${(await w.student()).id}/overrides`,
    body: { check: 'HOLD', section_id: (await w.section()).id, reason_code: 'dean' },
  }),
  revokeOverride: async (w) => ({ path: `/overrides/${(await overridden(w)).id}/revoke` }),
  takeTurnstilePlace: async (w) => ({
    path: `/terms/${(await w.term({ turnstile_pace: 1 })).id}/turnstile`,
    as: await w.studentPersona(),
  }),
  getTurnstilePlace: async (w) => ({ path: `/terms/${(await w.term({ turnstile_pace: 1 })).id}/turnstile` }),
  closeTerm: async (w) => ({ path: `/terms/${(await w.term()).id}/close` }),
}
