// Prints fresh secrets, one NAME=value a line: `npm run secrets`. With --local their key ids say that they are for development.
// `npm run secrets -- --renew NAME FILE` gives one secret of such a file a new value; a list of keys keeps its old ones.
// `npm run secrets -- --retire NAME FILE` leaves a list of keys only the newest.
// `npm run secrets -- --seal KEY.pem CHAIN.pem FILE` puts a key that an authority has certified first in SEAL_KEYS.
import { generateKeyPairSync, randomBytes } from 'node:crypto'
import { readFileSync, writeFileSync } from 'node:fs'
import { makeSealKey, readSealKey } from './seal-key.mjs'

/** @param {{ local: boolean }} options */
const freshKid = ({ local }) =>
  `${local ? 'local-' : ''}${new Date().toISOString().slice(0, 10)}-${randomBytes(3).toString('hex')}`

/**
 * How each secret is made: some take a second.
 * @param {{ local: boolean }} options
 */
export function secretMakers({ local }) {
  const kid = freshKid({ local })
  const random = () => randomBytes(32).toString('base64url')
  return {
    JWT_KEYS: () => JSON.stringify([{ ...generateKeyPairSync('ed25519').privateKey.export({ format: 'jwk' }), kid }]),
    TRANSCRIPT_KEY: random,
    METRICS_TOKEN: () => `${local ? 'local-' : ''}${random()}`,
    ACCOUNT_KEYS: () => JSON.stringify([{ kid, k: random() }]),
    AUDIT_KEYS: () => JSON.stringify([{ kid, k: random() }]),
    // Two for development, so that rotation can be tried.
    BACKUP_KEYS: () =>
      JSON.stringify((local ? [kid, `${kid}-next`] : [kid]).map((name) => ({ kid: name, k: random() }))),
    SEAL_KEYS: () => JSON.stringify([makeSealKey(kid, local ? 'Lyceum, for development' : institution())]),
  }
}

/** @param {{ local: boolean }} options */
export const makeSecrets = (options) =>
  Object.fromEntries(Object.entries(secretMakers(options)).map(([name, make]) => [name, make()]))

/** The name on a certificate that nobody else has signed. */
function institution() {
  const configuration = readFileSync(new URL('../wrangler.toml', import.meta.url), 'utf8')
  return /\[env\.production\.vars\][^[]*?\nINSTITUTION_NAME = "([^"]+)"/.exec(configuration)?.[1] ?? 'Lyceum'
}

/** Cloudflare takes 5 KB a variable: what is longer goes on in NAME_2, NAME_3, NAME_4. */
const longest = 5000
const pieces = [1, 2, 3, 4]
const pieceName = (name, piece) => (piece === 1 ? name : `${name}_${piece}`)

/** The lines of a secret. A dash takes the place of pieces that it had before. */
function linesOf(name, value, had = 1) {
  const needed = Math.ceil(value.length / longest)
  if (needed > pieces.length) throw new Error(`${name} is too long: retire keys first.`)
  return pieces
    .slice(0, Math.max(needed, had))
    .map((piece) => `${pieceName(name, piece)}=${value.slice((piece - 1) * longest, piece * longest) || '-'}`)
}

/** The newest key of a list comes first, but in BACKUP_KEYS, whose next key is made current by hand. */
const isNewestLast = (name) => name === 'BACKUP_KEYS'

/** The value of a secret with a new key: in a list beside the old ones. */
function renewed(name, old) {
  const fresh = secretMakers({ local: false })[name]()
  if (!fresh.startsWith('[')) return fresh
  const [keys, [key]] = [JSON.parse(old), JSON.parse(fresh)]
  return JSON.stringify(isNewestLast(name) ? [...keys, key] : [key, ...keys])
}

const retired = (name, old) => JSON.stringify([JSON.parse(old).at(isNewestLast(name) ? -1 : 0)])

/** Writes the file anew with another value of one secret. */
function change(file, name, valueOf) {
  const lines = readFileSync(file, 'utf8').trim().split('\n')
  const own = pieces.map((piece) => `${pieceName(name, piece)}=`)
  const isOwn = (line) => own.some((start) => line.startsWith(start))
  const place = lines.findIndex(isOwn)
  if (place < 0) throw new Error(`${file} has no ${name}.`)
  const old = lines.filter(isOwn).map((line) => line.slice(line.indexOf('=') + 1))
  const value = valueOf(name, old.filter((piece) => piece !== '-').join(''))
  const rest = lines.filter((line) => !isOwn(line))
  rest.splice(place, 0, ...linesOf(name, value, old.length))
  writeFileSync(file, `${rest.join('\n')}\n`, { mode: 0o600 })
}

function run([option, ...given]) {
  const [name, file] = given
  if (option === '--renew') return change(file, name, renewed)
  if (option === '--retire') return change(file, name, retired)
  if (option === '--seal') return seal(given)
  for (const entry of Object.entries(makeSecrets({ local: option === '--local' })))
    for (const line of linesOf(...entry)) console.log(line)
}

function seal([key, chain, file]) {
  const certified = readSealKey(freshKid({ local: false }), {
    key: readFileSync(key, 'utf8'),
    chain: readFileSync(chain, 'utf8'),
  })
  change(file, 'SEAL_KEYS', (_, old) => JSON.stringify([certified, ...JSON.parse(old)]))
}

if (import.meta.main ?? process.argv[1]?.endsWith('make-secrets.mjs')) run(process.argv.slice(2))
