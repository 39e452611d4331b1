import { afterEach, beforeAll, describe, expect, test, vi } from 'vitest'
import { studentsNamed } from '../../grading/named.ts'
import { refusal, badFields } from '../../call.ts'
import { newId } from '#/platform/context.ts'
import { auditRows, countRows, type World, world } from '../../world.ts'
import { execute, taken } from '../../grading/graded-section.ts'
import { type IssueRow, issueOf, tokenOf } from './issued.ts'

let w: World
beforeAll(async () => {
  w = await world()
})
afterEach(() => {
  vi.useRealTimers()
})

/** Somebody with a result and a transcript that was just issued. */
async function issued(fields: object = {}): Promise<IssueRow> {
  const student = await w.student(fields)
  await taken(w, student.id, 85.5, {})
  await w.registrar.get(`/transcripts/${student.id}`)
  return issueOf(student.id)
}

const verify = async (token: string) => (await w.anonymous.get(`/transcripts/verify/${token}`)).data

const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_'
/** A character of base64url with its highest bit flipped. */
const flipped = (character: string) => alphabet[alphabet.indexOf(character) ^ 32]!

const nothingKnown = {
  valid: false,
  institution: { en: 'Lyceum University', el: 'Πανεπιστήμιο Λύκειον' },
  holder: null,
  issued_at: null,
  expires_at: null,
  digest: null,
}

describe('verifying a transcript', () => {
  test('needs no account and says what the paper shows', async () => {
    const issue = await issued({ student_number: '2022-00418', first_name: 'Ευαγγελία', last_name: 'Ρήγα' })
    const answer = await w.anonymous.get(`/transcripts/verify/${await tokenOf(issue)}`)
    expect(answer.status).toBe(200)
    expect(answer.headers.get('content-type')).toBe('application/json; charset=utf-8')
    expect(answer.headers.get('cache-control')).toBe('no-store')
    expect(answer.data).toEqual({
      valid: true,
      reason: 'valid',
      institution: { en: 'Lyceum University', el: 'Πανεπιστήμιο Λύκειον' },
      holder: { initials: 'Ε. Ρ.', student_number: '**********' },
      issued_at: issue.issued_at,
      expires_at: issue.expires_at,
      digest: issue.digest,
    })
  })

  test('writes nothing', async () => {
    const token = await tokenOf(await issued())
    const before = await countRows('audit_log')
    await verify(token)
    expect(await countRows('audit_log')).toBe(before)
  })

  test('is expired after two days, and not a second before', async () => {
    const issue = await issued()
    const token = await tokenOf(issue)
    vi.useFakeTimers({ toFake: ['Date'] })
    vi.setSystemTime(Date.parse(issue.expires_at) - 1)
    expect((await verify(token)).reason).toBe('valid')
    vi.setSystemTime(Date.parse(issue.expires_at))
    expect(await verify(token)).toMatchObject({ valid: false, reason: 'expired', digest: issue.digest })
    vi.setSystemTime(Date.parse(issue.issued_at) + 3 * 86_400_000)
    expect(await verify(token)).toMatchObject({ valid: false, reason: 'expired', holder: { initials: 'Ε. Π.' } })
  })

  test('a token that was signed for a shorter time is expired when it says so', async () => {
    const token = await tokenOf(await issued(), { expires_at: new Date(Date.now() - 1000).toISOString() })
    expect(await verify(token)).toMatchObject({ valid: false, reason: 'expired' })
  })

  test('a token with any character changed is tampered and gives nothing away', async () => {
    const token = await tokenOf(await issued())
    const changed = Array.from(token, (one, place) => token.slice(0, place) + flipped(one) + token.slice(place + 1))
    expect(changed).toHaveLength(91)
    const answers = await Promise.all(changed.map(verify))
    expect(answers.filter(({ reason }) => reason !== 'tampered')).toEqual([])
    expect(answers[0]).toEqual({ ...nothingKnown, reason: 'tampered' })
  })

  test.each(['x', 'A'.repeat(91), '..%2F..%2Fsecrets', '%00', 'διπλωμα'])('%s is tampered', async (text) => {
    expect(await verify(text)).toEqual({ ...nothingKnown, reason: 'tampered' })
  })

  test('a token longer than any of ours answers 422', async () => {
    const answer = await w.anonymous.get(`/transcripts/verify/${'A'.repeat(201)}`)
    expect([...refusal(answer), badFields(answer)]).toEqual([422, 'VALIDATION_ERROR', ['path.token']])
  })

  test('an issue that is not on record is unknown', async () => {
    const token = await tokenOf(await issued(), { id: newId() })
    expect(await verify(token)).toEqual({ ...nothingKnown, reason: 'unknown' })
  })

  test('the digest of another issue is tampered', async () => {
    const [one, other] = [await issued(), await issued()]
    expect(one.digest).not.toBe(other.digest)
    expect(await verify(await tokenOf(one, { digest: other.digest }))).toMatchObject({
      valid: false,
      reason: 'tampered',
    })
    expect(await verify(await tokenOf(one, { id: other.id }))).toMatchObject({ valid: false, reason: 'tampered' })
  })

  test('one that is superseded says so', async () => {
    const issue = await issued()
    await execute('update transcript_issue set superseded_at = ? where id = ?', new Date().toISOString(), issue.id)
    expect(await verify(await tokenOf(issue))).toMatchObject({ valid: false, reason: 'superseded' })
  })

  test('stays valid when the holder is deleted, and then names nobody', async () => {
    const student = await w.student()
    await w.registrar.get(`/transcripts/${student.id}`)
    await w.registrar.delete(`/students/${student.id}`)
    const token = await tokenOf(await issueOf(student.id))
    expect(await verify(token)).toMatchObject({ valid: true, reason: 'valid', holder: null })
  })
})

describe('revoking a transcript', () => {
  test('makes its token worthless and leaves one audit row', async () => {
    const issue = await issued()
    const answer = await w.registrar.post(`/transcripts/${issue.id}/revoke`)
    expect(answer.status).toBe(200)
    expect(answer.data).toEqual({
      id: issue.id,
      ...(await studentsNamed(w, [issue.student_id]))[0],
      language: 'en',
      digest: issue.digest,
      issued_at: issue.issued_at,
      expires_at: issue.expires_at,
      revoked_at: expect.any(String),
      superseded_at: null,
    })
    expect(await verify(await tokenOf(issue))).toMatchObject({ valid: false, reason: 'revoked' })
    const [audit, ...others] = await auditRows('transcript', issue.id)
    expect(others.map(({ action }) => action)).toEqual(['transcript.issue'])
    expect(audit).toMatchObject({ action: 'transcript.revoke', actor_id: w.registrar.userId })
  })

  test('is not undone by its expiry', async () => {
    const issue = await issued()
    await w.registrar.post(`/transcripts/${issue.id}/revoke`)
    vi.useFakeTimers({ toFake: ['Date'], now: Date.parse(issue.expires_at) + 86_400_000 })
    expect((await verify(await tokenOf(issue))).reason).toBe('revoked')
  })

  test('twice answers 409, an unknown one 404, and it is for the registry', async () => {
    const issue = await issued()
    const path = `/transcripts/${issue.id}/revoke`
    for (const caller of [await w.teacher(), await w.studentPersona()])
      expect(refusal(await caller.post(path))).toEqual([403, 'HTTP_403'])
    expect(refusal(await w.anonymous.post(path))).toEqual([401, 'HTTP_401'])
    expect((await w.registrar.post(path)).status).toBe(200)
    expect(refusal(await w.registrar.post(path))).toEqual([409, 'TRANSCRIPT_ALREADY_REVOKED'])
    expect(refusal(await w.registrar.post(`/transcripts/${newId()}/revoke`))).toEqual([
      404,
      'TRANSCRIPT_ISSUE_NOT_FOUND',
    ])
  })
})
