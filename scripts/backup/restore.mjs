// `npm run backup:restore -- FILE --into PATH | --local | --remote --env NAME`: restores a downloaded backup into a new database: a SQLite
// file, the local state of `npm start` (LYCEUM_STATE), or the D1 database of a deployment. --keys FILE holds the value of BACKUP_KEYS.
import { resolve } from 'node:path'
import { DamagedBackup } from '../../src/operations/backup-file/damage.ts'
import { root } from '../prepare.mjs'
import { readKeys, Refusal, runCommand, typed } from './command.mjs'
import { readBackup } from './read.mjs'
import { questionsOf, statementsOf } from './statements.mjs'
import { intoDeployment, intoFile, intoLocalState } from './targets.mjs'

const usage =
  'npm run backup:restore -- FILE --into NEW.sqlite | --local | --remote --env production|staging [--keys KEYS.json]'
const options = {
  into: { type: 'string' },
  local: { type: 'boolean', default: false },
  remote: { type: 'boolean', default: false },
  env: { type: 'string' },
}

await runCommand(usage, options, async (path, values) => {
  const startedAt = performance.now()
  const open = targetOf(values)
  const backup = await readBackup(path, readKeys(values.keys))
  const { target, name } = await open()
  for await (const statement of statementsOf(backup)) await target.run(statement)
  const rows = await check(target, backup.manifest)
  await target.end()
  const { manifest } = backup
  const seconds = ((performance.now() - startedAt) / 1000).toFixed(1)
  console.log(`Restored ${manifest.name} of ${manifest.started_at} into ${name}.
${manifest.tables.length} tables, ${rows} rows, ${seconds} s. Every count and every reference holds.`)
})

/** What opens the target that the options name. */
function targetOf({ into, local, remote, env }) {
  if ([into !== undefined, local, remote].filter(Boolean).length !== 1 || remote !== (env !== undefined))
    throw new Refusal(`Say where to.\n${usage}`)
  if (env !== undefined && !['production', 'staging'].includes(env)) throw new Refusal(`There is no ${env}.\n${usage}`)
  if (remote) return async () => ({ target: await intoDeployment(env), name: `the database of ${env}` })
  const place = local ? resolve(root, process.env.LYCEUM_STATE ?? '.lyceum') : typed(into)
  return async () => ({ target: local ? await intoLocalState(place) : intoFile(place), name: place })
}

/** The number of rows, which are those that the manifest says. */
async function check(target, manifest) {
  const numbers = await target.ask(questionsOf(manifest))
  for (const [place, { name, rows }] of manifest.tables.entries())
    if (numbers[place] !== rows)
      throw new DamagedBackup(`table ${name}`, `it has ${numbers[place]} rows instead of ${rows}`)
  if (numbers.at(-1) !== 0) throw new DamagedBackup('references', `${numbers.at(-1)} lead nowhere`)
  return manifest.tables.reduce((sum, { rows }) => sum + rows, 0)
}
