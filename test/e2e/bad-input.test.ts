import { request } from 'node:http'
import { text } from 'node:stream/consumers'
import { beforeAll, describe, expect, inject, test } from 'vitest'
import { type Caller, send, signIn } from './client.ts'

const url = inject('url')
const api = `${url}/api/v1`
let registrar: Caller

beforeAll(async () => {
  registrar = await signIn(url, 'registrar')
})

describe('an address', () => {
  test('that does not exist is not found', async () => {
    const { status, error } = await send(`${api}/nothing/here`)
    expect(status).toBe(404)
    expect(error).toEqual({
      code: 'HTTP_404',
      message: 'There is nothing at this address. The reference at /docs lists every address.',
      details: null,
      path: '/api/v1/nothing/here',
    })
  })

  test('answers in Greek to those who prefer it', async () => {
    const { status, headers, error } = await send(`${api}/nothing`, { headers: { 'accept-language': 'el, en;q=0.5' } })
    expect(status).toBe(404)
    expect(headers.get('content-language')).toBe('el')
    expect(error?.message).toBe('Δεν υπάρχει τίποτα σε αυτή τη διεύθυνση. Όλες οι διευθύνσεις αναφέρονται στο /docs.')
  })

  test('says which methods it takes when it is asked with another', async () => {
    const { status, headers, error } = await send(`${api}/auth/login`, { method: 'DELETE' })
    expect(status).toBe(405)
    expect(headers.get('allow')).toBe('POST')
    expect(error).toMatchObject({ code: 'HTTP_405', message: 'This address does not take DELETE. Allowed: POST.' })
  })

  test.for([
    '/students/%zz',
    '/students/%00',
    '/students/-1',
    '/students/1e3',
    '/students/99999999999999999999',
    '/students/1;drop%20table%20student',
    '/students?unknown=1',
    '/students?page=0',
    '/students?page_size=201',
    '/students?ordering=password_hash',
    '/students?ordering=id;drop%20table%20student',
    '/students?cursor=garbage',
    '/students?id__like=1',
  ])('of bad form is refused: %s', async (path) => {
    const { status, error } = await registrar.get(path)
    expect([status, error?.code]).toEqual([422, 'VALIDATION_ERROR'])
  })

  test('of great length is refused', async () => {
    for (const path of [`/students/${'9'.repeat(4000)}`, `/students?search=${'a'.repeat(201)}`]) {
      const { status, error } = await registrar.get(path)
      expect([status, error?.code]).toEqual([422, 'VALIDATION_ERROR'])
    }
  })

  test.for(["'", '"', '%25', '_', '\\\\', "') or 1=1 --", '\u0000', '😀', 'ςΣ'])(
    'takes any text to search for: %j',
    async (words) => {
      const { status, data } = await registrar.get(`/students?search=${encodeURIComponent(words)}`)
      expect(status).toBe(200)
      expect(Array.isArray(data.items)).toBe(true)
    },
  )
})

describe('a body', () => {
  test.for(['{"email": ', 'null junk', '{"a":1}}', '', '\u0000'])('that is not JSON is refused: %j', async (body) => {
    const { status, error } = await send(`${api}/auth/login`, {
      method: 'POST',
      body,
      headers: { 'content-type': 'application/json' },
    })
    expect(status).toBe(400)
    expect(error).toMatchObject({
      code: 'HTTP_400',
      message: 'The request body is not valid JSON. Send one JSON object.',
    })
  })

  test('that is not JSON is refused in Greek', async () => {
    const { status, error } = await send(`${api}/auth/login`, {
      method: 'POST',
      body: '{',
      headers: { 'accept-language': 'el' },
    })
    expect(status).toBe(400)
    expect(error?.message).toBe('Το σώμα του αιτήματος δεν είναι έγκυρο JSON. Στείλτε ένα αντικείμενο JSON.')
  })

  test.for<[body: string, paths: string[]]>([
    ['null', ['']],
    ['[]', ['']],
    ['7', ['']],
    ['"text"', ['']],
    ['{}', ['email', 'password']],
    ['{"email":{},"password":7}', ['email', 'password']],
    ['{"email":"a@b.cd","password":""}', ['password']],
  ])('of the wrong shape is refused with every problem: %s', async ([body, paths]) => {
    const { status, error } = await send(`${api}/auth/login`, { method: 'POST', body })
    expect([status, error?.code]).toEqual([422, 'VALIDATION_ERROR'])
    expect(error?.details).toMatchObject({ errors: paths.map((path) => ({ in: 'body', path })) })
  })

  test('with a field that does not exist is refused, and the field is named', async () => {
    const { status, error } = await registrar.post('/programs', { code: 'BAD', title: 'Bad', is_admin: true })
    expect(status).toBe(422)
    expect(error?.details).toMatchObject({ errors: [{ in: 'body', path: 'is_admin', code: 'unknown' }] })
  })

  test.for(['text/plain', 'application/xml', 'multipart/form-data; boundary=x', 'application/jsonx', ''])(
    'of another media type is refused: %j',
    async (type) => {
      const { status, error } = await send(`${api}/auth/login`, {
        method: 'POST',
        body: '{"email":"a@b.cd","password":"x"}',
        headers: { 'content-type': type },
      })
      expect(status).toBe(415)
      expect(error).toMatchObject({ code: 'HTTP_415', message: 'Send the body as application/json.' })
    },
  )

  test.for([
    ['with its length announced', { 'content-length': String(1024 * 1024) }],
    ['in chunks', { 'transfer-encoding': 'chunked' }],
  ] as const)('of one megabyte of junk is refused, sent %s', async ([, headers]) => {
    for (const path of ['/auth/login', '/programs', '/students']) {
      const { status, error } = await sendJunk(`${api}${path}`, {
        ...headers,
        authorization: `Bearer ${registrar.token}`,
      })
      expect([path, status, error.code]).toEqual([path, 413, 'HTTP_413'])
      expect(error.message).toBe(
        'The request body is larger than the 65536 bytes this address takes. Send a smaller one.',
      )
    }
  })

  test('whose sender hangs up in the middle disturbs nobody else', async () => {
    for (let times = 0; times < 5; times += 1) {
      await hangUp(`${api}/auth/login`)
      expect((await registrar.get('/students?page_size=1')).status).toBe(200)
    }
  })

  test('with numbers beyond all measure is refused', async () => {
    const huge = { code: 'HUGE', title: 'Huge', credits: 1e308 }
    const { status, error } = await registrar.post('/courses', huge)
    expect([status, error?.code]).toEqual([422, 'VALIDATION_ERROR'])
  })

  test('nested ten thousand levels deep is refused', async () => {
    const body = `{"code":${'['.repeat(10_000)}${']'.repeat(10_000)},"title":"Deep"}`
    const { status, error } = await registrar.post('/programs', body)
    expect([status, error?.code]).toEqual([422, 'BODY_TOO_DEEP'])
  })
})

describe('after all of this', () => {
  test('the server is in good health', async () => {
    const { status, data } = await send(`${url}/health`)
    expect(status).toBe(200)
    expect(data).toMatchObject({ status: 'ok' })
  })
})

interface Refusal {
  status: number
  error: { code: string; message: string }
}

/** Posts one megabyte. By hand, because fetch does not let go of an upload that is answered early. */
function sendJunk(to: string, headers: Record<string, string>): Promise<Refusal> {
  return new Promise((done, failed) => {
    const sending = request(to, { method: 'POST', headers: { 'content-type': 'application/json', ...headers } })
    sending.once('error', failed).end(junk)
    sending.once('response', (answer) => {
      text(answer)
        .then((body) => done({ status: answer.statusCode!, error: errorIn(body) }))
        .catch(failed)
    })
  })
}

function errorIn(body: string): Refusal['error'] {
  try {
    return JSON.parse(body).error
  } catch {
    return { code: 'no envelope', message: body }
  }
}

/** Announces one megabyte, sends a part of it and hangs up. */
function hangUp(to: string): Promise<void> {
  return new Promise((done) => {
    const headers = { 'content-type': 'application/json', 'content-length': String(junk.length) }
    const sending = request(to, { method: 'POST', headers })
    sending.once('error', () => undefined).once('close', () => done())
    sending.write(junk.subarray(0, 10_000), () => sending.destroy())
  })
}

const junk = Buffer.alloc(1024 * 1024, 'x')
