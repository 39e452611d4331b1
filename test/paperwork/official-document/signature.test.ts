import { createExecutionContext, waitOnExecutionContext } from 'cloudflare:test'
import { afterEach, beforeAll, describe, expect, test, vi } from 'vitest'
import { newId } from '#/platform/context.ts'
import { type Env, MisconfiguredError, settingsOf } from '#/platform/env.ts'
import type { SealKey } from '#/platform/settings/seal-keys.ts'
import worker from '#/worker.ts'
import { renderTranscript } from '#/paperwork/transcript-paper/index.ts'
import { institutionSeal } from '#/paperwork/official-document/index.ts'
import { systemContext, testEnv, type World, world } from '../../world.ts'
import { execute, rowOf, taken } from '../../grading/graded-section.ts'
import { serveWith } from '../../platform/http/serve.ts'
import { filed } from '../request/filed.ts'
import { bytesOf, digestOf, type IssueRow, issueOf, recordOf, sha256, tokenOf } from '../transcript/issued.ts'
import keys from '../../seal-keys.json?raw'

let w: World
beforeAll(async () => {
  w = await world()
})
afterEach(() => {
  vi.restoreAllMocks()
})

const [first, second] = JSON.parse(keys) as [SealKey, SealKey]
type Kid = { seal_kid: string | null }

async function graduate(): Promise<number> {
  const { id } = await w.student()
  await taken(w, id, 85.5, {})
  return id
}

async function letterOf(student: number) {
  const request = await filed(w.registrar, student, { type: 'noc', status: 'approved', language: 'en' })
  const row = await rowOf<IssueRow & Kid>('select * from letter where request_id = ?', request)
  return { ...row, path: `/requests/${request}/document` as const }
}

/** One request to a deployment with these keys; its file. */
async function fileWith(keys: readonly object[], path: string) {
  const headers = { authorization: `Bearer ${w.registrar.token}` }
  const answer = await serveWith({ SEAL_KEYS: JSON.stringify(keys) }, `/api/v1${path}`, { headers })
  return { name: answer.headers.get('x-transcript-issue'), bytes: new Uint8Array(await answer.arrayBuffer()) }
}

const latin = (bytes: Uint8Array) => new TextDecoder('latin1').decode(bytes)
/** Where the signature says that it signs. */
const rangeOf = (bytes: Uint8Array) =>
  /\/ByteRange \[\s*(\d+)\s+(\d+)\s+(\d+)\s+(\d+)/.exec(latin(bytes))!.slice(1).map(Number) as [
    number,
    number,
    number,
    number,
  ]

describe('the file of a document', () => {
  test('is signed as PAdES from its first byte to its last, at the moment of issue', async () => {
    const student = await graduate()
    const transcript = await bytesOf(await w.registrar.get(`/transcripts/${student}`))
    const { path, file_sha256 } = await letterOf(student)
    const letter = await bytesOf(await w.registrar.get(path))
    for (const bytes of [transcript, letter]) {
      const [start, before, after, rest] = rangeOf(bytes)
      expect([start, after + rest]).toEqual([0, bytes.length])
      expect(latin(bytes.slice(before, before + 1)) + latin(bytes.slice(after - 1, after))).toBe('<>')
      expect(latin(bytes)).toContain('/SubFilter /ETSI.CAdES.detached')
    }
    const issue = await issueOf(student)
    expect([await sha256(transcript), await sha256(letter)]).toEqual([issue.file_sha256, file_sha256])
    const moment = issue.issued_at.replaceAll(/[-:T]|\..*/g, '')
    expect(latin(transcript)).toContain(`/M (D:${moment}`)
  })

  test('is the same to the byte after the keys were rotated, while the old one is in the ring', async () => {
    const student = await graduate()
    const issued = await w.registrar.get(`/transcripts/${student}`)
    const { path, seal_kid } = await letterOf(student)
    const letter = await bytesOf(await w.registrar.get(path))
    expect(seal_kid).toBe(first.kid)
    const rotated = [second, first]
    const again = await fileWith(rotated, `/transcripts/${student}`)
    expect([again.name, again.bytes]).toEqual([issued.headers.get('x-transcript-issue'), await bytesOf(issued)])
    expect((await fileWith(rotated, path)).bytes).toEqual(letter)
  })

  test('is signed by the first key of the ring when it is new, or when its own key is gone', async () => {
    const student = await graduate()
    const issued = await w.registrar.get(`/transcripts/${student}`)
    const { path } = await letterOf(student)
    const { name } = await fileWith([second], `/transcripts/${student}`)
    expect(name).not.toBe(issued.headers.get('x-transcript-issue'))
    expect(await rowOf<Kid>('select seal_kid from transcript_issue where id = ?', name!)).toEqual({
      seal_kid: second.kid,
    })
    const letter = await fileWith([second], path)
    expect(latin(letter.bytes)).toContain('/ETSI.CAdES.detached')
    expect(letter.bytes).not.toEqual(await bytesOf(await w.registrar.get(path)))
  })

  test('from before files were signed stays as it was, and verifiable; a transcript is issued anew when it is asked for', async () => {
    const student = await graduate()
    const { id, path } = await letterOf(student)
    const older = await filed(w.registrar, student, { type: 'noc', language: 'en' })
    await execute(
      'insert into letter (id, request_id, facts, digest, issued_at, expires_at) select ?, ?, facts, digest, issued_at, expires_at from letter where id = ?',
      newId(),
      older,
      id,
    )
    const unsigned = await bytesOf(await w.registrar.get(`/requests/${older}/document`))
    expect(latin(unsigned)).not.toContain('/ByteRange')
    expect(latin(await bytesOf(await w.registrar.get(path)))).toContain('/ByteRange')

    const record = await recordOf(student)
    const issue = {
      id: newId(),
      language: 'en' as const,
      digest: await digestOf(record),
      issued_at: new Date().toISOString(),
      expires_at: '2099-01-01T00:00:00.000Z',
    }
    const file = await renderTranscript(
      record,
      await institutionSeal(systemContext(), { ...issue, seal_kid: null }, 'transcripts'),
    )
    await execute(
      "insert into transcript_issue (id, student_id, language, digest, file_sha256, issued_at, expires_at) values (?, ?, 'en', ?, ?, ?, ?)",
      issue.id,
      student,
      issue.digest,
      await sha256(file),
      issue.issued_at,
      issue.expires_at,
    )
    const pdf = { 'content-type': 'application/pdf' }
    expect((await w.anonymous.post('/transcripts/verify', file, pdf)).data.reason).toBe('valid')
    const token = await tokenOf(issue as unknown as IssueRow)
    expect((await w.anonymous.get(`/transcripts/verify/${token}`)).data.reason).toBe('valid')
    const now = await w.registrar.get(`/transcripts/${student}?language=en`)
    expect(now.headers.get('x-transcript-issue')).not.toBe(issue.id)
  })

  test('says on record which key signed it, for good', async () => {
    const student = await graduate()
    await w.registrar.get(`/transcripts/${student}`)
    const { id } = await issueOf(student)
    await expect(execute('update transcript_issue set seal_kid = null where id = ?', id)).rejects.toThrow(
      'transcript_issue_is_kept',
    )
    const { id: letter } = await letterOf(student)
    await expect(execute('update letter set seal_kid = null where id = ?', letter)).rejects.toThrow('letter_is_kept')
  })
})

test('a key is imported once, however many documents it signs', async () => {
  const importKey = vi.spyOn(crypto.subtle, 'importKey')
  const env = { ...testEnv }
  for (const student of [await graduate(), await graduate()]) {
    const execution = createExecutionContext()
    const headers = { authorization: `Bearer ${w.registrar.token}` }
    const request = new Request(`http://lyceum.test/api/v1/transcripts/${student}`, { headers })
    const answer = await worker.fetch(request as Parameters<typeof worker.fetch>[0], env, execution)
    expect(answer.status).toBe(200)
    await waitOnExecutionContext(execution)
  }
  expect(importKey.mock.calls.filter(([format]) => (format as string) === 'pkcs8')).toHaveLength(1)
})

describe('SEAL_KEYS', () => {
  const settingsWith = (vars: object) => settingsOf({ ...testEnv, ...vars } as Env)
  const text = JSON.stringify([first, second])

  test('is a ring, and may go on in further variables', () => {
    const pieces = { SEAL_KEYS: text.slice(0, 5000), SEAL_KEYS_2: text.slice(5000), SEAL_KEYS_3: '-' }
    for (const vars of [{ SEAL_KEYS: text }, pieces])
      expect(settingsWith(vars).SEAL_KEYS.map(({ kid }) => kid)).toEqual(['local-test', 'local-next'])
  })

  test.each([
    ['nothing', ''],
    ['no key', '[]'],
    ['no JSON', text.slice(0, 5000)],
    ['a key with the certificate of another', JSON.stringify([{ ...first, x5c: second.x5c }])],
    ['a key without a certificate', JSON.stringify([{ ...first, x5c: [] }])],
    ['a certificate without its key', JSON.stringify([{ ...first, key: first.x5c[0] }])],
  ])('that holds %s refuses to serve', async (_, SEAL_KEYS) => {
    expect(() => settingsWith({ SEAL_KEYS })).toThrow(MisconfiguredError)
    const answer = await serveWith({ SEAL_KEYS } as Partial<Env>, '/health/live')
    expect(answer.status).toBe(503)
    expect(await answer.text()).not.toContain(first.key.slice(0, 40))
  })

  test('that holds a key of 2048 bits refuses to serve', async () => {
    const algorithm = { name: 'RSASSA-PKCS1-v1_5', hash: 'SHA-256', publicExponent: new Uint8Array([1, 0, 1]) }
    const make = { ...algorithm, modulusLength: 2048 }
    const pair = (await crypto.subtle.generateKey(make, true, ['sign', 'verify'])) as CryptoKeyPair
    const exported = async (format: 'pkcs8' | 'spki', key: CryptoKey) =>
      new Uint8Array((await crypto.subtle.exportKey(format, key)) as ArrayBuffer).toBase64()
    // Nothing is asked of a certificate but that it holds the modulus of the key.
    const short = { key: await exported('pkcs8', pair.privateKey), x5c: [await exported('spki', pair.publicKey)] }
    expect(() => settingsWith({ SEAL_KEYS: JSON.stringify([{ ...first, ...short }]) })).toThrow(/not RSA-3072/)
  })

  test('made for development is refused elsewhere', () => {
    const vars = { ENVIRONMENT: 'production', SEAL_KEYS: text }
    expect(() => settingsWith(vars)).toThrow(/SEAL_KEYS holds a development key/)
  })
})
