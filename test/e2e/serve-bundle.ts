/** Serves a bundle and its state until it is told to end. Given in this order: the bundle's folder, a port, the folder of the state. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fromWrangler, modulesIn } from '../../scripts/bundle.mjs'
import { settingsIn } from './bundle.ts'

const [bundle, port, state] = process.argv.slice(2) as [string, string, string]
const { convertV4MiniflareOptions, Miniflare } = fromWrangler('miniflare')
const { bindings, ...settings } = JSON.parse(readFileSync(settingsIn(bundle), 'utf8'))

const server = new Miniflare(
  convertV4MiniflareOptions({
    host: 'localhost',
    port: Number(port),
    // Where `wrangler dev --persist-to` has it.
    resourcePersistencePath: join(state, 'v3'),
    resourceTmpPath: `${state}.tmp`,
    logRequests: false,
    workers: [
      {
        ...settings,
        modulesRoot: bundle,
        modules: modulesIn(bundle),
        bindings: { ...bindings, PUBLIC_URL: `http://localhost:${port}`, RATE_LIMIT_SCALE: '1000' },
      },
    ],
  }),
)
process.once('SIGTERM', () => server.dispose())
await server.ready
