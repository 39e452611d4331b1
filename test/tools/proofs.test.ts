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

/** Those of the area that knows secrets of persons. Elsewhere a hash tells files and rows apart. */
const filesWith = (pattern: RegExp) => everywhereWith(pattern).filter((path) => sources.has(`src/access/${path}`))

test('what compares a secret is called where refusals leave traces, and nowhere else', () => {
  // A new password is compared with the present one once it is proved whose account it is.
  expect(everywhereWith(/\bverifyPassword\b/)).toEqual([
    'identity/password.ts',
    'proof/secrets.ts',
    'user/set-password.ts',
  ])
  expect(everywhereWith(/\bspending\b/)).toEqual(['authenticator/codes.ts', 'proof/secrets.ts'])
  expect(everywhereWith(/\bstepOfCode\b/)).toEqual([
    'authenticator/codes.ts',
    'authenticator/one-time-code.ts',
    'proof/secrets.ts',
  ])
  expect(everywhereWith(/\bprove\(|\bprove</)).toEqual(['proof/prove.ts', 'proof/secrets.ts'])
})

test('bytes are compared in the same time wherever they differ, for passwords, secrets and codes of ours, and in a note of the audit log', () => {
  expect(everywhereWith(/\btimingSafeEqual\b/)).toEqual([
    'identity/password.ts',
    'operations/audit-log/chain-note.ts',
    'paperwork/official-document/verification-token.ts',
    'proof/secrets.ts',
  ])
  expect(everywhereWith(/\.METRICS_TOKEN\b|settings\[secret\]/)).toEqual(['platform/env.ts', 'proof/secrets.ts'])
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
    'proveKeeper',
    'provePassword',
    'provePasswordAndCode',
    'proveSignedToken',
    'proveToken',
    'refuseProof',
  ].map((name) => [name, everywhereWith(new RegExp(`\\b${name}\\(`)).filter((path) => !path.startsWith('proof/'))])
  expect(Object.fromEntries(callers)).toEqual({
    proveCode: ['second-factor/finish-login.ts', 'second-factor/step-up.ts'],
    proveFirstCode: ['second-factor/confirm-totp.ts'],
    proveKeeper: ['platform/http/request/access-control.ts'],
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
