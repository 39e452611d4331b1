import { beforeAll, describe, expect, test } from 'vitest'
import { newId } from '#/platform/context.ts'
import { endpoints } from '#/wiring/endpoints.ts'
import { settingsOf } from '#/platform/env.ts'
import { type Endpoint, statusOf } from '#/platform/http/endpoint.ts'
import { signAccessToken } from '#/access/session/access-token.ts'
import { reachOf } from '#/platform/policy.ts'
import { call, type Caller, type Method, refusal } from '../call.ts'
import { execute } from '../grading/graded-section.ts'
import { countRows, persona, testEnv, type World, world } from '../world.ts'
import { type Sample, type SampleMaker, scored, seated } from './sample-rows.ts'
import { samples } from './samples.ts'

let w: World
let admin: Caller
beforeAll(async () => {
  w = await world()
  admin = await w.admin()
})

/** Where a row is nobody's own before somebody has a seat, or sees it. */
const withSeats: Record<string, SampleMaker> = {
  ...samples,
  getStudent: async () => ({ path: `/students/${(await seated(w)).student_id}` }),
  getCategory: async () => ({
    path: `/assessment-categories/${(await w.category((await seated(w)).section_id)).id}`,
  }),
  getAssessment: async () => ({ path: `/assessments/${(await w.assessment((await seated(w)).section_id)).id}` }),
  getScore: async () => {
    const { assessment, score } = await scored(w)
    await w.registrar.post(`/assessments/${assessment.id}/release`)
    return { path: `/assessment-scores/${score.id}` }
  },
}

const roles = ['admin', 'registrar', 'faculty', 'student'] as const
type Member = (typeof roles)[number]

/** Somebody of a role, to whom what a sample made belongs: the teacher of every section, the student or applicant it is about. */
async function holder(
  role: Member,
  { permission }: Endpoint,
  { body }: Partial<Sample>,
  newest: Newest,
): Promise<Caller> {
  if (role !== 'student') {
    const somebody = await persona(role)
    const teaching = 'insert into section_instructor (section_id, user_id) select id, ? from section'
    if (role === 'faculty') await execute(teaching, somebody.userId)
    return somebody
  }
  const { user_id, student_id } = (body ?? {}) as { user_id?: number; student_id?: number }
  const ofApplicant = permission.startsWith('application.')
  const who = ofApplicant
    ? { id: user_id ?? newest.applicant, studentId: null }
    : { id: newest.user, studentId: student_id ?? newest.student }
  const actor = {
    ...who,
    role,
    sessionId: newId(),
    tier: 'enterprise',
    hasSecondFactor: false,
    verifiedAt: Date.now(),
  } as const
  return { token: await signAccessToken(settingsOf(testEnv), actor, new Date().toISOString()) }
}

/** The newest rows when a sample had been made: it is theirs. */
type Newest = Record<'applicant' | 'user' | 'student', number>
const newestRows = async () =>
  (await testEnv.DB.prepare(
    `select (select max(id) from user where role = 'student') as applicant, (select max(id) from user) as user,
       (select max(id) from student) as student`,
  ).first<Newest>())!

const send = (caller: Caller, { method }: Endpoint, { path, body, headers }: Sample) =>
  call(caller, method.toUpperCase() as Method, path, body, headers)

/** Filters belong to the account that saves them, whatever its role: somebody of the role makes the sample then. */
const isPrivate = ({ permission }: Endpoint) => permission.startsWith('saved_filter.')
const worldOf = async (role: Member, endpoint: Endpoint) =>
  isPrivate(endpoint) ? { ...w, registrar: await persona(role) } : w

const named = (some: readonly Endpoint[]) => some.map((endpoint) => [endpoint.id, endpoint] as const)

describe.each(roles)('of the own rows, a role may: %s', (role) => {
  const own = endpoints.filter(
    (endpoint) =>
      reachOf(endpoint.permission, role) === 'own' &&
      (isPrivate(endpoint) || reachOf(endpoint.permission, 'registrar') === 'any') &&
      !/^(list|export)/.test(endpoint.id),
  )

  test.each(named(own))('%s', async (id, endpoint) => {
    const sample = await withSeats[id]!(await worldOf(role, endpoint))
    const answer = await send(sample.as ?? (await holder(role, endpoint, sample, await newestRows())), endpoint, sample)
    expect(refusal(answer)).toEqual([statusOf(endpoint), undefined])
  })
})

/** Deletions by the address of their row. */
const deletions = new Map<string, Endpoint>(
  endpoints.filter(({ id }) => /^delete[A-Z]/.test(id)).map((one) => [one.path, one] as const),
)
/** The address of a row that can be deleted, and what comes after it. */
const rowIn = ({ path }: Endpoint) =>
  /^(\/[\w-]+\/:id)(.*)$/.exec(path)?.slice(1) as [row: string, rest: string] | undefined

/** A deleted row and a request about such a row. One for all roles, as none of them finds it; of what is private one for each. */
const deletedRows = new Map<string, Promise<Sample & { newest: Newest }>>()
function deletedFor(role: Member, endpoint: Endpoint, deletion: Endpoint) {
  const name = isPrivate(endpoint) ? `${endpoint.id} ${role}` : endpoint.id
  const made = deletedRows.get(name) ?? deletedRow(role, endpoint, deletion)
  deletedRows.set(name, made)
  return made
}

async function deletedRow(role: Member, endpoint: Endpoint, deletion: Endpoint) {
  const place = await worldOf(role, endpoint)
  const sample = await samples[endpoint.id]!(place)
  const { path, as = admin } = await samples[deletion.id]!(place)
  const newest = await newestRows()
  expect((await call(as, 'DELETE', path)).status).toBe(204)
  return { ...sample, path, newest }
}

describe.each(roles)('to a deleted row there is no way for a role: %s', (role) => {
  const ways = endpoints.filter(
    (endpoint) =>
      reachOf(endpoint.permission, role) &&
      deletions.has(rowIn(endpoint)?.[0] ?? '') &&
      !endpoint.id.startsWith('restore'),
  )

  test.each(named(ways))('%s', async (_, endpoint) => {
    const [row, rest] = rowIn(endpoint)!
    const deletion = deletions.get(row)!
    const { as, path, newest, ...sample } = await deletedFor(role, endpoint, deletion)
    const caller = as ?? (await holder(role, endpoint, {}, newest))
    const before = await countRows("audit_log where method <> 'BACKGROUND'")
    const answer = await send(caller, endpoint, { ...sample, path: path + rest })
    expect(refusal(answer)).toEqual([404, deletion.errors?.find(({ code }) => code.endsWith('_NOT_FOUND'))?.code])
    expect(await countRows("audit_log where method <> 'BACKGROUND'")).toBe(before)
  })
})

test('there are many such rows', () => {
  expect(deletions.size).toBeGreaterThan(12)
})
