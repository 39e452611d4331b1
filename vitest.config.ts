import { cloudflareTest, readD1Migrations } from '@cloudflare/vitest-pool-workers'
import { defineConfig, defineProject } from 'vitest/config'

/** Known to everybody, and therefore refused outside of `ENVIRONMENT = local`. */
const testSecrets = {
  JWT_KEYS: JSON.stringify([
    {
      kty: 'OKP',
      crv: 'Ed25519',
      kid: 'local-test',
      x: '11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo',
      d: 'nWGxne_9WmC6hEr0kuwsxERJxWl7MmkZcDusAxyuf2A',
    },
  ]),
  TRANSCRIPT_KEY: 'AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8',
  METRICS_TOKEN: 'local-0123456789abcdefghijklmnopqrstuvw',
  ACCOUNT_KEYS: JSON.stringify([{ kid: 'local-test', k: 'AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8' }]),
  BACKUP_KEYS: JSON.stringify([
    { kid: 'local-first', k: 'AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8' },
    { kid: 'local-second', k: 'HwABAgMEBQYHCAkKCwwNDg8QERITFBUWFxgZGhscHR4' },
  ]),
}

/** On workerd, through the front door, with a real D1, R2, queue and Durable Objects. */
export const workers = defineProject(async () => ({
  plugins: [
    cloudflareTest({
      wrangler: { configPath: './wrangler.toml' },
      miniflare: {
        bindings: {
          ...testSecrets,
          TEST_MIGRATIONS: await readD1Migrations('migrations'),
          // Cheap hashes, roomy limits and figures that wait until they are asked for; the tests of these set their own.
          PASSWORD_MEMORY_KIB: '64',
          METRICS_FLUSH_MS: '0',
          RATE_LIMIT_SCALE: '1000',
        },
      },
    }),
  ],
  test: {
    name: 'workers',
    include: ['test/**/*.test.ts'],
    exclude: ['test/e2e/**', 'test/fuzz/**', 'test/tools/**'],
    setupFiles: ['test/setup.ts'],
    isolate: false,
    maxWorkers: 1,
  },
}))

/** What reads the sources and needs no Worker. Runs on Node, in seconds. */
const tools = defineProject({
  test: { name: 'tools', include: ['test/tools/**/*.test.ts'], testTimeout: 60_000 },
})

export default defineConfig({ test: { projects: [workers, tools] } })
