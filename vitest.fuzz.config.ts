import { mergeConfig } from 'vitest/config'
import { workers } from './vitest.config.ts'

declare module 'vitest' {
  interface ProvidedContext {
    fuzz: { seed: string; only: string }
  }
}

/**
 * Hostile requests made from openapi.json. `FUZZ_SEED` repeats the requests of a run, whose seed is the first thing it prints; `FUZZ_ONLY`
 * names operations, with commas between.
 */
export default async () => {
  const { test, ...config } = await workers({ command: 'serve', mode: 'test' })
  const { FUZZ_SEED: seed = '1', FUZZ_ONLY: only = '' } = process.env
  return mergeConfig(config, {
    test: {
      ...test,
      include: ['test/fuzz/**/*.test.ts'],
      exclude: [],
      testTimeout: 60_000,
      provide: { fuzz: { seed, only } },
    },
  })
}
