import { env } from 'cloudflare:workers'
import { afterAll, beforeAll } from 'vitest'
import { answered } from './answered.ts'
import { freshStorage } from './schema.ts'

/** Each file starts with empty storage and a fresh schema. */
beforeAll(freshStorage)

/** test/afterwards looks whether every error was answered to some test. */
afterAll(() => env.TEST_ANSWERED.fetch('http://answered', { method: 'POST', body: JSON.stringify([...answered]) }))
