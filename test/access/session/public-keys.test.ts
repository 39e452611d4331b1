import { createLocalJWKSet, type JSONWebKeySet, jwtVerify } from 'jose'
import { beforeAll, describe, expect, test } from 'vitest'
import { json, serve, serveWith } from '../../platform/http/serve.ts'
import { testEnv } from '../../world.ts'
import { newAccount, password } from '../identity/account.ts'

let account: Awaited<ReturnType<typeof newAccount>>
beforeAll(async () => {
  account = await newAccount()
})

const published = async (vars = {}) => (await (await serveWith(vars, '/.well-known/jwks.json')).json()) as JSONWebKeySet

async function ringWith(kid: string): Promise<{ JWT_KEYS: string }> {
  const pair = (await crypto.subtle.generateKey('Ed25519', true, ['sign', 'verify'])) as CryptoKeyPair
  const { kty, crv, x, d } = (await crypto.subtle.exportKey('jwk', pair.privateKey)) as JsonWebKey
  return { JWT_KEYS: JSON.stringify([{ kty, crv, x, d, kid }, ...(JSON.parse(testEnv.JWT_KEYS) as unknown[])]) }
}

const signIn = async (vars = {}) => {
  const answer = await serveWith(vars, '/api/v1/auth/login', json('POST', { email: account.email, password }))
  return ((await answer.json()) as { data: { access_token: string } }).data.access_token
}

const meWith = async (vars: object, token: string) =>
  (await serveWith(vars, '/api/v1/auth/me', { headers: { authorization: `Bearer ${token}` } })).status

describe('the published keys', () => {
  test('are the public halves only, unwrapped', async () => {
    const answer = await serve('/.well-known/jwks.json')
    expect(answer.headers.get('content-type')).toBe('application/json; charset=utf-8')
    expect(await answer.json()).toEqual({
      keys: [
        {
          kty: 'OKP',
          crv: 'Ed25519',
          x: '11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo',
          kid: 'local-test',
          use: 'sig',
          alg: 'EdDSA',
        },
      ],
    })
  })

  test('let anybody verify an access token', async () => {
    const { payload } = await jwtVerify(await signIn(), createLocalJWKSet(await published()), {
      issuer: 'lyceum',
      audience: 'lyceum-api',
      typ: 'at+jwt',
    })
    expect(payload.sub).toBe(String(account.id))
  })

  test('rotate without signing anybody out: the new key signs, the old one still verifies', async () => {
    const rotated = await ringWith('local-next')
    const old = await signIn()
    const fresh = await signIn(rotated)
    expect((await published(rotated)).keys.map(({ kid }) => kid)).toEqual(['local-next', 'local-test'])
    expect((await jwtVerify(fresh, createLocalJWKSet(await published(rotated)))).protectedHeader.kid).toBe('local-next')
    expect([await meWith(rotated, old), await meWith(rotated, fresh)]).toEqual([200, 200])
  })

  test('a token of a key that left the ring is refused', async () => {
    const before = await ringWith('local-gone')
    const token = await signIn(before)
    expect(await meWith({}, token)).toBe(401)
  })
})
