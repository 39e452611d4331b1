import { execFileSync } from 'node:child_process'
import { X509Certificate } from 'node:crypto'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'

let folder: string
let file: string
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'secrets-'))
  file = join(folder, 'secrets')
  writeFileSync(file, run())
})
afterAll(() => rmSync(folder, { recursive: true }))

const run = (...given: string[]) => execFileSync('node', ['scripts/make-secrets.mjs', ...given], { encoding: 'utf8' })

interface Key {
  kid: string
  key: string
  x5c: [string, ...string[]]
}

/** The variables of the file, and the ring that those of SEAL_KEYS make together. */
function read() {
  const lines = readFileSync(file, 'utf8').trim().split('\n')
  const variables = new Map(lines.map((line) => [line.slice(0, line.indexOf('=')), line.slice(line.indexOf('=') + 1)]))
  const pieces = [...variables].filter(([name, value]) => name.startsWith('SEAL_KEYS') && value !== '-')
  return { variables, ring: JSON.parse(pieces.map(([, value]) => value).join('')) as Key[] }
}

const pem = (name: string, base64: string) => `-----BEGIN ${name}-----\n${base64}\n-----END ${name}-----\n`

test('a fresh key for documents has a certificate in the name of the institution, good for ten years', () => {
  const [{ kid, x5c }, ...others] = read().ring as [Key, ...Key[]]
  expect([others, kid.startsWith('local-')]).toEqual([[], false])
  const certificate = new X509Certificate(Buffer.from(x5c[0], 'base64'))
  expect(certificate.subject).toContain('CN=Lyceum University')
  expect(certificate.verify(certificate.publicKey)).toBe(true)
  expect(new Date(certificate.validTo).getUTCFullYear() - new Date(certificate.validFrom).getUTCFullYear()).toBe(10)
})

test('a new one comes first, in as many variables as it takes; once the old is retired a dash fills the rest', () => {
  const [old] = read().ring
  run('--renew', 'SEAL_KEYS', file)
  const renewed = read()
  expect(renewed.ring.slice(1)).toEqual([old])
  expect([...renewed.variables.values()].filter(({ length }) => length > 5000)).toEqual([])
  expect(renewed.variables.get('SEAL_KEYS_2')?.length).toBeGreaterThan(1)
  run('--retire', 'SEAL_KEYS', file)
  const retired = read()
  expect(retired.ring).toEqual([renewed.ring[0]])
  expect(retired.variables.get('SEAL_KEYS_2')).toBe('-')
})

test('a key that an authority has certified comes first, with its chain', () => {
  const [now] = read().ring as [Key]
  const [key, chain] = [join(folder, 'key.pem'), join(folder, 'chain.pem')]
  writeFileSync(key, pem('PRIVATE KEY', now.key))
  writeFileSync(chain, pem('CERTIFICATE', now.x5c[0]) + pem('CERTIFICATE', now.x5c[0]))
  run('--seal', key, chain, file)
  const [sealed, ...rest] = read().ring as [Key, ...Key[]]
  expect([sealed.key, sealed.x5c, rest]).toEqual([now.key, [now.x5c[0], now.x5c[0]], [now]])
})
