import { afterEach, beforeAll, describe, expect, test, vi } from 'vitest'
import { studentsNamed } from '../../grading/named.ts'
import { refusal } from '../../call.ts'
import { auditRows, countRows, persona, type World, world } from '../../world.ts'
import { rowOf, taken } from '../../grading/graded-section.ts'
import { decide, pendingOn, request } from '../../grading/result-change/official.ts'
import { serveWith } from '../../platform/http/serve.ts'
import { bytesOf, type IssueRow, issueOf, sha256, tokenOf } from './issued.ts'
import { deliver, order, queuedJob } from '../transcript-job/jobs.ts'

let w: World
beforeAll(async () => {
  w = await world()
})
afterEach(() => {
  vi.useRealTimers()
  vi.restoreAllMocks()
})

const counts = async () => [await countRows('transcript_issue'), await countRows('audit_log')]
const nameOf = ({ headers }: { headers: Headers }) => headers.get('x-transcript-issue')
const get = (student: number, language = 'en', caller = w.registrar) =>
  caller.get(`/transcripts/${student}?language=${language}`)
const head = (student: number, query = '') =>
  serveWith({}, `/api/v1/transcripts/${student}${query}`, {
    method: 'HEAD',
    headers: { authorization: `Bearer ${w.registrar.token}` },
  })

async function graduate(): Promise<number> {
  const { id } = await w.student()
  await taken(w, id, 85.5, {})
  return id
}

describe('reading a transcript', () => {
  test('answers the one that was issued last, the same to the byte, and writes nothing', async () => {
    const student = await graduate()
    const first = await get(student)
    const { id, file_sha256 } = await issueOf(student)
    expect(nameOf(first)).toBe(id)
    const before = await counts()
    const again = await get(student)
    expect([again.status, nameOf(again)]).toEqual([200, id])
    expect(again.headers.get('content-disposition')).toBe(first.headers.get('content-disposition'))
    const bytes = await bytesOf(again)
    expect(bytes).toEqual(await bytesOf(first))
    expect(await sha256(bytes)).toBe(file_sha256)
    expect(await counts()).toEqual(before)
  })

  test('answers the one that a job rendered', async () => {
    const student = await graduate()
    const job = await queuedJob(student, w.registrar)
    await deliver([order(job)])
    const before = await counts()
    const [direct, queued] = [await get(student), await w.registrar.get(`/transcripts/jobs/${job}/file`)]
    expect(nameOf(direct)).toBe((await issueOf(student)).id)
    expect(nameOf(queued)).toBe(nameOf(direct))
    expect(await bytesOf(direct)).toEqual(await bytesOf(queued))
    expect(await counts()).toEqual(before)
  })

  test('issues one for each language', async () => {
    const student = await graduate()
    const names = [await get(student, 'en'), await get(student, 'el'), await get(student, 'en')].map(nameOf)
    expect(names[1]).not.toBe(names[0])
    expect(names[2]).toBe(names[0])
  })

  test('issues a new one once less than half of the life of the code is left, not a millisecond before', async () => {
    const student = await graduate()
    const wholeSecond = Math.floor(Date.now() / 1000) * 1000
    vi.useFakeTimers({ toFake: ['Date'], now: wholeSecond })
    const first = nameOf(await get(student))
    const halfway = wholeSecond + 24 * 3_600_000
    vi.setSystemTime(halfway)
    expect(nameOf(await get(student, 'en', await persona('registrar')))).toBe(first)
    vi.setSystemTime(halfway + 1)
    expect(nameOf(await get(student, 'en', await persona('registrar')))).not.toBe(first)
  })

  test('issues a new one when the record has changed; the old one stays genuine', async () => {
    const student = await graduate()
    const first = nameOf(await get(student))
    const old = await issueOf(student)
    await w.registrar.patch(`/students/${student}`, { last_name: 'Μετονομασμένη' })
    const second = nameOf(await get(student))
    expect(second).not.toBe(first)
    await taken(w, student, 70, {})
    const third = nameOf(await get(student))
    expect([first, second]).not.toContain(third)
    expect(nameOf(await get(student))).toBe(third)
    expect((await w.anonymous.get(`/transcripts/verify/${await tokenOf(old)}`)).data.reason).toBe('valid')
  })

  test('issues a new one when the last was revoked, even if an older one was not', async () => {
    const student = await graduate()
    const older = nameOf(await get(student))
    const { data } = await w.registrar.post(`/students/${student}/transcripts`, { language: 'en' })
    await w.registrar.post(`/transcripts/${data.id}/revoke`)
    const now = nameOf(await get(student))
    expect([older, data.id]).not.toContain(now)
  })

  test('issues a new one after a correction, and again after it was taken back: superseded stays superseded', async () => {
    const { section, student, id, change } = await pendingOn(w, 'published')
    const first = nameOf(await get(student))
    await decide(w.registrar, change)
    const second = nameOf(await get(student))
    const back = await request(section.teacher, id, { new_percentage: 80 })
    await decide(w.registrar, back.data.id)
    const third = nameOf(await get(student))
    expect(new Set([first, second, third]).size).toBe(3)
    const issues = (await w.registrar.get(`/students/${student}/transcripts`)).data.items
    expect(issues.map(({ id: one, superseded_at }) => [one, superseded_at !== null])).toEqual([
      [third, false],
      [second, true],
      [first, true],
    ])
    expect(issues[2]!.digest).toBe(issues[0]!.digest)
  })

  test('issues a new one when a correction was taken back meanwhile: the last one stays superseded', async () => {
    const { section, student, id, change } = await pendingOn(w, 'published')
    const first = nameOf(await get(student))
    await decide(w.registrar, change)
    await decide(w.registrar, (await request(section.teacher, id, { new_percentage: 80 })).data.id)
    expect(nameOf(await get(student))).not.toBe(first)
    const [second, superseded] = (await w.registrar.get(`/students/${student}/transcripts`)).data.items
    expect(second!.digest).toBe(superseded!.digest)
  })

  test('issues a new one when a setting would print another address', async () => {
    const student = await graduate()
    const first = nameOf(await get(student))
    const moved = await serveWith({ PUBLIC_URL: 'https://moved.example' }, `/api/v1/transcripts/${student}`, {
      headers: { authorization: `Bearer ${w.registrar.token}` },
    })
    expect([moved.status, nameOf(moved) === first]).toEqual([200, false])
  })

  test('twice at the same moment issues one', async () => {
    const student = await graduate()
    const sign = crypto.subtle.sign.bind(crypto.subtle)
    let between: string | null = null
    vi.spyOn(crypto.subtle, 'sign').mockImplementation(async (...args: Parameters<typeof sign>) => {
      if (args[0] === 'HMAC' && between === null) {
        between = ''
        between = nameOf(await get(student))
      }
      return sign(...args)
    })
    expect(nameOf(await get(student))).toBe(between)
    expect(await countRows(`transcript_issue where student_id = ${student}`)).toBe(1)
  })
})

describe('HEAD', () => {
  test('issues nothing, and names the issue that GET would answer', async () => {
    const student = await graduate()
    const before = await counts()
    const none = await head(student)
    expect([none.status, none.headers.get('content-type'), nameOf(none)]).toEqual([200, 'application/pdf', null])
    expect(await counts()).toEqual(before)
    const name = nameOf(await get(student))
    const after = await counts()
    const one = await head(student)
    expect([one.status, nameOf(one), await one.text()]).toEqual([200, name, ''])
    expect(await counts()).toEqual(after)
  })

  test('answers as GET does for a student who is not there', async () => {
    expect((await head(999_999)).status).toBe(404)
    expect((await head(await graduate(), '?language=de')).status).toBe(422)
  })
})

describe('issuing anew', () => {
  const anew = (student: number, body?: object, headers?: Record<string, string>) =>
    w.registrar.post(`/students/${student}/transcripts`, body, headers)

  test('makes another issue each time, says where its file is, and leaves one audit row', async () => {
    const student = await graduate()
    const read = nameOf(await get(student, 'el'))
    const before = await counts()
    const answer = await anew(student, { language: 'el' })
    expect([answer.status, nameOf(answer)]).toEqual([201, answer.data.id])
    expect(answer.data.id).not.toBe(read)
    expect(await counts()).toEqual(before.map((n) => n + 1))
    const { file_sha256: _, seal_kid: __, issued_by, ...row } = await issueOf(student)
    expect(issued_by).toBe(w.registrar.userId)
    const [named] = await studentsNamed(w, [student])
    expect(answer.data).toEqual({ ...row, ...named })
    const [audit, ...others] = await auditRows('transcript', row.id)
    expect([audit!.action, audit!.status, others]).toEqual(['transcript.issue', 201, []])
    const location = answer.headers.get('location')!
    expect(location).toBe(`/api/v1/transcripts/${student}?language=el`)
    expect(nameOf(await w.registrar.get(location.replace('/api/v1', '')))).toBe(row.id)
  })

  test('speaks the language of the caller unless it is told', async () => {
    const student = await graduate()
    expect((await anew(student, undefined, { 'accept-language': 'el' })).data.language).toBe('el')
    expect((await anew(student, {})).data.language).toBe('en')
  })

  test('under one key makes one, and answers the same twice', async () => {
    const student = await graduate()
    const key = { 'idempotency-key': `anew-${student}` }
    const [first, again] = [await anew(student, {}, key), await anew(student, {}, key)]
    expect([again.status, again.data]).toEqual([201, first.data])
    expect(again.headers.get('location')).toBe(first.headers.get('location'))
    expect(await countRows(`transcript_issue where student_id = ${student}`)).toBe(1)
  })

  test('is for the registry and the student, and not while a hold forbids it', async () => {
    const [me, other] = [await w.studentPersona(), await w.studentPersona()]
    const path = `/students/${me.studentId}/transcripts`
    expect((await me.post(path)).status).toBe(201)
    expect(refusal(await other.post(path))).toEqual([404, 'STUDENT_NOT_FOUND'])
    expect(refusal(await (await w.teacher()).post(path))).toEqual([403, 'HTTP_403'])
    expect(refusal(await w.anonymous.post(path))).toEqual([401, 'HTTP_401'])
    const hold = { kind: 'financial', blocks: ['transcript'], office: 'Treasury', reason: 'Fees' }
    await w.registrar.post(`/students/${me.studentId}/holds`, hold)
    expect(refusal(await me.post(path))).toEqual([400, 'HOLD'])
  })
})

describe('the transcripts of a student', () => {
  test('are listed newest first, whatever became of them', async () => {
    const me = await w.studentPersona()
    const path = `/students/${me.studentId}/transcripts` as const
    const made = [await me.post(path), await w.registrar.post(path, { language: 'el' })].map(({ data }) => data.id)
    await w.registrar.post(`/transcripts/${made[0]}/revoke`)
    const { items: transcripts } = (await me.get(path)).data
    expect(transcripts.map(({ id, language, revoked_at }) => [id, language, revoked_at !== null])).toEqual([
      [made[1], 'el', false],
      [made[0], 'en', true],
    ])
  })

  test('are not found by another student, nor those of nobody', async () => {
    const [me, other] = [await w.studentPersona(), await w.studentPersona()]
    expect(refusal(await other.get(`/students/${me.studentId}/transcripts`))).toEqual([404, 'STUDENT_NOT_FOUND'])
    expect(refusal(await w.registrar.get('/students/999999/transcripts'))).toEqual([404, 'STUDENT_NOT_FOUND'])
  })
})

test('a transcript keeps the moment of the first correction that superseded it', async () => {
  const { section, student, id, change } = await pendingOn(w, 'published')
  const issue = (name: string) => rowOf<IssueRow>('select * from transcript_issue where id = ?', name)
  const first = nameOf(await get(student))!
  await decide(w.registrar, change)
  const { superseded_at } = await issue(first)
  const result = await w.registrar.get(`/results/${id}`)
  expect(superseded_at).toBe(result.data.updated_at)
  const second = nameOf(await get(student))!
  expect((await issue(second)).superseded_at).toBeNull()
  const next = await request(section.teacher, id, { new_percentage: 70 })
  await decide(w.registrar, next.data.id)
  const corrected = (await w.registrar.get(`/results/${id}`)).data.updated_at
  expect(corrected > superseded_at!).toBe(true)
  expect([(await issue(first)).superseded_at, (await issue(second)).superseded_at]).toEqual([superseded_at, corrected])
})
