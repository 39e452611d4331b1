import { evictDurableObject } from 'cloudflare:test'
import fc from 'fast-check'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { freshTurnstile, minute, pass, startClock, stopClock } from '../enrolling/turnstile/clock.ts'

beforeEach(stopClock)
afterEach(startClock)

const count = 12
const act = fc.oneof(
  { weight: 6, arbitrary: fc.record({ kind: fc.constant('take' as const), account: fc.nat(count - 1) }) },
  {
    weight: 4,
    arbitrary: fc.record({ kind: fc.constant('pass' as const), ms: fc.integer({ min: 1, max: 4 * minute }) }),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('pace' as const), pace: fc.integer({ min: 1, max: 20 }) }) },
  {
    weight: 1,
    arbitrary: fc.record({ kind: fc.constant('opens' as const), in: fc.integer({ min: -1, max: 5 * minute }) }),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constantFrom('strain' as const, 'evict' as const) }) },
)

/** Everybody's place after each act: who was let in stays in until the end, nobody falls back, and nobody passes who came later. */
test('whatever happens, turns come in the order of arrival, and a place once had is kept', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(act, { minLength: 5, maxLength: 60 }), async (acts) => {
      const turnstile = freshTurnstile()
      const rule = { pace: 4, opens: 0 }
      await turnstile.look(null, rule)
      const line: number[] = []
      const seen = new Map<number, { position: number; until: number }>()
      for (const one of acts) {
        if (one.kind === 'pass') pass(one.ms)
        if (one.kind === 'pace') rule.pace = one.pace
        if (one.kind === 'opens') rule.opens = one.in < 0 ? 0 : Date.now() + one.in
        if (one.kind === 'strain') await turnstile.strain()
        if (one.kind === 'evict') await evictDurableObject(turnstile)
        if (one.kind === 'take') {
          const { place } = await turnstile.look(one.account, rule)
          if (!place) line.splice(0, line.length, ...line.filter((account) => account !== one.account), one.account)
          if (!place) seen.delete(one.account)
          await turnstile.take(one.account, rule)
        }
        let before = { position: 0, until: 0 }
        for (const account of line) {
          const { place } = await turnstile.look(account, rule)
          const then = seen.get(account)
          if (!place) {
            expect(then!.position).toBe(0)
            expect(Date.now()).toBeGreaterThanOrEqual(then!.until)
            continue
          }
          expect(place.position).toBeGreaterThanOrEqual(before.position)
          expect(place.until).toBeGreaterThanOrEqual(before.until)
          if (then) expect(place.position).toBeLessThanOrEqual(then.position)
          if (then?.position === 0) expect(place.until).toBe(then.until)
          seen.set(account, place)
          before = place
        }
      }
    }),
    { numRuns: 60 },
  )
})
