import { afterEach, beforeAll, describe, expect, test, vi } from 'vitest'
import { refusal } from '../../call.ts'
import { countRows, type World, world } from '../../world.ts'
import { decide, pendingOn } from '../../grading/result-change/official.ts'
import { chunked, serve } from '../../platform/http/serve.ts'
import { bytesOf, issueOf } from './issued.ts'

let w: World
beforeAll(async () => {
  w = await world()
})
afterEach(() => {
  vi.useRealTimers()
})

const pdf = { 'content-type': 'application/pdf' }
const verify = async (file: Uint8Array) => (await w.anonymous.post('/transcripts/verify', file, pdf)).data

/** A transcript of somebody with a result that a pending change may correct. */
async function issued() {
  const { student, change } = await pendingOn(w, 'published')
  const file = await bytesOf(await w.registrar.get(`/transcripts/${student}`))
  return { file, student, change, issue: await issueOf(student) }
}

const nothingKnown = {
  valid: false,
  reason: 'unknown',
  institution: { en: 'Lyceum University', el: 'Πανεπιστήμιο Λύκειον' },
  holder: null,
  issued_at: null,
  expires_at: null,
  digest: null,
}

describe('the file of a transcript', () => {
  test('that was issued is valid, for anybody, and writes nothing', async () => {
    const { file, issue } = await issued()
    const before = await countRows('audit_log')
    const answer = await w.anonymous.post('/transcripts/verify', file, pdf)
    const { issued_at, expires_at, digest } = issue
    expect(answer.status).toBe(200)
    expect(answer.data).toEqual({
      ...nothingKnown,
      valid: true,
      reason: 'valid',
      holder: { initials: 'Ε. Π.', student_number: expect.stringMatching(/^\*+$/) },
      issued_at,
      expires_at,
      digest,
    })
    expect(await countRows('audit_log')).toBe(before)
  })

  test('with one byte changed, added or lost is unknown', async () => {
    const { file } = await issued()
    for (const place of [0, Math.floor(file.length / 2), file.length - 1]) {
      const changed = file.slice()
      changed[place]! ^= 1
      expect(await verify(changed)).toEqual(nothingKnown)
    }
    expect(await verify(new Uint8Array([...file, 10]))).toEqual(nothingKnown)
    expect(await verify(file.slice(0, -1))).toEqual(nothingKnown)
    expect(await verify(new Uint8Array([1]))).toEqual(nothingKnown)
  })

  test('that was revoked says so', async () => {
    const { file, issue } = await issued()
    await w.registrar.post(`/transcripts/${issue.id}/revoke`)
    expect(await verify(file)).toMatchObject({ valid: false, reason: 'revoked', digest: issue.digest })
  })

  test('whose figures were corrected since is superseded; the new one is valid', async () => {
    const { file, student, change } = await issued()
    await decide(w.registrar, change)
    expect((await verify(file)).reason).toBe('superseded')
    expect((await verify(await bytesOf(await w.registrar.get(`/transcripts/${student}`)))).reason).toBe('valid')
  })

  test('expires when its token does', async () => {
    const { file, issue } = await issued()
    vi.useFakeTimers({ toFake: ['Date'] })
    vi.setSystemTime(Date.parse(issue.expires_at) - 1)
    expect((await verify(file)).reason).toBe('valid')
    vi.setSystemTime(Date.parse(issue.expires_at))
    expect(await verify(file)).toMatchObject({ valid: false, reason: 'expired' })
  })
})

describe('a body', () => {
  test('that is no PDF by its type is refused', async () => {
    expect(refusal(await w.anonymous.post('/transcripts/verify', { file: 'x' }))).toEqual([415, 'HTTP_415'])
    expect(refusal(await w.anonymous.post('/transcripts/verify'))).toEqual([415, 'HTTP_415'])
  })

  test('of five megabytes is read, one byte more is refused, with or without its length', async () => {
    const largest = new Uint8Array(5 * 1024 * 1024)
    expect(await verify(largest)).toEqual(nothingKnown)
    const larger = new Uint8Array(largest.length + 1)
    expect(refusal(await w.anonymous.post('/transcripts/verify', larger, pdf))).toEqual([413, 'HTTP_413'])
    const streamed = await serve('/api/v1/transcripts/verify', { method: 'POST', headers: pdf, body: chunked(larger) })
    expect(streamed.status).toBe(413)
  })
})

test('counts as a look at the verification page', async () => {
  const answer = await w.anonymous.post('/transcripts/verify', new Uint8Array([1]), pdf)
  expect(answer.headers.get('ratelimit-policy')).toContain('verify')
})
