// Prints fresh secrets, one NAME=value a line: `npm run secrets`. With --local their key ids say that they are for development.
// `npm run secrets -- --renew NAME FILE` gives one secret of such a file a new value; a list of keys keeps its old ones.
// `npm run secrets -- --retire NAME FILE` leaves a list of keys only the newest.
import { generateKeyPairSync, randomBytes } from 'node:crypto'
import { readFileSync, writeFileSync } from 'node:fs'

/** @param {{ local: boolean }} options */
export function makeSecrets({ local }) {
  const kid = `${local ? 'local-' : ''}${new Date().toISOString().slice(0, 10)}-${randomBytes(3).toString('hex')}`
  const signingKey = { ...generateKeyPairSync('ed25519').privateKey.export({ format: 'jwk' }), kid }
  const random = () => randomBytes(32).toString('base64url')
  return {
    JWT_KEYS: JSON.stringify([signingKey]),
    TRANSCRIPT_KEY: random(),
    METRICS_TOKEN: `${local ? 'local-' : ''}${random()}`,
    ACCOUNT_KEYS: JSON.stringify([{ kid, k: random() }]),
    // Two for development, so that rotation can be tried.
    BACKUP_KEYS: JSON.stringify((local ? [kid, `${kid}-next`] : [kid]).map((name) => ({ kid: name, k: random() }))),
  }
}

/** The newest key of a list comes first, but in BACKUP_KEYS, whose next key is made current by hand. */
const isNewestLast = (name) => name === 'BACKUP_KEYS'

/** The value of a secret with a new key: in a list beside the old ones. */
function renewed(name, old) {
  const fresh = makeSecrets({ local: false })[name]
  if (!fresh.startsWith('[')) return fresh
  const [keys, [key]] = [JSON.parse(old), JSON.parse(fresh)]
  return JSON.stringify(isNewestLast(name) ? [...keys, key] : [key, ...keys])
}

const retired = (name, old) => JSON.stringify([JSON.parse(old).at(isNewestLast(name) ? -1 : 0)])

/** Writes the file anew with another value of one secret. */
function change(file, name, valueOf) {
  const lines = readFileSync(file, 'utf8').trim().split('\n')
  const place = lines.findIndex((line) => line.startsWith(`${name}=`))
  if (place < 0) throw new Error(`${file} has no ${name}.`)
  lines[place] = `${name}=${valueOf(name, lines[place].slice(name.length + 1))}`
  writeFileSync(file, `${lines.join('\n')}\n`, { mode: 0o600 })
}

function run([option, name, file]) {
  if (option === '--renew') return change(file, name, renewed)
  if (option === '--retire') return change(file, name, retired)
  for (const entry of Object.entries(makeSecrets({ local: option === '--local' }))) console.log(entry.join('='))
}

if (import.meta.main ?? process.argv[1]?.endsWith('make-secrets.mjs')) run(process.argv.slice(2))
