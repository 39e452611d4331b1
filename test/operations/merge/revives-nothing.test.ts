import { beforeAll, describe, expect, test } from 'vitest'
import { applicant, applied } from '../../admission/application/applied.ts'
import { decide, pendingOn } from '../../grading/result-change/official.ts'
import { newId } from '#/platform/context.ts'
import { newAccount, refresh } from '../../access/identity/account.ts'
import { invitee, newInvitation } from '../../access/mailed-token/mailed.ts'
import { codeIn, protectedAccount, timePasses } from '../../access/second-factor/second-factor.ts'
import { refusal } from '../../call.ts'
import { execute, rowOf } from '../../grading/graded-section.ts'
import { issueOf, tokenOf } from '../../paperwork/transcript/issued.ts'
import { filed } from '../../paperwork/request/filed.ts'
import { caller, countRows, password, type Persona, persona, testEnv, type World, world } from '../../world.ts'
import { settingsOf } from '#/platform/env.ts'
import { signToken } from '#/paperwork/official-document/verification-token.ts'
import { backUp, restore, shownErrors } from '../backup/backups.ts'

type Row = Record<string, string | number | null>

let w: World
let admin: Persona
let shown: { kept: { table: string; rows: number }[] | null }
const known = {} as Awaited<ReturnType<typeof before>>
const since = {} as Awaited<ReturnType<typeof after>>

const userRow = (id: number) => rowOf<Row>('select * from user where id = ?', id)
const verify = async (token: string) => (await w.anonymous.get(`/transcripts/verify/${token}`)).data.reason
const signIn = (email: string, secret = password) => caller(null).post('/auth/login', { email, password: secret })

async function letterOf(student: number) {
  const request = await filed(w.registrar, student, { type: 'bonafide', status: 'approved' })
  const { id, digest, expires_at } = await rowOf<Row>('select * from letter where request_id = ?', request)
  const claims = { issueId: String(id), digest: String(digest), expiresAt: String(expires_at) }
  return { request, id: String(id), token: await signToken(settingsOf(testEnv).TRANSCRIPT_KEY, claims) }
}

/** What the registry has still to decide on, and an import that is going on. */
async function undecided() {
  const candidate = await applied(w, await applicant(), { status: 'under_review' })
  const applying = await applied(w, await applicant())
  const change = await pendingOn(w, 'published')
  const [dismissed, removed] = [(await w.student()).id, (await w.student()).id]
  const entering = newId()
  await execute(
    `insert into import_job (id, entity, format, language, size, dry_run, atomic, confirmed, rehearsal, state, position, last_line, reach, created_at, updated_at)
     values (?, 'students', 'csv', 'en', 9, 0, 0, 0, 0, 'planning', 9, 1, 1, '2026-11-20T00:00:00.000Z', '2026-11-20T00:00:00.000Z')`,
    entering,
  )
  return { candidate, applying, change, dismissed, removed, entering }
}

async function before() {
  const student = (await w.student({ last_name: 'Before' })).id
  const transcriptOf = async () => {
    expect((await w.registrar.get(`/transcripts/${student}`)).status).toBe(200)
    return issueOf(student)
  }
  const erased = (await w.student({ last_name: 'Forgotten' })).id
  const override = await w.registrar.post(`/students/${student}/overrides`, {
    check: 'HOLD',
    reason_code: 'dean',
    term_id: (await w.term()).id,
  })
  const transcript = await transcriptOf()
  const letter = await letterOf(student)
  const waiting = await filed(w.registrar, student, { type: 'bonafide' })
  const hold = await w.registrar.post(`/students/${(await w.student()).id}/holds`, {
    kind: 'financial',
    office: 'Bursar',
    reason: 'Fees',
    blocks: ['enrollment'],
    from: '2026-01-01',
  })
  const people = {
    promoted: await newAccount(),
    dismissed: await newAccount(),
    forgetful: await newAccount(),
    unlinked: await w.studentPersona(),
    protectedLater: await newAccount(),
    unprotected: await protectedAccount(),
    recovered: await protectedAccount(),
    steady: await newAccount(),
    renumbered: await newAccount(),
    linked: await persona('student'),
  }
  const sessions = { ended: (await people.steady.signIn()).data, stays: (await people.steady.signIn()).data }
  const invitations = { void: await newInvitation(invitee()), used: await newInvitation(invitee()) }
  return {
    ...(await undecided()),
    student,
    erased,
    transcriptOf,
    transcript,
    letter,
    waiting,
    override,
    hold,
    people,
    sessions,
    invitations,
  }
}

/** Persons of each kind whom somebody has asked to forget. */
const erasedRows = () =>
  [
    ['student', known.erased],
    ['application', known.applying],
    ['user', known.people.steady.id],
    ['invitation', known.invitations.used],
  ] as const

async function after() {
  const { transcript, transcriptOf, letter, waiting, override, hold, people, sessions, invitations, student } = known
  await w.registrar.patch(`/students/${student}`, { last_name: 'After' })
  await w.registrar.post(`/transcripts/${transcript.id}/revoke`)
  const issued = await transcriptOf()
  await w.registrar.post(`/documents/${letter.id}/revoke`)
  await w.registrar.post(`/requests/${waiting}/transition`, { status: 'rejected', notes: 'No.' })
  const newLetter = await letterOf(student)
  await w.registrar.post(`/overrides/${override.data.id}/revoke`)
  await w.registrar.post(`/holds/${hold.data.id}/release`)
  await execute("update user set role = 'faculty', version = version + 1 where id = ?", people.promoted.id)
  await execute('update user set is_active = 0 where id = ?', people.dismissed.id)
  const { access_token } = (await people.forgetful.signIn()).data
  const changed = { current_password: password, new_password: 'Another-Horse-10!' }
  expect((await caller(access_token).post('/auth/change-password', changed)).status).toBe(204)
  await execute('update user set student_id = null where id = ?', people.unlinked.userId)
  const me = caller((await people.protectedLater.signIn()).data.access_token)
  const { secret } = (await me.post('/auth/mfa/setup')).data
  expect((await me.post('/auth/mfa/verify', { code: await codeIn(secret, -1) })).status).toBe(200)
  await execute('delete from totp where user_id = ?', people.unprotected.id)
  await timePasses(people.recovered.id)
  expect((await people.recovered.finish(people.recovered.recovery[0]!)).status).toBe(200)
  await caller(sessions.ended.access_token).post('/auth/logout')
  await execute("update invitation set accepted_at = '2026-11-20T00:00:00.000Z' where id = ?", invitations.used)
  for (const [table, id] of erasedRows()) await execute(`update ${table} set audit_salt = null where id = ?`, id)
  expect((await w.registrar.post(`/applications/${known.candidate}/reject`)).status).toBe(200)
  expect((await decide(admin, known.change.change, false)).status).toBe(200)
  expect((await w.registrar.patch(`/students/${known.dismissed}`, { status: 'withdrawn' })).status).toBe(200)
  expect((await w.registrar.delete(`/students/${known.removed}`)).status).toBe(204)
  await execute('delete from invitation where id = ?', invitations.void)
  // As if an earlier restore had lost the account, and somebody else had got its number.
  await execute(
    "update user set full_name = 'Another', created_at = '2027-01-01T00:00:00.000Z' where id = ?",
    people.renumbered.id,
  )
  const another = (await people.renumbered.signIn()).data
  const newcomer = await newAccount()
  const lost = { ...newcomer, tokens: (await newcomer.signIn()).data }
  const graduate = await w.studentPersona()
  const ofLost = (await signIn(graduate.email)).data
  await execute('update user set student_id = ? where id = ?', (await w.student()).id, people.linked.userId)
  const ofLinked = (await signIn(people.linked.email)).data
  return { issued, newLetter, secret, another, lost, ofLost, ofLinked, invitation: await newInvitation(invitee()) }
}

beforeAll(async () => {
  w = await world()
  admin = await w.admin()
  Object.assign(known, await before())
  await backUp('earlier')
  Object.assign(since, await after())
  const run = await restore('earlier')
  expect([run.error_code, await shownErrors(admin, 'earlier')]).toEqual([null, [null, null]])
  shown = (await admin.get('/backups/earlier')).data.runs[0]!
}, 120_000)

test('a restore brings back what was taught and learned', async () => {
  expect((await w.registrar.get(`/students/${known.student}`)).data.last_name).toBe('Before')
})

describe('a restore revives no document', () => {
  test('that was revoked since', async () => {
    expect(await verify(await tokenOf(known.transcript))).toBe('revoked')
    expect((await w.anonymous.get(`/documents/verify/${known.letter.token}`)).data.reason).toBe('revoked')
  })

  test('and forgets none that was handed out since', async () => {
    expect(await verify(await tokenOf(since.issued))).toBe('valid')
    expect((await w.anonymous.get(`/documents/verify/${since.newLetter.token}`)).data.reason).toBe('valid')
    expect((await w.registrar.get(`/requests/${since.newLetter.request}`)).data.status).toBe('approved')
  })

  test('and no request, hold or override that was settled since', async () => {
    expect((await w.registrar.get(`/requests/${known.waiting}`)).data).toMatchObject({
      status: 'rejected',
      notes: 'No.',
    })
    const hold = await rowOf<Row>('select * from hold where id = ?', known.hold.data.id)
    const override = await rowOf<Row>('select * from enrollment_override where id = ?', known.override.data.id)
    expect([hold['released_by'], override['revoked_by']]).toEqual([w.registrar.userId, w.registrar.userId])
    expect([hold['released_at'], override['revoked_at']]).not.toContain(null)
    expect(refusal(await w.registrar.post(`/holds/${known.hold.data.id}/release`))).toEqual([
      409,
      'HOLD_ALREADY_RELEASED',
    ])
  })
})

test('a restore brings no decision back', async () => {
  expect((await w.registrar.get(`/applications/${known.candidate}`)).data.status).toBe('rejected')
  const change = await rowOf<Row>('select * from result_change where id = ?', known.change.change)
  expect(change).toMatchObject({ status: 'rejected', resolved_by: admin.userId })
  expect((await w.registrar.get(`/students/${known.dismissed}`)).data).toMatchObject({
    status: 'withdrawn',
    version: 2,
  })
  expect((await w.registrar.get(`/students/${known.removed}`)).status).toBe(404)
})

test('a restore goes on with no import that was under way when the backup was made', async () => {
  const { data } = await w.registrar.get(`/imports/${known.entering}`)
  expect(data).toMatchObject({ state: 'failed', error_code: 'IMPORT_RESTORED', finished_at: expect.any(String) })
})

describe('a restore gives nobody back', () => {
  test('the role, the activity, the password or the record of before', async () => {
    const { promoted, dismissed, forgetful, unlinked } = known.people
    expect(await userRow(promoted.id)).toMatchObject({ role: 'faculty', version: 2 })
    expect((await signIn(dismissed.email)).status).toBe(401)
    expect((await signIn(forgetful.email)).status).toBe(401)
    expect((await signIn(forgetful.email, 'Another-Horse-10!')).status).toBe(200)
    expect((await userRow(unlinked.userId))['student_id']).toBeNull()
  })

  test('a second factor that was taken away, a recovery code that was used, or a sign-in without the one set up since', async () => {
    const { protectedLater, unprotected, recovered } = known.people
    expect((await signIn(unprotected.email)).data.access_token).toEqual(expect.any(String))
    expect(await countRows(`recovery_code where user_id = ${unprotected.id}`)).toBe(0)
    expect((await recovered.finish(recovered.recovery[0]!)).status).toBe(401)
    expect((await recovered.finish(recovered.recovery[1]!)).status).toBe(200)
    const { mfa_token } = (await signIn(protectedLater.email)).data
    const code = await codeIn(since.secret)
    expect((await caller(null).post('/auth/mfa/login', { mfa_token: mfa_token!, code })).status).toBe(200)
  })

  test('a session that has ended, while others go on', async () => {
    const { ended, stays } = known.sessions
    expect((await refresh(ended.refresh_token!)).status).toBe(401)
    expect((await caller(stays.access_token).get('/auth/me')).status).toBe(200)
    expect((await refresh(stays.refresh_token!)).status).toBe(200)
  })

  test('a session of an account whose record the backup lacks', async () => {
    expect((await userRow(known.people.linked.userId))['student_id']).toBeNull()
    expect((await caller(since.ofLinked.access_token).get('/programs')).status).toBe(401)
    expect((await refresh(since.ofLinked.refresh_token!)).status).toBe(401)
  })

  test('an invitation that was used or withdrawn, and takes none away', async () => {
    const { used, void: gone } = known.invitations
    expect((await rowOf<Row>('select * from invitation where id = ?', used))['accepted_at']).toMatch(/^2026-11-20/)
    expect(await countRows(`invitation where id = ${gone}`)).toBe(0)
    expect(await countRows(`invitation where id = ${since.invitation}`)).toBe(1)
    expect(await countRows('password_reset')).toBe(0)
  })

  test('the account of somebody else who had got its number', async () => {
    const { id } = known.people.renumbered
    expect((await userRow(id))['full_name']).toBe('Άννα')
    expect((await caller(since.another.access_token).get('/programs')).status).toBe(401)
    expect((await refresh(since.another.refresh_token!)).status).toBe(401)
  })

  test('an account that the backup lacks, whose tokens are dead at once', async () => {
    for (const { access_token, refresh_token } of [since.lost.tokens, since.ofLost]) {
      // Nothing but the token speaks for the caller here.
      expect((await caller(access_token).get('/programs')).status).toBe(401)
      expect((await refresh(refresh_token!)).status).toBe(401)
    }
    expect((await signIn(since.lost.email)).status).toBe(401)
  })
})

test('a restore makes nobody legible who was erased from the audit log', async () => {
  const { data } = await admin.get(`/audit/logs?entity_type=student&entity_id=${known.erased}`)
  const entry = await admin.get(`/audit/logs/${data.items[0]!.id}`)
  const shown = JSON.stringify(entry.data)
  expect(shown).toContain('[erased]')
  expect(shown).not.toContain('Forgotten')
  expect((await w.registrar.get(`/students/${known.erased}`)).data.last_name).toBe('Forgotten')
  for (const [table, id] of erasedRows())
    expect([table, await countRows(`${table} where id = ${id} and audit_salt is null`)]).toEqual([table, 1])
})

test('the restore says what it left as it was', () => {
  const kept = Object.fromEntries(shown.kept!.map(({ table, rows }) => [table, rows]))
  expect(kept).toMatchObject({ transcript_issue: 2, letter: 2, hold: 1, enrollment_override: 1, service_request: 2 })
  expect(kept).toMatchObject({ totp: 3, recovery_code: expect.any(Number), invitation: 3 })
  expect(kept['user']).toBeGreaterThanOrEqual(4)
  expect(kept['audit_log']).toBeGreaterThan(10)
  expect(kept).toMatchObject({ student: 3, application: 2, result_change: 1, import_job: 1 })
})
