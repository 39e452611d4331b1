import { beforeAll, describe, expect, test } from 'vitest'
import { refusal } from '../call.ts'
import { endpoints } from '#/wiring/endpoints.ts'
import { reachOf } from '#/platform/policy.ts'
import type { Role } from '#/platform/words.ts'
import type { Answer } from '../call.ts'
import { countRows, type Persona, type World, world } from '../world.ts'
import { applied, wish } from '../admission/application/applied.ts'
import { computed, type GradedSection, gradedSection } from '../grading/graded-section.ts'
import { underWay } from '../under-way.ts'

let w: World
/** A teacher and a student who have nothing to do with the section, its student and its draft. */
let stranger: Persona
let me: Persona
let section: GradedSection
let student: number
let draft: number
/** Another applicant, and the open application of theirs. */
let applicant: Persona
let application: number
let open: { id: number }
let full: { id: number }
let group: number

beforeAll(async () => {
  w = await world()
  stranger = (await gradedSection(w)).teacher
  me = await w.studentPersona()
  const { id: term_id } = await w.term(underWay)
  section = await gradedSection(w, { marks: [[80]], term_id })
  student = section.students[0]!
  draft = (await computed(w, section))[0]!
  open = await w.section()
  full = await w.section({ capacity: 0, waitlist_capacity: 1 })
  applicant = await w.studentPersona()
  application = await applied(w, applicant)
  group = (await w.category(section.id)).id
})

/** Operations that change something and that a role may do with its own rows only. */
const ownWrites = (role: Role) =>
  endpoints
    .filter(({ method, permission }) => method !== 'get' && reachOf(permission, role) === 'own')
    .filter(({ permission }) => reachOf(permission, 'registrar') === 'any')
    .map(({ id }) => id)

type Attempts = Record<string, (caller: Persona) => Promise<Answer>>

const teacherAttempts: Attempts = {
  createCategory: (caller) => caller.post('/assessment-categories', newGroup()),
  updateCategory: (caller) => caller.patch(`/assessment-categories/${group}`, { name: 'Taken over' }),
  replaceCategory: (caller) => caller.put(`/assessment-categories/${group}`, newGroup()),
  deleteCategory: (caller) => caller.delete(`/assessment-categories/${group}`),
  restoreCategory: async (caller) => {
    const { id } = await w.category(section.id)
    await w.registrar.delete(`/assessment-categories/${id}`)
    return caller.post(`/assessment-categories/${id}/restore`)
  },
  createAttendance: (caller) => caller.post('/attendance', newRecord()),
  updateAttendance: async (caller) => caller.patch(`/attendance/${await record()}`, { status: 'absent' }),
  replaceAttendance: async (caller) => caller.put(`/attendance/${await record()}`, newRecord()),
  deleteAttendance: async (caller) => caller.delete(`/attendance/${await record()}`),
  restoreAttendance: async (caller) => {
    const id = await record()
    await w.registrar.delete(`/attendance/${id}`)
    return caller.post(`/attendance/${id}/restore`)
  },
  takeAttendance: (caller) =>
    caller.put(`/sections/${section.id}/attendance`, { records: [{ student_id: student, status: 'absent' }] }),
  createAssessment: (caller) => caller.post('/assessments', newWork()),
  updateAssessment: (caller) => caller.patch(`/assessments/${work()}`, { title: 'Taken over' }),
  replaceAssessment: (caller) => caller.put(`/assessments/${work()}`, newWork()),
  deleteAssessment: (caller) => caller.delete(`/assessments/${work()}`),
  restoreAssessment: async (caller) => {
    const { id } = await w.assessment(section.id, { weight: 0 })
    await w.registrar.delete(`/assessments/${id}`)
    return caller.post(`/assessments/${id}/restore`)
  },
  releaseAssessment: (caller) => caller.post(`/assessments/${work()}/release`),
  recordScore: (caller) => caller.post('/assessment-scores', newScore()),
  updateScore: async (caller) => caller.patch(`/assessment-scores/${await score()}`, { score: 1 }),
  restoreScore: async (caller) => {
    const id = await score()
    await w.registrar.delete(`/assessment-scores/${id}`)
    const answer = await caller.post(`/assessment-scores/${id}/restore`)
    await w.registrar.post(`/assessment-scores/${id}/restore`)
    return answer
  },
  deleteScore: async (caller) => caller.delete(`/assessment-scores/${await score()}`),
  saveGradebook: (caller) => caller.put(`/sections/${section.id}/gradebook`, { scores: [newScore()] }),
  computeResults: (caller) => caller.post(`/sections/${section.id}/results/compute`),
  updateResult: (caller) =>
    caller.patch(`/results/${draft}`, { percentage: 1, reason: 'Because' }, { 'if-match': '"1"' }),
  requestResultChange: (caller) =>
    caller.post('/results/change-request', { result_id: draft, new_percentage: 1, reason: 'Because I can' }),
}

const studentAttempts: Attempts = {
  enrollStudent: (caller) => caller.post(`/sections/${open.id}/enroll`, { student_id: student }),
  checkEnrollment: (caller) => caller.post(`/sections/${open.id}/enroll/check`, { student_id: student }),
  createEnrollment: (caller) => caller.post('/enrollments', { section_id: open.id, student_id: student }),
  transferEnrollment: async (caller) => {
    const [seat] = (await w.registrar.get(`/enrollments?student_id=${student}`)).data.items
    return caller.post(`/enrollments/${seat!.id}/transfer`, { section_id: open.id })
  },
  dropEnrollment: async (caller) => {
    const [seat] = (await w.registrar.get(`/enrollments?student_id=${student}`)).data.items
    return caller.post(`/enrollments/${seat!.id}/drop`)
  },
  withdrawEnrollment: async (caller) => {
    const [seat] = (await w.registrar.get(`/enrollments?student_id=${student}`)).data.items
    return caller.post(`/enrollments/${seat!.id}/withdraw`)
  },
  enrollPairs: (caller) =>
    caller.post('/enrollments/bulk', { enrollments: [{ section_id: open.id, student_id: student }] }),
  joinWaitlist: (caller) => caller.post(`/sections/${full.id}/waitlist`, { student_id: student }),
  leaveWaitlist: async (caller) => {
    const { data } = await w.registrar.post(`/sections/${full.id}/waitlist`, { student_id: student })
    return caller.delete(`/waitlist/${data.id}`)
  },
  enqueueTranscript: (caller) => caller.post('/transcripts/enqueue', { student_id: student }),
  issueTranscript: (caller) => caller.post(`/students/${student}/transcripts`),
  createRequest: (caller) => caller.post('/requests', { student_id: student, type: 'noc' }),
  updateRequest: async (caller) => caller.patch(`/requests/${await request()}`, { type: 'other' }),
  replaceRequest: async (caller) => caller.put(`/requests/${await request()}`, { type: 'other' }),
  deleteRequest: async (caller) => caller.delete(`/requests/${await request()}`),
  cancelRequest: async (caller) => caller.post(`/requests/${await request()}/cancel`),
  createApplication: async (caller) => caller.post('/applications', { user_id: applicant.userId, ...(await wish(w)) }),
  updateApplication: (caller) => caller.patch(`/applications/${application}`, { statement: 'Taken over' }),
  replaceApplication: async (caller) => caller.put(`/applications/${application}`, await wish(w)),
  deleteApplication: (caller) => caller.delete(`/applications/${application}`),
  submitApplication: (caller) => caller.post(`/applications/${application}/submit`),
  withdrawApplication: (caller) => caller.post(`/applications/${application}/withdraw`),
}

const work = () => section.assessments[0]
const newWork = () => ({ section_id: section.id, type: 'quiz', title: 'Mine', weight: 0 })
const newGroup = () => ({ section_id: section.id, name: 'Mine', weight: 0 })
const newScore = () => ({ assessment_id: work(), student_id: student, score: 1 })
const request = async () =>
  (await w.registrar.post('/requests', { student_id: student, type: 'noc' })).data.id as number
const newRecord = () => ({ section_id: section.id, student_id: student, status: 'absent' })
let periods = 0
const record = async () =>
  (await w.registrar.post('/attendance', { ...newRecord(), period: (periods += 1) })).data.id as number
const score = async () =>
  (await w.registrar.get(`/assessment-scores?assessment_id=${work()}`)).data.items[0]!.id as number

describe.each([
  ['teacher', 'faculty', teacherAttempts],
  ['student', 'student', studentAttempts],
] as const)('what a %s may write of the own', (who, role, attempts) => {
  test('is all tried below', () => {
    expect(Object.keys(attempts).toSorted()).toEqual(ownWrites(role).toSorted())
  })

  test.each(Object.keys(attempts))('is not found when it is of others: %s', async (id) => {
    const caller = who === 'teacher' ? stranger : me
    const written = `audit_log where actor_id = ${caller.userId} and success = 1`
    const before = await countRows(written)
    expect(refusal(await attempts[id]!(caller))).toEqual([404, expect.stringMatching(/_NOT_FOUND$/)])
    expect(await countRows(written)).toBe(before)
  })
})
