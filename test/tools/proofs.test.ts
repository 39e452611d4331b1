import { readdirSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'

/** The sources, without comments and imports. */
const sources = new Map(
  readdirSync('src', { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith('.ts'))
    .map(({ parentPath, name }) => `${parentPath}/${name}`)
    .map((path) => [path, codeOf(readFileSync(path, 'utf8'))]),
)

function codeOf(text: string): string {
  return text
    .replaceAll(/\/\*[\s\S]*?\*\/|^\s*\/\/.*$/gm, '')
    .replaceAll(/^(?:import|export) (?:type )?(?:\{[^}]*\}|\S+|\* as \S+) from .*$/gm, '')
}

const everywhereWith = (pattern: RegExp) =>
  [...sources].flatMap(([path, code]) => (pattern.test(code) ? path.replace(/^src\/(?:access\/)?/, '') : [])).toSorted()

/** Those of the area that knows secrets. */
const filesWith = (pattern: RegExp) => {
  const inArea = [...sources].filter(([path]) => path.startsWith('src/access/'))
  return inArea.flatMap(([path, code]) => (pattern.test(code) ? path.slice('src/access/'.length) : [])).toSorted()
}

test('what compares a secret is called where refusals leave traces, and nowhere else', () => {
  expect(filesWith(/\bverifyPassword\b/)).toEqual(['identity/password.ts', 'proof/secrets.ts'])
  expect(filesWith(/\bspending\b/)).toEqual(['authenticator/codes.ts', 'proof/secrets.ts'])
  expect(filesWith(/\bstepOfCode\b/)).toEqual([
    'authenticator/codes.ts',
    'authenticator/one-time-code.ts',
    'proof/secrets.ts',
  ])
  expect(filesWith(/\bprove\b/)).toEqual(['proof/prove.ts', 'proof/secrets.ts'])
})

test('a token that comes back is hashed there, too; elsewhere hashes are made of new ones', () => {
  expect(filesWith(/\bsha256Hex\b/)).toEqual([
    'authenticator/codes.ts',
    'proof/secrets.ts',
    'session/refresh-session.ts',
    'session/session-tokens.ts',
  ])
})

test('a signed token is read where it is judged in public, and where its refusal leaves a trace', () => {
  expect(everywhereWith(/\breadToken\(/)).toEqual([
    'paperwork/official-document/judge-token.ts',
    'paperwork/official-document/verification-token.ts',
    'paperwork/transcript-link/read-linked-file.ts',
  ])
})

test('these are the places where a secret is presented; test/access/proof/refusals.test.ts tries each', () => {
  const callers = [
    'proveCode',
    'proveFirstCode',
    'provePassword',
    'provePasswordAndCode',
    'proveSignedToken',
    'proveToken',
    'refuseProof',
  ].map((name) => [name, everywhereWith(new RegExp(`\\b${name}\\(`)).filter((path) => !path.startsWith('proof/'))])
  expect(Object.fromEntries(callers)).toEqual({
    proveCode: ['second-factor/finish-login.ts', 'second-factor/step-up.ts'],
    proveFirstCode: ['second-factor/confirm-totp.ts'],
    provePassword: [
      'email-confirmation/confirm-email.ts',
      'second-factor/step-up.ts',
      'session/login.ts',
      'user/change-password.ts',
    ],
    provePasswordAndCode: ['second-factor/disable-totp.ts'],
    proveSignedToken: ['paperwork/transcript-link/read-linked-file.ts'],
    proveToken: [
      'email-confirmation/confirm-email.ts',
      'invitation/accept-invitation.ts',
      'password-reset/confirm-reset.ts',
    ],
    refuseProof: [
      'paperwork/transcript-link/read-linked-file.ts',
      'second-factor/finish-login.ts',
      'second-factor/step-up.ts',
    ],
  })
})
