// The migrations as Wrangler splits them, for a database that no Wrangler made.
import { join } from 'node:path'
import { readD1Migrations } from '@cloudflare/vitest-pool-workers'
import { root } from './prepare.mjs'

/** Every migration, in order: its name and its statements. */
export const readMigrations = () => readD1Migrations(join(root, 'migrations'))
