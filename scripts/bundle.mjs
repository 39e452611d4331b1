// What `wrangler deploy --dry-run` leaves in a folder, for Miniflare to run as it is: without a development proxy, inspector or request log.
import { readdirSync } from 'node:fs'
import { createRequire } from 'node:module'
import { extname, join } from 'node:path'

const kinds = { '.js': 'ESModule', '.wasm': 'CompiledWasm' }

/** Miniflare comes with wrangler, in the version that this wrangler runs on. */
export const fromWrangler = (name) =>
  createRequire(createRequire(import.meta.url).resolve('wrangler/package.json'))(name)

/** The modules of a bundle as Miniflare takes them, the Worker's own first. */
export const modulesIn = (folder) =>
  Object.entries(kinds).flatMap(([extension, type]) =>
    readdirSync(folder)
      .filter((name) => extname(name) === extension)
      .map((name) => ({ type, path: join(folder, name) })),
  )
