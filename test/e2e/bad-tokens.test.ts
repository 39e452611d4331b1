import { generateKeyPairSync, sign } from 'node:crypto'
import { beforeAll, describe, expect, inject, test } from 'vitest'
import type { AnswerAt } from '../answer-at.ts'
import { type Caller, send, signIn } from './client.ts'

const api = `${inject('url')}/api/v1`
let registrar: Caller

beforeAll(async () => {
  registrar = await signIn(inject('url'), 'registrar')
})

describe('a token', () => {
  const encoded = (part: object) => Buffer.from(JSON.stringify(part)).toString('base64url')
  const partsOf = (token: string) => token.split('.') as [head: string, claims: string, signature: string]

  const unsigned = () => `${encoded({ alg: 'none', typ: 'at+jwt' })}.${partsOf(registrar.token)[1]}.`

  function promoted() {
    const [head, claims, signature] = partsOf(registrar.token)
    const changed = { ...(JSON.parse(Buffer.from(claims, 'base64url').toString()) as object), role: 'admin' }
    return `${head}.${encoded(changed)}.${signature}`
  }

  function resigned() {
    const [head, claims] = partsOf(registrar.token)
    const { privateKey } = generateKeyPairSync('ed25519')
    return `${head}.${claims}.${sign(null, Buffer.from(`${head}.${claims}`), privateKey).toString('base64url')}`
  }

  test('as it was given out is accepted', async () => {
    const { status } = await send(`${api}/students`, { headers: { authorization: `Bearer ${registrar.token}` } })
    expect(status).toBe(200)
  })

  test.for<[string, () => string]>([
    ['of no form at all', () => 'Bearer junk'],
    ['that is empty', () => 'Bearer '],
    ['of another scheme', () => 'Basic cmVnaXN0cmFyOng='],
    ['without a signature', () => `Bearer ${unsigned()}`],
    ['whose role was changed', () => `Bearer ${promoted()}`],
    ['signed with another key', () => `Bearer ${resigned()}`],
    ['that was cut off', () => `Bearer ${registrar.token.slice(0, -4)}`],
    ['of eight kilobytes', () => `Bearer ${'a'.repeat(8192)}`],
  ])('%s is refused', async ([, authorization]) => {
    const { status, headers, error } = await send(`${api}/students`, {
      headers: { authorization: authorization(), 'accept-language': 'el' },
    })
    expect(status).toBe(401)
    expect(headers.get('www-authenticate')).toBe('Bearer')
    expect(error).toMatchObject({
      code: 'HTTP_401',
      message: 'Συνδεθείτε πρώτα: απαιτείται έγκυρο διακριτικό πρόσβασης.',
    })
  })

  test('to refresh is not one to read, nor the other way round', async () => {
    const credentials = { email: 'registrar@lyceum.example', password: 'Lyceum-Demo-2026!' }
    const { data } = await send<AnswerAt<'POST', '/auth/login'>>(`${api}/auth/login`, {
      method: 'POST',
      body: credentials,
    })
    const reading = await send(`${api}/students`, { headers: { authorization: `Bearer ${data.refresh_token}` } })
    expect([reading.status, reading.error?.code]).toEqual([401, 'HTTP_401'])
    const body = { refresh_token: data.access_token.slice(0, 200) }
    const refreshing = await send(`${api}/auth/refresh`, { method: 'POST', body })
    expect([refreshing.status, refreshing.error?.code]).toEqual([401, 'INVALID_REFRESH_TOKEN'])
  })

  test('printed on a transcript that is not ours is called tampered with', async () => {
    for (const token of ['x', 'A'.repeat(91), '%F0%9F%98%80', '..%2F..%2Fetc']) {
      const { status, data } = await send<AnswerAt<'GET', '/transcripts/verify/:'>>(
        `${api}/transcripts/verify/${token}`,
      )
      expect([token, status, data.reason]).toEqual([token, 200, 'tampered'])
    }
  })
})
