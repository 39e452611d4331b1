// Where a backup is restored to. A target takes statements with `run`, answers questions with `ask`, and stands once `end` was called.
import {
  closeSync,
  existsSync,
  globSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { runWrangler } from '../wrangler.mjs'
import { Refusal } from './command.mjs'

/** Each file is an import of its own, during which D1 answers nobody else. */
const fileBytes = 50_000_000

/** A SQLite file. It appears when it is whole. */
export function intoFile(path) {
  if (existsSync(path)) throw new Refusal(`${path} is already there. Restore into a new file.`)
  const partial = unfinished(path)
  const file = join(partial, basename(path))
  return intoSqlite(file, () => renameSync(file, path))
}

/** The local state of `npm start`. It appears when it is whole. */
export async function intoLocalState(folder) {
  const state = join(folder, 'v3')
  if (existsSync(state))
    throw new Refusal(`${folder} is already in use. Name a new folder with LYCEUM_STATE, or move this one away.`)
  const partial = unfinished(folder)
  await throughWrangler(['--local', '--persist-to', partial]).ask(['select 1 as n'])
  return intoSqlite(localDatabase(partial), () => {
    mkdirSync(folder, { recursive: true })
    renameSync(join(partial, 'v3'), state)
  })
}

/** The file in which wrangler has made the one D1 database of a new state. Through wrangler itself gigabytes would not fit into memory. */
function localDatabase(folder) {
  const files = globSync(join(folder, 'v3', 'd1', '*', '*.sqlite')).filter(
    (file) => basename(file) !== 'metadata.sqlite',
  )
  if (files.length !== 1) throw new Error(`${files.length} databases in a new local state`)
  return files[0]
}

function intoSqlite(path, whenWhole) {
  const database = new DatabaseSync(path, { enableForeignKeyConstraints: false })
  database.exec('begin')
  return {
    run: async (statement) => database.exec(statement),
    ask: async (questions) => questions.map((question) => database.prepare(question).get().n),
    async end() {
      database.exec('commit')
      database.close()
      whenWhole()
    },
  }
}

/** The D1 database of a deployment. Refuses one that holds anything. */
export async function intoDeployment(env) {
  const target = throughWrangler(['--remote', '--env', env])
  await requireEmpty(target, env)
  return target
}

/** Throws when the database has tables: an empty list of applied migrations is all that may be there. */
export async function requireEmpty(target, env) {
  const own = `sqlite_master where substr(name, 1, 4) <> '_cf_' and substr(name, 1, 7) <> 'sqlite_'`
  const [lists, others] = await target.ask([
    `select count(*) as n from ${own} and name = 'd1_migrations'`,
    `select count(*) as n from ${own} and name <> 'd1_migrations'`,
  ])
  if (others > 0 || (lists > 0 && (await target.ask(['select count(*) as n from d1_migrations']))[0] > 0))
    throw new Refusal(
      `The database of ${env} is not empty. Make a new one with wrangler d1 create and put its id into wrangler.toml.
For a database in use there is POST /api/v1/backups/{name}/restore.`,
    )
}

/** The database DB of wrangler.toml, at the place that the options `where` say, filled by SQL files. */
export function throughWrangler(where) {
  const folder = mkdtempSync(join(tmpdir(), 'lyceum-restore-'))
  process.once('exit', () => rmSync(folder, { recursive: true, force: true }))
  const file = join(folder, 'part.sql')
  let descriptor
  let bytes = 0
  const execute = async (...argv) => {
    try {
      return await runWrangler(['d1', 'execute', 'DB', ...where, '--json', ...argv])
    } catch (error) {
      throw new Refusal(messageOf(error))
    }
  }
  const send = async () => {
    if (descriptor === undefined) return
    closeSync(descriptor)
    descriptor = undefined
    bytes = 0
    await execute('--file', file).catch((error) => {
      throw new Refusal(`${error.message}\nThe database is half filled now: delete it, make it anew and start again.`)
    })
  }
  return {
    async run(statement) {
      descriptor ??= openSync(file, 'w')
      const line = Buffer.from(`${statement};\n`)
      writeFileSync(descriptor, line)
      bytes += line.length
      if (bytes > fileBytes) await send()
    },
    async ask(questions) {
      await send()
      const answers = JSON.parse(await execute('--command', questions.join(';\n')))
      return answers.map(({ results }) => results[0].n)
    },
    end: async () => undefined,
  }
}

/** What went wrong, without all that wrangler says around it. */
function messageOf({ message }) {
  const [json] = /^\{\s+"error": [^]*^\}/m.exec(message) ?? []
  if (!json) return message
  const { text, notes = [] } = JSON.parse(json).error
  return ['wrangler says:', text, ...notes.map((note) => note.text)].join('\n')
}

/** A folder for something until it is whole; what is left there goes when the command ends. */
export function unfinished(path) {
  const partial = `${path}.partial`
  const remove = () => rmSync(partial, { recursive: true, force: true })
  remove()
  process.once('exit', remove)
  mkdirSync(partial, { recursive: true })
  return partial
}
