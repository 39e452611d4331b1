// What the commands for backups share: their arguments, their keys, and how they end.
import { existsSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { parseArgs, parseEnv } from 'node:util'
import { DamagedBackup, MissingBackupKey } from '../../src/operations/backup-file/damage.ts'
import { root } from '../prepare.mjs'

/** Something that whoever runs the command can mend; its message says how. */
export class Refusal extends Error {}

/** A path as it was typed: npm runs scripts in the project's folder. */
export const typed = (path) => resolve(process.env.INIT_CWD ?? '.', path)

/**
 * Runs `work` with the file and the options of the command line and ends with 0, or with 1 and what is wrong. What it writes is its owner's
 * alone.
 */
export async function runCommand(usage, options, work) {
  process.umask(0o077)
  for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => process.exit(130))
  try {
    const { file, values } = argumentsOf(usage, options)
    await work(typed(file), values)
  } catch (error) {
    if (!isExpected(error)) throw error
    console.error(textOf(error))
    process.exitCode = 1
  }
}

function argumentsOf(usage, options) {
  try {
    const { values, positionals } = parseArgs({
      options: { ...options, keys: { type: 'string' } },
      allowPositionals: true,
    })
    if (positionals.length === 1) return { file: positionals[0], values }
  } catch (error) {
    throw new Refusal(`${error.message}\n${usage}`)
  }
  throw new Refusal(`Say which file.\n${usage}`)
}

const isExpected = (error) =>
  [Refusal, DamagedBackup, MissingBackupKey].some((kind) => error instanceof kind) ||
  error.syscall !== undefined ||
  isSqlite(error)

const isSqlite = ({ code }) => code === 'ERR_SQLITE_ERROR'

function textOf(error) {
  if (isSqlite(error)) return `SQLite says: ${error.message}.`
  if (error instanceof DamagedBackup) return `The backup cannot be used. ${error.message}.`
  if (error instanceof MissingBackupKey)
    return `BACKUP_KEYS does not hold the key ${error.kid}, which opens this backup. Give it with --keys FILE.`
  return error.message
}

/** The keys that open backups: of `file`, else of the environment, else of .dev.vars. */
export function readKeys(file) {
  const local = join(root, '.dev.vars')
  const text = file
    ? readFileSync(typed(file), 'utf8')
    : (process.env.BACKUP_KEYS ?? (existsSync(local) ? parseEnv(readFileSync(local, 'utf8')).BACKUP_KEYS : undefined))
  if (!text)
    throw new Refusal('The keys are missing. Give the value of BACKUP_KEYS with --keys FILE, or set BACKUP_KEYS.')
  const ring = parseRing(text)
  if (!ring) throw new Refusal('The keys are not what BACKUP_KEYS holds: [{"kid":"...","k":"32 bytes in base64url"}]')
  return ring
}

function parseRing(text) {
  try {
    const ring = JSON.parse(text).map(({ kid, k }) => ({ kid, key: new Uint8Array(Buffer.from(k, 'base64url')) }))
    return ring.every(({ kid, key }) => typeof kid === 'string' && key.length === 32) ? ring : undefined
  } catch {
    return undefined
  }
}
