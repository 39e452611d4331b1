import { defineConfig } from 'vitest/config'

/** The tests of the whole: a real server as `npm start` runs it, real HTTP, a real browser. One file at a time, one server for most of them. */
export default defineConfig({
  test: {
    include: ['test/e2e/**/*.test.ts'],
    globalSetup: 'test/e2e/shared-server.ts',
    fileParallelism: false,
    testTimeout: 60_000,
    hookTimeout: 240_000,
  },
})
