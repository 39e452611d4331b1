import { resolve } from 'node:path'
import { defineConfig } from 'vitest/config'
import { longestFirst, restInMemory } from './test/running.ts'

restInMemory()
// Wrangler is 15 MB of code, and tests start it some sixty times.
process.env.NODE_COMPILE_CACHE = resolve('node_modules/.cache/compiled')

/**
 * The tests of the whole: a real server as `npm start` runs it (or, where one starts again and again, its bundle on workerd), real HTTP, a real
 * browser. One server for most of them, and two files at a time.
 */
export default defineConfig({
  test: {
    include: ['test/e2e/**/*.test.ts'],
    globalSetup: 'test/e2e/shared-server.ts',
    maxWorkers: 2,
    expect: { requireAssertions: true },
    sequence: {
      sequencer: longestFirst([
        'deployment.test.ts',
        'crash.test.ts',
        'backup-commands.test.ts',
        'reference-page.test.ts',
        'start.test.ts',
      ]),
    },
    testTimeout: 120_000,
    hookTimeout: 240_000,
  },
})
