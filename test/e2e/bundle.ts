import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { runWrangler } from '../../scripts/wrangler.mjs'
import { root } from './server.ts'

/** Where the settings of the Worker lie in the folder of its bundle. */
export const settingsIn = (bundle: string) => join(bundle, 'settings.json')

/** Puts the Worker's bundle into a folder, as a deployment makes it. */
export const makeBundle = (folder: string) => runWrangler(['deploy', '--dry-run', '--env', '', '--outdir', folder])

/** Puts what `wrangler.toml` and `.dev.vars` say beside the bundle, in the terms of Miniflare. */
export async function keepSettings(folder: string): Promise<void> {
  const { unstable_getMiniflareWorkerOptions: optionsOf, unstable_readConfig: read } = await import('wrangler')
  const config = read({ config: join(root, 'wrangler.toml') })
  const settings = { name: config.name, ...optionsOf(config).workerOptions }
  writeFileSync(settingsIn(folder), JSON.stringify(settings), { mode: 0o600 })
}
