import { importJWK, type JWK, SignJWT, UnsecuredJWT } from 'jose'
import { beforeAll, describe, expect, test } from 'vitest'
import { caller, testEnv } from '../../world.ts'
import { newAccount, refresh } from '../identity/account.ts'

const [jwk] = JSON.parse(testEnv.JWT_KEYS) as [JWK & { kid: string; x: string }]
const seconds = () => Math.floor(Date.now() / 1000)

interface Token {
  header?: object
  claims?: object
  key?: JWK
}

/** A token as the API signs it, but for what the test changes. `undefined` leaves a claim out. */
async function token({ header = {}, claims = {}, key = jwk }: Token = {}): Promise<string> {
  const now = seconds()
  const given = { iss: 'lyceum', aud: 'lyceum-api', sub: String(accountId), iat: now, exp: now + 900 }
  const own = { sid: 'S'.repeat(22), role: 'registrar', tier: 'free', student_id: null }
  return new SignJWT({ ...given, ...own, ...claims })
    .setProtectedHeader({ alg: 'EdDSA', kid: jwk.kid, typ: 'at+jwt', ...header })
    .sign(await importJWK(key, 'EdDSA'))
}

let accountId: number
let signedIn: { access_token: string; refresh_token?: string }
beforeAll(async () => {
  const account = await newAccount()
  accountId = account.id
  signedIn = (await account.signIn()).data
})

const statusWith = async (text: string) => (await caller(text).get('/auth/me')).status

describe('an access token', () => {
  test('made by the same rules is accepted, so that the refusals below mean something', async () => {
    expect(await statusWith(await token())).toBe(200)
  })

  test('is accepted with any capitals in the word Bearer', async () => {
    const answer = await caller(null).get('/auth/me', { authorization: `bEARER ${signedIn.access_token}` })
    expect(answer.status).toBe(200)
  })

  test('stays accepted when it is sent again, and with no other signature', async () => {
    const text = await token()
    expect([await statusWith(text), await statusWith(text)]).toEqual([200, 200])
    expect(await statusWith(withChangedSignature(text))).toBe(401)
  })
})

describe('refused with 401', () => {
  const forged: Record<string, () => Promise<string> | string> = {
    'a refresh token': () => signedIn.refresh_token!,
    'text that is no token': () => 'abc.def.ghi',
    'a token of two parts': () => signedIn.access_token.split('.').slice(0, 2).join('.'),
    'algorithm none': () =>
      new UnsecuredJWT({ sid: 'x', role: 'admin', tier: 'free' })
        .setIssuer('lyceum')
        .setAudience('lyceum-api')
        .setSubject(String(accountId))
        .setIssuedAt()
        .setExpirationTime('15m')
        .encode(),
    'algorithm none with the signature of another token': async () => {
      const header = btoa(JSON.stringify({ alg: 'none', typ: 'at+jwt', kid: jwk.kid })).replaceAll('=', '')
      return [header, ...signedIn.access_token.split('.').slice(1)].join('.')
    },
    'HS256 signed with the bytes of the public key': () =>
      hmac(Uint8Array.fromBase64(jwk.x, { alphabet: 'base64url' })),
    'HS256 signed with the text of the public key': () => hmac(new TextEncoder().encode(jwk.x)),
    'another key under the name of ours': async () => token({ key: await strangeKey() }),
    'a key that travels in the header': async () => {
      const key = await strangeKey()
      return token({ key, header: { jwk: { kty: key.kty, crv: key.crv, x: key.x } } })
    },
    'an unknown key id': () => token({ header: { kid: 'somebody-elses' } }),
    'no key id': () => token({ header: { kid: undefined } }),
    'another issuer': () => token({ claims: { iss: 'elsewhere' } }),
    'another audience': () => token({ claims: { aud: 'another-api' } }),
    'no audience': () => token({ claims: { aud: undefined } }),
    'another type of token': () => token({ header: { typ: 'JWT' } }),
    'no type': () => token({ header: { typ: undefined } }),
    'an expired one': () => token({ claims: { iat: seconds() - 901, exp: seconds() - 1 } }),
    'one that never expires': () => token({ claims: { exp: undefined } }),
    'one issued in the future': () => token({ claims: { iat: seconds() + 600, exp: seconds() + 1500 } }),
    'one not valid yet': () => token({ claims: { nbf: seconds() + 600 } }),
    'one without a session': () => token({ claims: { sid: undefined } }),
    'one without a subject': () => token({ claims: { sub: undefined } }),
    'one without a role': () => token({ claims: { role: undefined } }),
    'a critical header nobody understands': () => unknownCritical(),
    'a changed payload': async () => {
      const [header, payload, signature] = (await token()).split('.') as [string, string, string]
      const claims = JSON.parse(atob(payload)) as object
      const raised = btoa(JSON.stringify({ ...claims, role: 'admin' })).replaceAll('=', '')
      return `${header}.${raised}.${signature}`
    },
    'a changed signature': async () => withChangedSignature(await token()),
  }

  test.each(Object.keys(forged))('%s', async (name) => {
    const answer = await caller(await forged[name]!()).get('/auth/me')
    expect([answer.status, answer.error?.code]).toEqual([401, 'HTTP_401'])
    expect(answer.headers.get('www-authenticate')).toBe('Bearer')
  })

  test.each(['Basic YTpi', 'Bearer', 'Bearer ', 'Token abc', ''])('the header "%s"', async (authorization) => {
    const answer = await caller(null).get('/auth/me', { authorization })
    expect([answer.status, answer.error?.code]).toEqual([401, 'HTTP_401'])
  })

  test('an access token is no refresh token', async () => {
    const answer = await refresh(signedIn.access_token.slice(-67))
    expect([answer.status, answer.error?.code]).toEqual([401, 'INVALID_REFRESH_TOKEN'])
  })
})

function withChangedSignature(text: string): string {
  const at = text.length - 10
  return text.slice(0, at) + (text[at] === 'A' ? 'B' : 'A') + text.slice(at + 1)
}

async function hmac(secret: Uint8Array): Promise<string> {
  return new SignJWT({ sid: 'x', role: 'admin', tier: 'free', student_id: null })
    .setProtectedHeader({ alg: 'HS256', kid: jwk.kid, typ: 'at+jwt' })
    .setIssuer('lyceum')
    .setAudience('lyceum-api')
    .setSubject(String(accountId))
    .setIssuedAt()
    .setExpirationTime('15m')
    .sign(secret)
}

async function strangeKey(): Promise<JWK> {
  const pair = (await crypto.subtle.generateKey('Ed25519', true, ['sign', 'verify'])) as CryptoKeyPair
  return (await crypto.subtle.exportKey('jwk', pair.privateKey)) as JWK
}

async function unknownCritical(): Promise<string> {
  const [, payload] = signedIn.access_token.split('.') as [string, string]
  const header = { alg: 'EdDSA', kid: jwk.kid, typ: 'at+jwt', crit: ['lyceum-unknown'], 'lyceum-unknown': 1 }
  const text = `${btoa(JSON.stringify(header)).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '')}.${payload}`
  const key = (await importJWK(jwk, 'EdDSA')) as CryptoKey
  const signature = await crypto.subtle.sign('Ed25519', key, new TextEncoder().encode(text))
  return `${text}.${new Uint8Array(signature).toBase64({ alphabet: 'base64url', omitPadding: true })}`
}
