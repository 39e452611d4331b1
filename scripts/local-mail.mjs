// Mail that is sent locally: wrangler leaves it in a folder that goes with the server; here it is kept with the local state.
import { copyFileSync, existsSync, mkdirSync, readdirSync, statSync } from 'node:fs'
import { basename, join } from 'node:path'
import { root } from './prepare.mjs'

const outbox = join(root, '.wrangler', 'tmp', 'email')
const everyMs = 1000

/** Copies each mail that is sent from now on into `folder`, as `<time>-<id>.txt`. Does not keep the process alive. */
export function keepMail(folder) {
  const since = Date.now()
  const seen = new Set()
  const look = () => {
    if (!existsSync(outbox)) return
    for (const entry of readdirSync(outbox, { recursive: true, withFileTypes: true })) {
      const file = join(entry.parentPath, entry.name)
      if (!entry.isFile() || !entry.name.endsWith('.txt') || seen.has(file)) continue
      seen.add(file)
      const { mtime } = statSync(file)
      if (mtime.getTime() < since) continue
      mkdirSync(folder, { recursive: true })
      const time = mtime.toISOString().replaceAll(/[:.]/g, '-')
      copyFileSync(file, join(folder, `${time}-${basename(entry.name).split('@')[0]}.txt`))
    }
  }
  setInterval(look, everyMs).unref()
}
