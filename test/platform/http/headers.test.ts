import { beforeAll, describe, expect, test } from 'vitest'
import { type World, world } from '../../world.ts'
import { chunked, json, serve, serveWith } from './serve.ts'

let w: World
let authorization: string
beforeAll(async () => {
  w = await world()
  authorization = `Bearer ${w.registrar.token}`
})

const everywhere = {
  'x-api-version': '1',
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
  'referrer-policy': 'no-referrer',
  'strict-transport-security': 'max-age=31536000; includeSubDomains; preload',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'cross-origin-embedder-policy': 'require-corp',
}
const api = { ...everywhere, 'cache-control': 'no-store', 'content-security-policy': apiPolicy() }

function apiPolicy() {
  return "default-src 'none'; frame-ancestors 'none'"
}

const big = new TextEncoder().encode(`{"code":"${'x'.repeat(70_000)}"}`)

/** Answers of every kind: name -> status, request, the headers it must have. */
const answers: Record<string, [number, () => Promise<Response>, object]> = {
  'a list': [200, () => serve('/api/v1/programs', { headers: { authorization } }), api],
  'a created row': [201, () => create({ code: 'HEAD', title: 'x' }), api],
  'a deleted row': [204, () => remove(), api],
  'an unchanged row': [304, () => unchanged(), api],
  'no token': [401, () => serve('/api/v1/programs'), api],
  'not found': [404, () => serve('/api/v1/programs/999999', { headers: { authorization } }), api],
  'no such address': [404, () => serve('/nothing'), api],
  'a wrong method': [405, () => serve('/api/v1/programs', { method: 'DELETE' }), api],
  'a body too large': [413, () => create(chunked(big)), api],
  'broken JSON': [400, () => create('{'), api],
  'a wrong body': [422, () => create({}), api],
  health: [200, () => serve('/health'), api],
  keys: [200, () => serve('/.well-known/jwks.json'), everywhere],
  'the document': [200, () => serve('/openapi.json'), everywhere],
  'the reference page': [200, () => serve('/docs'), everywhere],
  'a deployment that is not configured': [503, () => serveWith({ TRANSCRIPT_KEY: '' }, '/health'), api],
}

const create = (body: unknown) =>
  serve('/api/v1/programs', {
    ...json('POST', body, { authorization }),
    ...((typeof body === 'string' || body instanceof ReadableStream) && { body }),
  })

async function remove() {
  const { id } = await w.program()
  return serve(`/api/v1/programs/${id}`, { method: 'DELETE', headers: { authorization } })
}

async function unchanged() {
  const { id } = await w.program()
  return serve(`/api/v1/programs/${id}`, { headers: { authorization, 'if-none-match': '*' } })
}

describe('headers that every answer has', () => {
  test.each(Object.keys(answers))('%s', async (name) => {
    const [status, request, expected] = answers[name]!
    const response = await request()
    expect(response.status).toBe(status)
    expect(Object.fromEntries(response.headers)).toMatchObject(expected)
    expect(response.headers.get('x-request-id')).toMatch(/^[\w-]{36}$/)
    expect(response.headers.get('x-process-time')).toMatch(/^\d+\.\d{4}$/)
    expect(response.headers.get('vary')).toContain('Accept-Language')
    expect(response.headers.get('permissions-policy')).toMatch(/(^|, )camera=\(\)/)
    expect(response.headers.get('server-timing')).toMatch(
      /^total;dur=\d+\.\d, db;dur=\d+\.\d;desc="\d+ queries in \d+ round trips"$/,
    )
    expect(response.headers.get('x-powered-by')).toBeNull()
  })

  test('the permissions policy switches everything off', async () => {
    const features = (await serve('/health/live')).headers.get('permissions-policy')!.split(', ')
    expect(features.length).toBeGreaterThan(8)
    expect(features.filter((feature) => !feature.endsWith('=()'))).toEqual([])
  })

  test('a limited route says how much is left, also when it fails', async () => {
    for (const path of ['/api/v1/programs', '/api/v1/programs/999999', '/api/v1/programs?page=0']) {
      const { headers } = await serve(path, { headers: { authorization } })
      expect(headers.get('ratelimit-policy')).toBe('"read";q=3000000;w=60')
      expect(headers.get('ratelimit')).toMatch(/^"read";r=29999\d\d;t=\d+$/)
      expect(headers.get('x-ratelimit-limit')).toBe('3000000')
      expect(headers.get('x-ratelimit-remaining')).toMatch(/^29999\d\d$/)
      expect(headers.get('x-ratelimit-reset')).toMatch(/^\d+$/)
    }
  })
})

describe('X-Request-ID', () => {
  const idFor = async (given: string) =>
    (await serve('/health/live', { headers: { 'x-request-id': given } })).headers.get('x-request-id')

  test.each(['12345678', 'a.b_c-D9', '8e03978e-40d5-43dd-bc93-6894a57f9324', 'x'.repeat(128)])(
    'is taken from the client when it has the right form: %s',
    async (given) => {
      expect(await idFor(given)).toBe(given)
    },
  )

  test.each(['1234567', 'x'.repeat(129), 'with space', 'semi;colon', '<script>x</script>', ''])(
    'is new otherwise: "%s"',
    async (given) => {
      expect(await idFor(given)).toMatch(/^[\w-]{36}$/)
    },
  )

  test('is in the body and in the audit log, too', async () => {
    const given = 'client-request-0001'
    const { data, response } = await w.registrar.post(
      '/programs',
      { code: 'RID', title: 'x' },
      { 'x-request-id': given },
    )
    expect(((await response.clone().json()) as { meta: { request_id: string } }).meta.request_id).toBe(given)
    const admin = await w.admin()
    const log = await admin.get(`/audit/logs?request_id=${given}`)
    expect(log.data.items).toMatchObject([{ entity_type: 'program', entity_id: String(data.id) }])
  })
})

describe('X-D1-Bookmark', () => {
  test('comes back from reads and writes, and not where nothing was asked of the database', async () => {
    const read = await w.registrar.get('/programs')
    expect(read.headers.get('x-d1-bookmark')).toMatch(/^[0-9a-f-]{16,}$/i)
    const written = await w.registrar.post('/programs', { code: 'BOOK', title: 'x' })
    expect(written.headers.get('x-d1-bookmark')).toMatch(/^[0-9a-f-]{16,}$/i)
    expect((await serve('/health/live')).headers.get('x-d1-bookmark')).toBeNull()
  })

  test('sent along reads what was written', async () => {
    const written = await w.registrar.post('/programs', { code: 'BOOK2', title: 'x' })
    const bookmark = written.headers.get('x-d1-bookmark')!
    const read = await w.registrar.get(`/programs/${written.data.id}`, { 'x-d1-bookmark': bookmark })
    expect([read.status, read.data]).toEqual([200, written.data])
  })

  test.each(['nonsense', 'deadbeefdeadbeef', "'; drop table program; --", 'x'.repeat(500), ''])(
    'that is none is ignored: "%s"',
    async (bookmark) => {
      expect((await w.registrar.get('/programs', { 'x-d1-bookmark': bookmark })).status).toBe(200)
    },
  )
})

describe('X-Correlation-ID', () => {
  test('is echoed when it has the form of a request id, with errors, too, and is not made up', async () => {
    const ofAnswer = async (path: string, given?: string) =>
      (await serve(path, given === undefined ? {} : { headers: { 'x-correlation-id': given } })).headers.get(
        'x-correlation-id',
      )
    expect(await ofAnswer('/health/live', 'order-4711')).toBe('order-4711')
    expect(await ofAnswer('/api/v1/programs', 'order-4711')).toBe('order-4711')
    expect(await ofAnswer('/health/live', '<script>')).toBeNull()
    expect(await ofAnswer('/health/live')).toBeNull()
  })
})
