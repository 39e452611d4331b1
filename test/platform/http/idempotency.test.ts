import { beforeAll, describe, expect, test } from 'vitest'
import { sha256Hex } from '#/platform/encoding/digest.ts'
import { type Answer, refusal } from '../../call.ts'
import { databaseBehind } from '../database/between.ts'
import { json, serveWith } from './serve.ts'
import { auditRows, countRows, persona, testEnv, unique, type World, world } from '../../world.ts'

let w: World
beforeAll(async () => {
  w = await world()
})

const newKey = () => `key-${unique()}`
const newProgram = () => ({ code: `ID${unique()}`, title: 'Informatics' })
const post = <const P extends string>(path: P, body: unknown, key: string) =>
  w.registrar.post(path, body, { 'idempotency-key': key })
const isReplay = ({ headers }: Answer) => headers.get('idempotent-replayed') === 'true'

const storedKey = (key: string) =>
  testEnv.DB.prepare('select * from idempotency_key where key = ?').bind(key).first<Record<string, unknown>>()
const loseAnswer = (key: string) =>
  testEnv.DB.prepare('update idempotency_key set response = null where key = ?').bind(key).run()

describe('a request that is sent again with its Idempotency-Key', () => {
  test('gets the same answer and writes nothing', async () => {
    const [key, body] = [newKey(), newProgram()]
    const first = await post('/programs', body, key)
    const before = [await countRows('program'), await countRows('audit_log')]
    const again = await post('/programs', body, key)
    expect([first.status, isReplay(first)]).toEqual([201, false])
    expect([again.status, isReplay(again)]).toEqual([201, true])
    expect(again.data).toEqual(first.data)
    expect([await countRows('program'), await countRows('audit_log')]).toEqual(before)
    expect(await auditRows('program', first.data.id)).toHaveLength(1)
  })

  test('gets the same ETag, too', async () => {
    const [key, body] = [newKey(), newProgram()]
    const first = await post('/programs', body, key)
    expect((await post('/programs', body, key)).headers.get('etag')).toBe(first.headers.get('etag'))
  })

  test('gets the first answer even when the row has changed since', async () => {
    const [key, body] = [newKey(), newProgram()]
    const first = await post('/programs', body, key)
    await w.registrar.patch(`/programs/${first.data.id}`, { title: 'Changed' })
    expect((await post('/programs', body, key)).data).toEqual(first.data)
  })

  test('reads the row again when the first answer was lost', async () => {
    const [key, body] = [newKey(), newProgram()]
    const first = await post('/programs', body, key)
    await loseAnswer(key)
    const again = await post('/programs', body, key)
    expect([again.status, isReplay(again), again.data]).toEqual([201, true, first.data])
  })

  test('waits while it is not known what the first one wrote', async () => {
    const [key, body] = [newKey(), newProgram()]
    await post('/programs', body, key)
    await testEnv.DB.prepare('update idempotency_key set response = null, entity_id = null where key = ?')
      .bind(key)
      .run()
    expect(refusal(await post('/programs', body, key))).toEqual([409, 'IDEMPOTENCY_IN_PROGRESS'])
  })

  test('learns after a minute that the answer is lost, where it cannot be read again', async () => {
    const [key, body] = [newKey(), newProgram()]
    await post('/programs', body, key)
    const lost = 'update idempotency_key set response = null, entity_id = null, created_at = ? where key = ?'
    const codeAfter = async (ms: number) => {
      await testEnv.DB.prepare(lost)
        .bind(new Date(Date.now() - ms).toISOString(), key)
        .run()
      return refusal(await post('/programs', body, key))
    }
    expect(await codeAfter(50_000)).toEqual([409, 'IDEMPOTENCY_IN_PROGRESS'])
    expect(await codeAfter(60_001)).toEqual([409, 'IDEMPOTENCY_ANSWER_LOST'])
  })

  test('gets its answer although that could not be stored, and reads it again later', async () => {
    const [key, body] = [newKey(), newProgram()]
    const DB = databaseBehind((sent, run) => {
      if (sent.some((text) => text.startsWith('update "idempotency_key"'))) throw new Error('D1_ERROR: out of order')
      return run()
    })
    const headers = { authorization: `Bearer ${w.registrar.token}`, 'idempotency-key': key }
    const first = await serveWith({ DB }, '/api/v1/programs', json('POST', body, headers))
    expect([first.status, (await storedKey(key))!['response']]).toEqual([201, null])
    expect((await post('/programs', body, key)).data.code).toBe(body.code)
  })

  test('reads again what an enrollment wrote', async () => {
    const [key, section, student] = [newKey(), await w.section({ capacity: 1 }), await w.student()]
    const body = { student_id: student.id }
    const first = await post(`/sections/${section.id}/enroll`, body, key)
    expect((await post(`/sections/${section.id}/enroll`, body, key)).data).toEqual(first.data)
    await loseAnswer(key)
    const again = await post(`/sections/${section.id}/enroll`, body, key)
    expect([again.status, again.data]).toEqual([201, first.data])
    expect((await w.registrar.get(`/sections/${section.id}`)).data.seats_taken).toBe(1)
  })

  test('reads a restored row again when the first answer was lost', async () => {
    const [key, program] = [newKey(), await w.program()]
    await w.registrar.delete(`/programs/${program.id}`)
    const first = await post(`/programs/${program.id}/restore`, undefined, key)
    await loseAnswer(key)
    const again = await post(`/programs/${program.id}/restore`, undefined, key)
    expect([again.status, again.data]).toEqual([200, first.data])
  })

  test('with another payload is refused', async () => {
    const [key, body] = [newKey(), newProgram()]
    await post('/programs', body, key)
    const before = await countRows('program')
    for (const answer of [
      await post('/programs', { ...body, title: 'Other' }, key),
      await post('/programs', newProgram(), key),
      await post('/courses', { code: body.code, title: body.title, credits: 1 }, key),
    ]) {
      expect([answer.status, answer.error?.code]).toEqual([422, 'IDEMPOTENCY_KEY_REUSED'])
    }
    expect(await countRows('program')).toBe(before)
  })

  test('with the same payload to another address is refused', async () => {
    const [key, one, other, student] = [newKey(), await w.section(), await w.section(), await w.student()]
    const body = { student_id: student.id }
    expect((await post(`/sections/${one.id}/enroll`, body, key)).status).toBe(201)
    const answer = await post(`/sections/${other.id}/enroll`, body, key)
    expect([answer.status, answer.error?.code]).toEqual([422, 'IDEMPOTENCY_KEY_REUSED'])
    expect((await w.registrar.get(`/sections/${other.id}`)).data.seats_taken).toBe(0)
  })

  test('by somebody else is another request', async () => {
    const [key, body] = [newKey(), newProgram()]
    await post('/programs', body, key)
    const other = await persona('admin')
    const own = await other.post('/programs', newProgram(), { 'idempotency-key': key })
    expect([own.status, isReplay(own)]).toEqual([201, false])
  })

  test('after a refusal is carried out: only what was written is remembered', async () => {
    const [key, body] = [newKey(), newProgram()]
    const taken = await w.program({ code: body.code })
    expect((await post('/programs', body, key)).error?.code).toBe('PROGRAM_CODE_TAKEN')
    expect(await storedKey(key)).toBeNull()
    await w.registrar.delete(`/programs/${taken.id}`)
    expect((await post('/programs', body, key)).status).toBe(201)
  })
})

describe('the row of a key', () => {
  test('is born with what was written, names it, and holds no more than a fingerprint of the request', async () => {
    const [key, body] = [newKey(), newProgram()]
    const { data } = await post('/programs', body, key)
    expect(await storedKey(key)).toEqual({
      user_id: w.registrar.userId,
      key,
      fingerprint: expect.stringMatching(/^[0-9a-f]{64}$/),
      entity_id: String(data.id),
      status: 201,
      response: JSON.stringify(data),
      created_at: data.created_at,
    })
  })

  test('has a fingerprint on which nobody without the key can try a guess, of JSON and of files alike', async () => {
    const hashOf = (path: string, body: string) => sha256Hex(`POST http://lyceum.test/api/v1${path}\n${body}`)
    const [key, body] = [newKey(), newProgram()]
    expect((await post('/programs', body, key)).status).toBe(201)
    expect((await storedKey(key))!['fingerprint']).not.toBe(await hashOf('/programs', JSON.stringify(body)))
    const [another, file] = [newKey(), `code,title\n${newProgram().code},Of a file\n`]
    const headers = { 'idempotency-key': another, 'content-type': 'text/csv' }
    expect((await w.registrar.post('/imports/programs', file, headers)).error).toBeNull()
    expect((await storedKey(another))!['fingerprint']).not.toBe(await hashOf('/imports/programs', file))
  })
})

describe('twenty requests at once with one key', () => {
  const outcomes = (answers: Answer<{ id: number }>[]) => ({
    fresh: answers.filter((one) => one.status === 201 && !isReplay(one)).length,
    ids: new Set(answers.filter(({ status }) => status === 201).map(({ data }) => data.id)).size,
    others: [
      ...new Set(answers.map(({ error }) => error?.code).filter((code) => code && code !== 'IDEMPOTENCY_IN_PROGRESS')),
    ],
  })
  const twenty = <const P extends string>(path: P, body: unknown, key = newKey()) =>
    Promise.all(Array.from({ length: 20 }, () => post(path, body, key)))

  test('write one row; the others get it, or are told that it is being written', async () => {
    const section = await w.section()
    const body = { section_id: section.id, type: 'quiz', title: 'Quiz', weight: 1 }
    const answers = await twenty('/assessments', body)
    expect(outcomes(answers)).toEqual({ fresh: 1, ids: 1, others: [] })
    expect((await w.registrar.get(`/assessments?section_id=${section.id}`)).data.total).toBe(1)
  })

  test('are not told that the row they write themselves is in their way', async () => {
    const body = newProgram()
    expect(outcomes(await twenty('/programs', body))).toEqual({ fresh: 1, ids: 1, others: [] })
    expect((await w.registrar.get(`/programs?code=${body.code}`)).data.total).toBe(1)
  })
})

describe('the form of a key', () => {
  test('is told in Greek, too', async () => {
    const headers = { 'idempotency-key': 'two words', 'accept-language': 'el' }
    const answer = await w.registrar.post('/programs', newProgram(), headers)
    expect(answer.error?.details.errors?.[0]?.message).toBe('πρέπει να έχει 1 έως 200 ορατούς χαρακτήρες ASCII')
  })

  test.each(['x'.repeat(201), 'two words', 'tab\there', ''])('refuses "%s"', async (key) => {
    const before = await countRows('program')
    const answer = await post('/programs', newProgram(), key)
    expect([answer.status, answer.error?.code]).toEqual([422, 'VALIDATION_ERROR'])
    expect(answer.error?.details.errors).toMatchObject([
      { in: 'header', path: 'idempotency-key', code: 'invalid_format' },
    ])
    expect(await countRows('program')).toBe(before)
  })

  test.each(['k', 'x'.repeat(200), '8e03978e-40d5-43dd-bc93-6894a57f9324', `"quoted-${unique()}"`])(
    'takes "%s"',
    async (key) => {
      expect((await post('/programs', newProgram(), key)).status).toBe(201)
      expect(await storedKey(key)).not.toBeNull()
    },
  )
})
