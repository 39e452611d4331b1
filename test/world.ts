import { env } from 'cloudflare:workers'
import { backgroundContext } from '#/platform/background-context.ts'
import { type Actor, newId } from '#/platform/context.ts'
import type { Changes } from '#/platform/audit/table.ts'
import type { Env } from '#/platform/env.ts'
import { openRows } from '#/platform/personal/open-rows.ts'
import { settingsOf } from '#/platform/env.ts'
import { signAccessToken } from '#/access/session/access-token.ts'
import { createUser } from '#/access/user/index.ts'
import type { AnswerAt } from './answer-at.ts'
import { type Answer, call, type Caller, type Method } from './call.ts'

export interface Persona extends Caller {
  userId: number
  email: string
  studentId: number | null
  get: Reads<'GET'>
  post: Writes<'POST'>
  put: Writes<'PUT'>
  patch: Writes<'PATCH'>
  delete: Reads<'DELETE'>
}

type Reads<M extends Method> = <const P extends string>(
  path: P,
  headers?: Record<string, string>,
) => Promise<Answer<AnswerAt<M, P>>>
type Writes<M extends Method> = <const P extends string>(
  path: P,
  body?: unknown,
  headers?: Record<string, string>,
) => Promise<Answer<AnswerAt<M, P>>>

export const testEnv = env as unknown as Env
export const password = 'Correct-Horse-9!'

let counter = 0
/** A number that no other row of this run has. */
export const unique = () => (counter += 1)

/** The Context of a use case called without HTTP. */
export const systemContext = () => backgroundContext(testEnv, { waitUntil: () => undefined }, 'system.read', 'test')

/** Someone who is signed in. The account is real; the token is signed directly, which saves the cost of a password hash. */
export async function persona(
  role: 'admin' | 'registrar' | 'faculty' | 'student',
  studentId: number | null = null,
  full_name = `The ${role}`,
): Promise<Persona> {
  const email = `${role}${unique()}@lyceum.test`
  const user = await createUser(systemContext(), {
    email,
    password,
    full_name,
    role,
    student_id: studentId,
    email_verified_at: new Date().toISOString(),
  })
  const actor: Actor = {
    id: user.id,
    role,
    sessionId: newId(),
    studentId,
    tier: 'enterprise',
    hasSecondFactor: false,
    verifiedAt: Date.now(),
  }
  const token = await signAccessToken(settingsOf(testEnv), actor, new Date().toISOString())
  return { userId: user.id, email, studentId, ...caller(token) }
}

/** The verbs for one caller. */
export function caller(token: string | null): Omit<Persona, 'userId' | 'email' | 'studentId'> {
  const send =
    <M extends Method>(method: M): Writes<M> =>
    (path, body, headers) =>
      call({ token }, method, path, body, headers)
  const read =
    <M extends Method>(method: M): Reads<M> =>
    (path, headers) =>
      call({ token }, method, path, undefined, headers)
  return { token, get: read('GET'), post: send('POST'), put: send('PUT'), patch: send('PATCH'), delete: read('DELETE') }
}

/** A small university with fresh rows, kept by a registrar: nothing in it is shared with another test. */
export async function world(keeper?: Persona) {
  const registrar = keeper ?? (await persona('registrar'))
  const made = async <const P extends string>(path: P, body: object): Promise<AnswerAt<'POST', P>> => {
    const answer = await registrar.post(path, body)
    if (answer.status !== 201) throw new Error(`could not make ${path}: ${JSON.stringify(answer.error)}`)
    return answer.data
  }
  const scheme = (fields: object = {}) =>
    made('/grading-schemes', {
      code: `G${unique()}`,
      pass_minimum: 50,
      bands: [
        { minimum: 50, letter: 'pass', passing: true },
        { minimum: 0, letter: 'fail', passing: false },
      ],
      ...fields,
    })
  const program = (fields: object = {}) =>
    made('/programs', { code: `P${unique()}`, title: 'Informatics', title_el: 'Πληροφορική', ...fields })
  const course = (fields: object = {}) =>
    made('/courses', { code: `C${unique()}`, title: 'Databases', title_el: 'Βάσεις Δεδομένων', credits: 6, ...fields })
  const term = (fields: object = {}) =>
    made('/terms', {
      code: `T${unique()}`,
      name: 'Autumn',
      start_date: '2026-10-01',
      end_date: '2027-02-15',
      ...fields,
    })
  const section = async (fields: { course_id?: number; term_id?: number } & Record<string, unknown> = {}) =>
    made('/sections', {
      ...fields,
      course_id: fields.course_id ?? (await course()).id,
      term_id: fields.term_id ?? (await term()).id,
    })
  const student = (fields: object = {}) => {
    const n = unique()
    return made('/students', {
      student_number: `2026-${n}`,
      first_name: 'Ελένη',
      last_name: 'Παππά',
      email: `s${n}@lyceum.test`,
      enrollment_date: '2025-09-20',
      ...fields,
    })
  }
  const enroll = (section_id: number, student_id: number) => made(`/sections/${section_id}/enroll`, { student_id })
  const category = (section_id: number, fields: object = {}) =>
    made('/assessment-categories', { section_id, name: `Group ${unique()}`, weight: 0, ...fields })
  const assessment = (section_id: number, fields: object = {}) =>
    made('/assessments', { section_id, type: 'final', title: 'Exam', ...fields })
  const teach = (section_id: number, ...teachers: Persona[]) =>
    registrar.put(`/sections/${section_id}/instructors`, { user_ids: teachers.map(({ userId }) => userId) })
  return {
    registrar,
    anonymous: caller(null),
    admin: () => persona('admin'),
    teacher: () => persona('faculty'),
    /** A student with a record and an account. */
    studentPersona: async (fields: object = {}) => persona('student', (await student(fields)).id),
    scheme,
    program,
    course,
    term,
    section,
    student,
    enroll,
    category,
    assessment,
    teach,
  }
}

export type World = Awaited<ReturnType<typeof world>>

interface AuditRow {
  id: number
  action: string
  actor_id: number
  entity_type: string
  changes: string
  summary: string | null
  reason: string | null
  status: number
  request_id: string
}

/** Newest audit rows of one entity, straight from the table and then in clear. */
export async function auditRows(entity: string, id: number | string) {
  const { results } = await testEnv.DB.prepare(
    'select * from audit_log where entity_type = ? and entity_id = ? order by id desc',
  )
    .bind(entity, String(id))
    .all<AuditRow>()
  const rows = results.map((row) => ({ ...row, changes: JSON.parse(row.changes) as Changes }))
  const opened = await openRows(systemContext(), rows)
  return opened.map((row) => ({ ...row, changes: JSON.stringify(row.changes) }))
}

export async function countRows(table: string): Promise<number> {
  const row = await testEnv.DB.prepare(`select count(*) as n from ${table}`).first<{ n: number }>()
  return row!.n
}
