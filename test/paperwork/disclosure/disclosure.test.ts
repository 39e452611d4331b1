import { afterEach, beforeAll, describe, expect, test, vi } from 'vitest'
import { newId } from '#/platform/context.ts'
import { refusal, badFields } from '../../call.ts'
import { auditRows, countRows, type World, world } from '../../world.ts'
import { execute, taken } from '../../grading/graded-section.ts'
import { json, serveWith } from '../../platform/http/serve.ts'
import { type IssueRow, issueOf, recordOf, tokenOf } from '../transcript/issued.ts'
import { birth, holder, letter, page, transcript } from './shown.ts'

let w: World
beforeAll(async () => {
  w = await world()
})
afterEach(() => {
  vi.useRealTimers()
  vi.restoreAllMocks()
})

const ask = (path: string, claim: object, headers: Record<string, string> = {}) =>
  w.anonymous.post(path, claim, headers)

describe.each([
  ['a transcript', transcript],
  ['a letter', letter],
] as const)('what %s certifies', (_, make) => {
  test('is shown to whoever has the code and knows the number or the date of birth, and rests nowhere', async () => {
    const { path, student_number } = await make(w)
    for (const claim of [{ student_number }, { date_of_birth: birth }]) {
      const answer = await ask(path, claim)
      expect([answer.status, answer.headers.get('cache-control')]).toEqual([200, 'no-store'])
      const text = await answer.response.text()
      for (const kept of [birth, student_number, 'Γεώργιος']) expect(text).not.toContain(kept)
      expect(text).toContain('Eleni Pappa')
    }
  })

  test('is a page for people', async () => {
    const { path, student_number } = await make(w)
    const answer = await ask(path, { student_number }, page)
    const html = await answer.response.text()
    expect([answer.status, answer.headers.get('content-type')]).toEqual([200, 'text/html; charset=utf-8'])
    expect(answer.headers.get('cache-control')).toBe('no-store')
    expect(html).toContain('<html lang="el">')
    expect(html).toContain('<section data-part>')
    for (const kept of [birth, student_number, 'Γεώργιος']) expect(html).not.toContain(kept)
  })

  test('leaves one row on record, whether it is shown or refused, without what was typed', async () => {
    const { path, student_number, entity, issue } = await make(w)
    await ask(path, { student_number })
    await ask(path, { student_number: 'guessed-one' })
    const rows = await auditRows(entity, issue.id)
    const action = entity === 'letter' ? 'document.disclose' : 'transcript.disclose'
    const shown = rows.filter((row) => row.action === action) as unknown as {
      success: number
      status: number
      path: string
    }[]
    expect(shown.map(({ success, status }) => [success, status])).toEqual([
      [0, 403],
      [1, 200],
    ])
    expect(JSON.stringify(rows)).not.toContain('guessed-one')
    // The code in the address opens something, and stays out as well.
    for (const row of shown) expect(row.path).toMatch(/\/verify\/\{token\}\/record$/)
  })

  test('is refused alike whatever is wrong: number, date, code, or that nobody has such a document', async () => {
    const { path, issue, student_number } = await make(w)
    const collection = path.split('/')[1]!
    const unknown = `/${collection}/verify/${await tokenOf(issue, { id: newId() })}/record`
    const forged = `/${collection}/verify/${'A'.repeat(91)}/record`
    const answers = [
      await ask(path, { student_number: `${student_number}0` }),
      await ask(path, { date_of_birth: '2004-03-10' }),
      await ask(unknown, { student_number }),
      await ask(forged, { student_number }),
    ]
    for (const { status, error, headers } of answers) {
      const row = "success = 0 and status = 403 and summary = 'holder not confirmed'"
      expect(await countRows(`audit_log where ${row} and request_id = '${headers.get('x-request-id')}'`)).toBe(1)
      expect([status, error?.code]).toEqual([403, 'HOLDER_NOT_CONFIRMED'])
      expect([error?.message, error?.details]).toEqual([answers[0]!.error?.message, null])
    }
  })

  test('takes five tries an hour by code, right or wrong, from anywhere, and five of another', async () => {
    const [one, other] = [await make(w), await make(w)]
    const from = (ip: number) => ({ 'cf-connecting-ip': `198.51.100.${ip}` })
    vi.useFakeTimers({ toFake: ['Date'], now: Date.now() })
    const tries = []
    for (let n = 0; n < 6; n += 1) {
      const claim = n % 2 ? { student_number: one.student_number } : { student_number: `wrong-${n}` }
      tries.push((await ask(one.path, claim, from(n))).status)
    }
    expect(tries).toEqual([403, 200, 403, 200, 403, 429])
    const right = { student_number: one.student_number }
    const limited = await ask(one.path, right, from(9))
    expect([...refusal(limited), limited.headers.get('retry-after')]).toEqual([429, 'RATE_LIMITED', '3600'])
    expect((await ask(other.path, { student_number: other.student_number })).status).toBe(200)
    vi.setSystemTime(Date.now() + 3_600_000)
    expect((await ask(one.path, right)).status).toBe(200)
  })

  test('is shown no more once the document is revoked or has expired', async () => {
    const { path, issue, student_number } = await make(w)
    vi.useFakeTimers({ toFake: ['Date'], now: Date.parse(issue.expires_at) })
    expect(refusal(await ask(path, { student_number }))).toEqual([409, 'DOCUMENT_NOT_CURRENT'])
    vi.useRealTimers()
    expect((await ask(path, { student_number })).status).toBe(200)
    const collection = path.split('/')[1]!
    await w.registrar.post(`/${collection}/${issue.id}/revoke`)
    expect(refusal(await ask(path, { student_number }))).toEqual([409, 'DOCUMENT_NOT_CURRENT'])
  })

  test('takes one of the two, in a body and nowhere else', async () => {
    const { path, student_number } = await make(w)
    for (const body of [{}, { student_number, date_of_birth: birth }])
      expect(refusal(await ask(path, body))).toEqual([422, 'VALIDATION_ERROR'])
    expect(badFields(await ask(`${path}?student_number=${student_number}`, { student_number }))).toEqual([
      'query.student_number',
    ])
    expect(badFields(await ask(path, { name: 'Eleni' }))).toContain('body.name')
  })

  test('asks nobody in vain when tries cannot be counted: 503', async () => {
    const { path, student_number } = await make(w)
    const GATE = { getByName: () => ({ ask: () => Promise.reject(new Error('gone')) }) }
    const answer = await serveWith(
      { GATE } as unknown as Parameters<typeof serveWith>[0],
      `/api/v1${path}`,
      json('POST', { student_number }),
    )
    expect(answer.status).toBe(503)
  })
})

describe('the number', () => {
  test.each([' AB-77/x ', 'ab-77/X', 'AB - 77 / X', 'ΑΒ-77/Χ'])(
    'typed as "%s" is that of AB-77/X',
    async (student_number) => {
      const { path, student } = await transcript(w, { student_number: 'AB-77/X' })
      expect((await ask(path, { student_number })).status).toBe(200)
      await w.registrar.patch(`/students/${student}`, { student_number: `done-${student}` })
    },
  )
})

describe('the record of a transcript', () => {
  test('is what its digest is of, as it was when it was issued', async () => {
    const { path, issue, student, student_number } = await transcript(w)
    const then = await recordOf(student)
    await w.registrar.patch(`/students/${student}`, { student_number: `${student_number}-new`, last_name: 'Νέα' })
    await taken(w, student, 70, {})
    const { data } = await ask(path, { student_number })
    const { student: holder, ...official } = then
    const { name, latin_name } = holder
    const { issued_at, digest } = issue
    const told = { ...official, student: { name, latin_name }, issued_at, digest }
    expect(data).toEqual(told)
    expect(data).toMatchObject({ terms: [{ courses: [{ title: { en: 'Operating Systems' }, percentage: '85.50' }] }] })
  })

  test('stands on the page: courses, grades, totals', async () => {
    const { path, student_number } = await transcript(w)
    const html = await (await ask(path, { student_number }, { ...page, 'accept-language': 'en' })).response.text()
    for (const part of ['<td>Operating Systems</td>', '<td>85.50</td>', '<td>A</td>', 'Cumulative record'])
      expect(html).toContain(part)
  })

  test('rests once for all transcripts that certify the same', async () => {
    const { student } = await transcript(w)
    await w.registrar.get(`/transcripts/${student}?language=el`)
    await w.registrar.post(`/students/${student}/transcripts`)
    expect(await countRows(`transcript_issue where student_id = ${student}`)).toBe(3)
    expect(await countRows(`transcript_record where student_id = ${student}`)).toBe(1)
    await taken(w, student, 70, {})
    await w.registrar.get(`/transcripts/${student}`)
    expect(await countRows(`transcript_record where student_id = ${student}`)).toBe(2)
  })

  test('is not shown once a grade was corrected, nor when the holder is gone', async () => {
    const { path, issue, student_number } = await transcript(w)
    await execute('update transcript_issue set superseded_at = ? where id = ?', new Date().toISOString(), issue.id)
    expect(refusal(await ask(path, { student_number }))).toEqual([409, 'DOCUMENT_NOT_CURRENT'])
    const bare = await w.student()
    await w.registrar.get(`/transcripts/${bare.id}`)
    await w.registrar.delete(`/students/${bare.id}`)
    const gone = `/transcripts/verify/${await tokenOf(await issueOf(bare.id))}/record`
    const claim = { student_number: bare['student_number'] }
    expect(refusal(await ask(gone, claim))).toEqual([403, 'HOLDER_NOT_CONFIRMED'])
  })

  test('of a transcript from before records were kept is said not to be there', async () => {
    const { student, student_number } = await holder(w)
    const issue = {
      id: newId(),
      expires_at: '2099-01-01T00:00:00.000Z',
      digest: 'ab'.repeat(32),
      issued_at: new Date().toISOString(),
    }
    await execute(
      "insert into transcript_issue (id, student_id, language, digest, file_sha256, issued_at, expires_at) values (?, ?, 'en', ?, '', ?, ?)",
      issue.id,
      student,
      issue.digest,
      issue.issued_at,
      issue.expires_at,
    )
    const path = `/transcripts/verify/${await tokenOf(issue as IssueRow)}/record`
    expect(refusal(await ask(path, { student_number }))).toEqual([404, 'TRANSCRIPT_RECORD_NOT_KEPT'])
  })

  test('never changes or goes away, whoever writes', async () => {
    const { issue } = await transcript(w)
    for (const sql of [
      "update transcript_record set record = '{}' where digest = ?",
      'delete from transcript_record where digest = ?',
    ])
      await expect(execute(sql, issue.digest)).rejects.toThrow('transcript_record_is_kept')
  })
})
