import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { enableCompileCache } from 'node:module'
import { defineConfig, defineProject, type Plugin, type UserWorkspaceConfig } from 'vitest/config'
import { longestFirst, restInMemory } from './test/running.ts'

// Wrangler and its like are 15 MB of code: compiled once, not at each start.
enableCompileCache('node_modules/.cache/compiled')
const { cloudflareTest, readD1Migrations } = await import('@cloudflare/vitest-pool-workers')

declare module 'vitest' {
  interface ProvidedContext {
    fuzz: { seed: string; only: string }
  }
}

restInMemory()

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
  AUDIT_KEYS: JSON.stringify([{ kid: 'local-test', k: 'ERERERERERERERERERERERERERERERERERERERERERE' }]),
  // RSA keys are long: they have a file of their own.
  SEAL_KEYS: JSON.stringify([JSON.parse(readFileSync('test/seal-keys.json', 'utf8'))[0]]),
  BACKUP_KEYS: JSON.stringify([
    { kid: 'local-first', k: 'AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8' },
    { kid: 'local-second', k: 'HwABAgMEBQYHCAkKCwwNDg8QERITFBUWFxgZGhscHR4' },
  ]),
}

const filesOf = (folder: string) =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith('.ts'))
    .map(({ parentPath, name }) => `${parentPath}/${name}`)

/** What the Worker and its tests import of node_modules. */
function libraries(): string[] {
  const files = [
    ...filesOf('src'),
    ...filesOf('test').filter((path) => !/^test\/(?:e2e|tools|afterwards)\//.test(path)),
  ]
  const imports = /^(?:import (?!type )[^'\n]*|\} from )'([@a-z][^':]*)'$/gm
  const imported = files.flatMap((path) => [...readFileSync(path, 'utf8').matchAll(imports)].map(([, name]) => name!))
  return [...new Set(imported)].filter((name) => !/^vitest\b|\.wasm$/.test(name)).toSorted()
}

/**
 * The libraries are bundled once (Vite keeps the bundles) and workerd loads the bundles as they are. Otherwise Vite would transform their
 * 320 files at each start and send them one by one: half of the time before the first test.
 */
const bundledLibraries: Plugin = {
  name: 'bundled-libraries',
  enforce: 'post',
  config: (config) => {
    config.test!.server!.deps!.inline = [/^(?!.*\/\.vite\/)/]
  },
}

const answered = new Set<string>()

/** Hears from the Workers which errors were answered to tests, and keeps that for the tests that come afterwards. */
function answeredBy() {
  const file = 'node_modules/.cache/answered.json'
  mkdirSync('node_modules/.cache', { recursive: true })
  rmSync(file, { force: true })
  return async (request: { json: () => Promise<unknown> }) => {
    for (const code of (await request.json()) as string[]) answered.add(code)
    writeFileSync(file, JSON.stringify([...answered]))
    return new Response()
  }
}

/** A test that asserts nothing fails. */
const expect = { requireAssertions: true }

/** On workerd, through the front door, with a real D1, R2, queue and Durable Objects. */
const onWorkerd = (test: UserWorkspaceConfig['test']) =>
  defineProject(async () => ({
    plugins: [
      bundledLibraries,
      cloudflareTest({
        remoteBindings: false,
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
          serviceBindings: { TEST_ANSWERED: answeredBy() },
          // As in wrangler.toml, but that nobody waits a second for further messages of a batch.
          queueConsumers: {
            'lyceum-work': {
              maxBatchSize: 10,
              maxBatchTimeout: 0.02,
              maxRetries: 5,
              deadLetterQueue: 'lyceum-dead-letters',
            },
            'lyceum-dead-letters': { maxBatchSize: 10, maxBatchTimeout: 0.02 },
          },
        },
      }),
    ],
    test: {
      setupFiles: ['test/setup.ts'],
      deps: { optimizer: { ssr: { enabled: true, include: libraries() } } },
      isolate: false,
      expect,
      maxWorkers: 2,
      // Two files at once on two cores, beside whatever else the machine does.
      testTimeout: 30_000,
      hookTimeout: 60_000,
      sequence: { groupOrder: 2 },
      ...test,
    },
  }))

/** Each use case by example, and what is enumerated from the tables of the code. */
const workers = onWorkerd({
  name: 'workers',
  include: ['test/**/*.test.ts'],
  exclude: ['test/{afterwards,e2e,fuzz,properties,tools}/**'],
})

const { FUZZ_SEED: seed = '1', FUZZ_ONLY: only = '' } = process.env

/**
 * What holds whatever happens: properties tried on generated cases, work killed at every step, hostile requests made from openapi.json.
 * `FUZZ_SEED` repeats the requests of a run, whose seed is the first thing it prints; `FUZZ_ONLY` names operations, with commas between.
 */
const generated = onWorkerd({
  name: 'generated',
  include: ['test/{fuzz,properties}/**/*.test.ts'],
  testTimeout: 60_000,
  provide: { fuzz: { seed, only } },
})

/** What reads the sources and needs no Worker. Runs on Node, in seconds. */
const tools = defineProject({
  test: {
    name: 'tools',
    include: ['test/tools/**/*.test.ts'],
    expect,
    testTimeout: 60_000,
    sequence: { groupOrder: 1 },
  },
})

/** What the run of all tests has left behind. */
const afterwards = defineProject({
  test: { name: 'afterwards', include: ['test/afterwards/**/*.test.ts'], expect, sequence: { groupOrder: 3 } },
})

export default defineConfig({
  test: {
    sequence: {
      // Those of more than ten seconds.
      sequencer: longestFirst([
        'properties/every-step.test.ts',
        'fuzz/first-half.test.ts',
        'fuzz/second-half.test.ts',
        'contract/visibility.test.ts',
        'contract/operations.test.ts',
        'contract/own-rows.test.ts',
        'contract/mass-assignment.test.ts',
        'contract/policy.test.ts',
        'contract/safe-methods.test.ts',
        'import/import-later.test.ts',
        'import/import-sizes.test.ts',
        'properties/result-changes.test.ts',
        'properties/seats.test.ts',
      ]),
    },
    projects: [tools, workers, generated, afterwards],
    coverage: {
      provider: 'istanbul',
      include: ['src/**/*.ts'],
      reporter: ['text-summary', 'html'],
      thresholds: { lines: 90 },
    },
  },
})
