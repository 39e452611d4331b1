import { vi } from 'vitest'
import { testEnv, unique } from '../../world.ts'

export const freshTurnstile = () => testEnv.TURNSTILE.getByName(`test:${unique()}`)
export type Turnstile = ReturnType<typeof freshTurnstile>

/** Stops the clock of requests and of objects, which run where the tests do. */
export function stopClock() {
  vi.useFakeTimers({ toFake: ['Date'], now: Date.now() })
}
export const pass = (ms: number) => void vi.setSystemTime(Date.now() + ms)
export const startClock = () => vi.useRealTimers()

export const second = 1000
export const minute = 60 * second

/** A turnstile that lets in one a second, and nobody ahead but the first. */
export const slow = { pace: 60, opens: 0 }

/** Numbers of accounts that nobody has. */
export const accounts = (count: number) => Array.from({ length: count }, (_, i) => i + 1)

/** Has the terms that follow be called by numbers of their own: the turnstile of a term that an earlier file made may still be at work. */
export const termsApart = (from: number) =>
  testEnv.DB.prepare(
    `insert into term (id, code, name, start_date, end_date, created_at, updated_at)
     values (?, 'APART', 'Apart', '2000-01-01', '2000-01-02', '2000-01-01T00:00:00.000Z', '2000-01-01T00:00:00.000Z')`,
  )
    .bind(from)
    .run()
