// Prints fresh secrets, one NAME=value a line: `npm run secrets`. With --local their key ids say that they are for development.
import { generateKeyPairSync, randomBytes } from 'node:crypto'

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

if (import.meta.main ?? process.argv[1]?.endsWith('make-secrets.mjs')) {
  for (const [name, value] of Object.entries(makeSecrets({ local: process.argv.includes('--local') })))
    console.log(`${name}=${value}`)
}
