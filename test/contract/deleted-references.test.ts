import { beforeAll, expect, test } from 'vitest'
import { endpoints } from '#/wiring/endpoints.ts'
import { call, type Method, refusal } from '../call.ts'
import { countRows, type Persona, persona, type World, world } from '../world.ts'
import { fieldsOf } from './body-schema.ts'
import type { Sample } from './sample-rows.ts'
import { samples } from './samples.ts'

let w: World
let admin: Persona
beforeAll(async () => {
  w = await world()
  admin = await w.admin()
})

/** A row of each kind that a request may name, by the field that names it. */
const referred: Record<string, [at: string, make: () => Promise<{ id: number }>]> = {
  student_id: ['students', () => w.student()],
  section_id: ['sections', () => w.section()],
  course_id: ['courses', () => w.course()],
  term_id: ['terms', () => w.term()],
  program_id: ['programs', () => w.program()],
  assessment_id: ['assessments', async () => w.assessment((await w.section()).id)],
  category_id: ['assessment-categories', async () => w.category((await w.section()).id)],
  user_id: ['users', async () => ({ id: (await persona('student')).userId })],
}

async function deleted(field: string): Promise<number> {
  const [at, make] = referred[field]!
  const { id } = await make()
  expect((await admin.delete(`/${at}/${id}`)).status).toBe(204)
  return id
}

/** Rows that never change hands refuse any other; a student who is gone has no seat. */
const otherwise: Record<string, [status: number, code: string]> = {
  'Request student_id': [400, 'REQUEST_STUDENT_FIXED'],
  'Application user_id': [400, 'APPLICATION_ACCOUNT_FIXED'],
  'Assessment section_id': [400, 'ASSESSMENT_SECTION_FIXED'],
  'Category section_id': [400, 'CATEGORY_SECTION_FIXED'],
  'Attendance section_id': [400, 'ATTENDANCE_FIXED'],
  'Attendance student_id': [400, 'ATTENDANCE_FIXED'],
  'createAttendance student_id': [400, 'NOT_ENROLLED'],
  'recordScore student_id': [400, 'NOT_ENROLLED'],
}

/** What a sample names, where one body takes one of several. */
const instead: Record<string, string> = {
  grantOverride: 'section_id',
  enqueueTranscripts: 'student_ids',
  publishResults: 'result_id',
  freezeResults: 'result_id',
}

const naming = endpoints.flatMap((endpoint) =>
  fieldsOf(endpoint).flatMap((field) => (field in referred ? [[endpoint.id, field, endpoint] as const] : [])),
)

test.each(naming)('%s does not find a deleted row by %s', async (id, field, { method }) => {
  const sample: Sample = await samples[id]!(w)
  const body: Record<string, unknown> = { ...(sample.body as object), [instead[id] ?? '']: undefined }
  body[field] = await deleted(field)
  const before = await changesMade()
  const answer = await call(sample.as ?? admin, method.toUpperCase() as Method, sample.path, body, sample.headers)
  expect(refusal(answer)).toEqual(expected(id, field) ?? [404, expect.stringMatching(/_NOT_FOUND$/)])
  expect(await changesMade()).toBe(before)
})

const expected = (id: string, field: string) => otherwise[`${id.replace(/^(update|replace)/, '')} ${field}`]

const changesMade = () => countRows("audit_log where method <> 'BACKGROUND'")
