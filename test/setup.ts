import { env } from 'cloudflare:workers'
import { afterAll, beforeAll } from 'vitest'
import { loadLibrary } from '#/engines/typeface/index.ts'
import { answered } from './answered.ts'
import { freshStorage } from './schema.ts'

/** Vite brings it by a request of its own, for which no request of a test may wait; in the bundle it is there and only evaluated. */
await loadLibrary()

/** Each file starts with empty storage and a fresh schema. */
beforeAll(freshStorage)

/** test/afterwards looks whether every error was answered to some test. */
afterAll(() => env.TEST_ANSWERED.fetch('http://answered', { method: 'POST', body: JSON.stringify([...answered]) }))
