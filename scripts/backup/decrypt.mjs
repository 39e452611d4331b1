// `npm run backup:decrypt -- FILE`: checks a downloaded backup completely and writes what is in it into a folder: manifest.json, schema.sql,
// and a <table>.ndjson for each table: its final rows in the order of the key, each a JSON array in the order of the manifest's `columns`.
// --out FOLDER (FILE without its ending by default); --keys FILE holds the value of BACKUP_KEYS.
import { closeSync, existsSync, fsyncSync, openSync, renameSync, writeFileSync } from 'node:fs'
import { join, parse } from 'node:path'
import { readKeys, Refusal, runCommand, typed } from './command.mjs'
import { readBackup } from './read.mjs'
import { unfinished } from './targets.mjs'

const usage = 'npm run backup:decrypt -- FILE [--keys KEYS.json] [--out FOLDER]'

await runCommand(usage, { out: { type: 'string' } }, async (path, { keys, out }) => {
  const { dir, name } = parse(path)
  const folder = out ? typed(out) : join(dir, name)
  if (existsSync(folder)) throw new Refusal(`${folder} is already there. Name a new folder with --out.`)
  const backup = await readBackup(path, readKeys(keys))
  const partial = unfinished(folder)
  const { manifest } = backup
  writeFileSync(join(partial, 'manifest.json'), `${JSON.stringify(manifest, undefined, 2)}\n`, { flush: true })
  writeFileSync(join(partial, 'schema.sql'), manifest.schema.map((sql) => `${sql};\n`).join('\n'), { flush: true })
  const rows = await writeTables(partial, backup)
  renameSync(partial, folder)
  console.log(`${manifest.name} of ${manifest.started_at} is whole: ${manifest.tables.length} tables, ${rows} rows.
They are in ${folder}, in the clear: delete it when you are done.`)
})

/** Writes a file for each table; answers how many rows they hold. */
async function writeTables(folder, { rows }) {
  let count = 0
  let current
  let file
  const close = () => {
    if (file === undefined) return
    fsyncSync(file)
    closeSync(file)
  }
  for await (const { table, lines } of rows()) {
    if (table.name !== current) {
      close()
      current = table.name
      file = openSync(join(folder, `${current}.ndjson`), 'w')
    }
    writeFileSync(file, lines.map((line) => `${line}\n`).join(''))
    count += lines.length
  }
  close()
  return count
}
