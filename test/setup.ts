import { beforeAll } from 'vitest'
import { freshStorage } from './schema.ts'

/** Each file starts with empty storage and a fresh schema. */
beforeAll(freshStorage)
