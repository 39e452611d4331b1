import { lateSeat, overridden, waiting, type SampleMaker } from './sample-rows.ts'

/** Of enrollments, waitlists and overrides. */
export const seatSamples: Record<string, SampleMaker> = {
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
  listRegistrationAudit: async (w) => ({ path: `/terms/${(await w.term()).id}/registration-audit` }),
  listLegacy: async () => ({ path: '/reports/legacy' }),
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
}
