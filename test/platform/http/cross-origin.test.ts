import { beforeAll, describe, expect, test } from 'vitest'
import { persona, testEnv } from '../../world.ts'
import { serve, serveWith } from './serve.ts'

let authorization: string
beforeAll(async () => {
  authorization = `Bearer ${(await persona('registrar')).token}`
})

const listed = { CORS_ALLOWED_ORIGINS: 'https://campus.example, https://portal.example:8443' }

/** A deployment as production has it, with secrets of its own. */
async function production() {
  const pair = (await crypto.subtle.generateKey('Ed25519', true, ['sign', 'verify'])) as CryptoKeyPair
  const { kty, crv, x, d } = (await crypto.subtle.exportKey('jwk', pair.privateKey)) as JsonWebKey
  return {
    ENVIRONMENT: 'production',
    PUBLIC_URL: 'https://lyceum.example',
    RATE_LIMIT_SCALE: '1',
    PASSWORD_MEMORY_KIB: '19456',
    JWT_KEYS: JSON.stringify([{ kty, crv, x, d, kid: 'production-1' }]),
    ACCOUNT_KEYS: JSON.stringify([{ kid: 'production-1', k: x }]),
    AUDIT_KEYS: JSON.stringify([{ kid: 'production-1', k: x }]),
    BACKUP_KEYS: JSON.stringify([{ kid: 'production-1', k: x }]),
    SEAL_KEYS: testEnv.SEAL_KEYS.replace('local-test', 'production-1'),
    METRICS_TOKEN: d!,
    ...listed,
  }
}

const corsOf = ({ headers }: Response) =>
  Object.fromEntries([...headers].filter(([name]) => name.startsWith('access-control-')))

const preflight = (origin: string, vars: object = listed) =>
  serveWith(vars, '/api/v1/programs', {
    method: 'OPTIONS',
    headers: {
      origin,
      'access-control-request-method': 'PATCH',
      'access-control-request-headers': 'authorization,if-match',
    },
  })

describe('a listed origin', () => {
  test.each(['https://campus.example', 'https://portal.example:8443'])('%s may read the answer', async (origin) => {
    const answer = await serveWith(listed, '/api/v1/programs', { headers: { origin, authorization } })
    expect(answer.status).toBe(200)
    expect(corsOf(answer)).toMatchObject({
      'access-control-allow-origin': origin,
      'access-control-allow-credentials': 'true',
    })
    const vary = answer.headers.get('vary')!.split(/,\s*/)
    expect(vary).toEqual(expect.arrayContaining(['Origin', 'Accept-Language']))
    const exposed = answer.headers.get('access-control-expose-headers')!.split(',')
    expect(exposed).toEqual(
      expect.arrayContaining(['etag', 'retry-after', 'x-request-id', 'x-correlation-id', 'ratelimit', 'x-d1-bookmark']),
    )
  })

  test('may read errors, too', async () => {
    for (const path of ['/api/v1/programs', '/api/v1/nothing']) {
      const answer = await serveWith(listed, path, { headers: { origin: 'https://campus.example' } })
      expect(answer.ok).toBe(false)
      expect(corsOf(answer)).toMatchObject({ 'access-control-allow-origin': 'https://campus.example' })
    }
  })

  test('asks before it writes', async () => {
    const answer = await preflight('https://campus.example')
    expect([answer.status, await answer.text()]).toEqual([204, ''])
    const cors = corsOf(answer)
    expect(cors).toMatchObject({
      'access-control-allow-origin': 'https://campus.example',
      'access-control-allow-credentials': 'true',
      'access-control-allow-methods': 'GET,POST,PUT,PATCH,DELETE',
      'access-control-max-age': '7200',
    })
    expect(cors['access-control-allow-headers']!.split(',')).toEqual([
      'authorization',
      'content-type',
      'if-match',
      'if-none-match',
      'idempotency-key',
      'accept-language',
      'x-request-id',
      'x-correlation-id',
      'x-d1-bookmark',
      'x-turnstile',
    ])
  })
})

describe('an origin that is not listed', () => {
  test.each([
    'https://evil.example',
    'https://campus.example.evil.example',
    'https://campus.example:444',
    'http://campus.example',
    'https://CAMPUS.example',
    'https://sub.campus.example',
    'null',
    'http://localhost.evil.example',
    'http://localhost:8080@evil.example',
    '*',
  ])('%s gets no CORS headers', async (origin) => {
    const answer = await serveWith(listed, '/api/v1/programs', { headers: { origin, authorization } })
    expect([answer.status, corsOf(answer)]).toEqual([200, {}])
    expect(corsOf(await preflight(origin))).toEqual({})
  })

  test('neither does a request without an origin', async () => {
    expect(corsOf(await serveWith(listed, '/health/live'))).toEqual({})
  })

  test('an empty list lists nobody', async () => {
    const answer = await serveWith({ CORS_ALLOWED_ORIGINS: '' }, '/health/live', { headers: { origin: '' } })
    expect(corsOf(answer)).toEqual({})
  })
})

describe('localhost', () => {
  test.each(['http://localhost', 'http://localhost:5173', 'http://127.0.0.1:8787'])(
    '%s is let in during development',
    async (origin) => {
      const answer = await serve('/health/live', { headers: { origin } })
      expect(corsOf(answer)).toMatchObject({ 'access-control-allow-origin': origin })
    },
  )

  test('is not let in in production, while listed origins are', async () => {
    const vars = await production()
    const local = await serveWith(vars, '/health/live', { headers: { origin: 'http://localhost:5173' } })
    expect([local.status, corsOf(local)]).toEqual([200, {}])
    const campus = await serveWith(vars, '/health/live', { headers: { origin: 'https://campus.example' } })
    expect(corsOf(campus)).toMatchObject({ 'access-control-allow-origin': 'https://campus.example' })
  })
})

describe('a production deployment', () => {
  test.each([
    ['a development key', { JWT_KEYS: testEnv.JWT_KEYS }],
    ['no key', { JWT_KEYS: '[]' }],
    ['a key that is no JSON', { JWT_KEYS: 'secret-text' }],
    ['roomy limits', { RATE_LIMIT_SCALE: '1000' }],
    ['cheap password hashes', { PASSWORD_MEMORY_KIB: '64' }],
    ['an address without TLS', { PUBLIC_URL: 'http://lyceum.example' }],
    ['pages without TLS', { APP_URL: 'http://campus.example/app' } as object],
    ['an unknown time zone', { INSTITUTION_TIMEZONE: 'Europe/Sparta' }],
    ['a short secret', { TRANSCRIPT_KEY: 'AAAA' }],
    ['no key for secrets of accounts', { ACCOUNT_KEYS: '[]' }],
    ['a development key for them', { ACCOUNT_KEYS: testEnv.ACCOUNT_KEYS }],
    ['no key for the audit log', { AUDIT_KEYS: '[]' }],
    ['a development key for it', { AUDIT_KEYS: testEnv.AUDIT_KEYS }],
    ['a short key for it', { AUDIT_KEYS: JSON.stringify([{ kid: 'production-1', k: 'abc' }]) }],
    ['no key for backups', { BACKUP_KEYS: '[]' }],
    ['a development key for backups', { BACKUP_KEYS: testEnv.BACKUP_KEYS }],
    ['no key for documents', { SEAL_KEYS: '[]' }],
    ['a development key for documents', { SEAL_KEYS: testEnv.SEAL_KEYS }],
    ['a development token for metrics', { METRICS_TOKEN: testEnv.METRICS_TOKEN }],
    ['a short token for metrics', { METRICS_TOKEN: '0123456789abcdefghijklmnopqrstu' }],
    ['one of few characters', { METRICS_TOKEN: 'abcdabcdabcdabcdabcdabcdabcdabcdabcd' }],
    ['one that no header can carry', { METRICS_TOKEN: '0123456789abcdef ghijklmnopqrstuvwxyz' }],
  ])('with %s serves nothing and names no value', async (_, wrong) => {
    const answer = await serveWith({ ...(await production()), ...wrong }, '/health/live')
    expect([answer.status, answer.headers.get('retry-after')]).toEqual([503, '300'])
    const { error } = (await answer.json()) as { error: object }
    for (const value of Object.values(wrong)) expect(JSON.stringify(error)).not.toContain(value)
  })
})
