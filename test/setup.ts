import { env } from 'cloudflare:workers'
import { afterAll, beforeAll } from 'vitest'
// Here it comes by a request of its own, which no other request may wait for; in the bundle it only has to be evaluated.
import '#/engines/typeface/pdf-library.ts'
import { answered } from './answered.ts'
import { freshStorage } from './schema.ts'

/** Each file starts with empty storage and a fresh schema. */
beforeAll(freshStorage)

/** test/afterwards looks whether every error was answered to some test. */
afterAll(() => env.TEST_ANSWERED.fetch('http://answered', { method: 'POST', body: JSON.stringify([...answered]) }))
