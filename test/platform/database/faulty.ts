import { afterAll, beforeAll, vi } from 'vitest'
import { databaseBehind } from './between.ts'

/** What D1 says when it, or the way to it, fails for a moment. */
export const texts = [
  'D1_ERROR: Network connection lost.',
  'D1_ERROR: D1 DB reset because its code was updated.',
  'D1_ERROR: Internal error while starting up D1 DB storage caused object to be reset.',
  'D1_ERROR: Internal error in D1 DB storage caused object to be reset.',
  'D1_ERROR: D1 DB storage operation exceeded timeout which caused object to be reset.',
  'D1_ERROR: Cannot resolve D1 DB due to transient issue on remote node.',
  "D1_ERROR: Can't read from request stream because client disconnected.",
  'D1_ERROR: D1 DB is overloaded. Requests queued for too long.',
  'D1_ERROR: D1 DB is overloaded. Too many requests queued.',
  'D1_ERROR: Failed to parse body as JSON, got: error code: 1105',
  'D1_ERROR: internal error; reference = 0123456789abcdef',
]
export const connectionLost = texts[0]!

export type When = 'before' | 'after'

interface Plan {
  text?: string
  /** Whether what was asked had been done by then. */
  when: When
  on: 'read' | 'write'
  /** How many round trips of that kind fail, one after the other. */
  times?: number
  /** What happens before the Worker hears of it. */
  meanwhile?: () => Promise<unknown>
}

export const isWriting = (sent: readonly string[]) => !sent.every((text) => /^\s*(?:select|with)\b/i.test(text))

/** A database whose first round trips of a kind fail, and how many of that kind it has seen. */
export function faulty({ text = connectionLost, when, on, times = 1, meanwhile }: Plan) {
  const seen = { trips: 0 }
  const DB = databaseBehind(async (sent, run) => {
    if (isWriting(sent) !== (on === 'write')) return run()
    seen.trips += 1
    if (seen.trips > times) return run()
    if (when === 'after') await run()
    await meanwhile?.()
    throw new Error(text, { cause: new Error(text.replace('D1_ERROR: ', '')) })
  })
  return { DB, seen }
}

/** Nobody waits between two attempts while the tests of a file run. */
export function withoutPauses(): void {
  beforeAll(() => void vi.spyOn(scheduler, 'wait').mockResolvedValue(undefined))
  afterAll(() => void vi.restoreAllMocks())
}
