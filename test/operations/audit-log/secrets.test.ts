import { beforeAll, describe, expect, test } from 'vitest'
import { refusal } from '../../call.ts'
import { createUser } from '#/access/user/index.ts'
import { auditRows, password, systemContext, testEnv, unique, type World, world } from '../../world.ts'
import { rowOf } from '../../grading/graded-section.ts'

let w: World
beforeAll(async () => {
  w = await world()
})

/** Every row of the audit log, with every column, as text. */
async function wholeLog(): Promise<string> {
  const { results } = await testEnv.DB.prepare('select * from audit_log').all()
  return JSON.stringify(results)
}

async function account() {
  const email = `clerk${unique()}@lyceum.test`
  const { id } = await createUser(systemContext(), {
    email,
    password,
    full_name: 'A Clerk',
    role: 'registrar',
    email_verified_at: new Date().toISOString(),
  })
  const { password_hash } = await rowOf<{ password_hash: string }>('select password_hash from user where id = ?', id)
  return { id, email, password_hash }
}

describe('the audit log holds no secrets', () => {
  test('of a new account: neither its password nor the hash', async () => {
    const { id, email, password_hash } = await account()
    const [audit] = await auditRows('user', id)
    expect(JSON.parse(audit!.changes)).toEqual({
      email: { new: email },
      full_name: { new: 'A Clerk' },
      role: { new: 'registrar' },
      password_hash: { new: '[redacted]' },
      email_verified_at: { new: expect.any(String) },
    })
    const log = await wholeLog()
    expect(log).not.toContain(email)
    for (const secret of [password, password_hash, ...password_hash.split('$').slice(-2)])
      expect(log).not.toContain(secret)
  })

  test('of a sign-in: neither password nor tokens, and it leaves one row', async () => {
    const { id, email } = await account()
    const answer = await w.anonymous.post('/auth/login', { email, password })
    expect(answer.status).toBe(200)
    const { access_token, refresh_token } = answer.data
    const [sessionId, secret] = refresh_token!.split('.')
    const [audit, ...others] = await auditRows('session', sessionId!)
    expect(others).toEqual([])
    expect(audit).toMatchObject({ action: 'session.create', actor_id: id, status: 200 })
    const { refresh_hash } = await rowOf<{ refresh_hash: string }>(
      'select refresh_hash from session where id = ?',
      sessionId!,
    )
    const log = await wholeLog()
    for (const hidden of [password, access_token, refresh_token, secret, refresh_hash])
      expect(log).not.toContain(hidden)
  })

  test('of a refusal: a wrong password is nowhere', async () => {
    const { email } = await account()
    const wrong = 'Wrong-Horse-9!'
    const answer = await w.anonymous.post('/auth/login', { email, password: wrong })
    expect(refusal(answer)).toEqual([401, 'INVALID_CREDENTIALS'])
    expect(await wholeLog()).not.toContain(wrong)
    expect(JSON.stringify(answer.error)).not.toContain(wrong)
  })
})

describe('a write that failed', () => {
  test('leaves no row of success', async () => {
    const course = await w.course()
    const before = await rowOf('select count(*) as n from audit_log where success = 1')
    const taken = { code: course['code'], title: 'The same code again', credits: 5 }
    expect(refusal(await w.registrar.post('/courses', taken))).toEqual([409, 'COURSE_CODE_TAKEN'])
    expect(refusal(await w.registrar.post('/courses', { title: 'No code' }))).toEqual([422, 'VALIDATION_ERROR'])
    expect(refusal(await w.registrar.patch('/courses/999999', { title: 'Nothing' }))).toEqual([404, 'COURSE_NOT_FOUND'])
    expect(await rowOf('select count(*) as n from audit_log where success = 1')).toEqual(before)
  })

  test('because the role does not allow it leaves a row of the attempt', async () => {
    const student = await w.studentPersona()
    const answer = await student.post('/courses', { code: `X${unique()}`, title: 'Mine', credits: 6 })
    expect(refusal(answer)).toEqual([403, 'HTTP_403'])
    const row = await rowOf<object>(
      'select actor_id, action, success, status, method from audit_log where request_id = ?',
      answer.headers.get('x-request-id')!,
    )
    const attempt = { actor_id: student.userId, action: 'course.create', success: 0, status: 403, method: 'POST' }
    expect(row).toEqual(attempt)
  })

  test('to sign in to a known account leaves a row of the attempt', async () => {
    const { id, email } = await account()
    const answer = await w.anonymous.post('/auth/login', { email, password: 'Wrong-Horse-9!' })
    expect(refusal(answer)).toEqual([401, 'INVALID_CREDENTIALS'])
    const row = await rowOf<object>(
      'select actor_id, action, success, status from audit_log where request_id = ?',
      answer.headers.get('x-request-id')!,
    )
    expect(row).toEqual({ actor_id: id, action: 'session.create', success: 0, status: 401 })
  })
})
