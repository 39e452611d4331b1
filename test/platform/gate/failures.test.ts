import { evictDurableObject } from 'cloudflare:test'
import { describe, expect, test } from 'vitest'
import { testEnv, unique } from '../../world.ts'

const freshGate = () => testEnv.GATE.getByName(`failures:${unique()}`)
type Gate = ReturnType<typeof freshGate>

const perMinute = (requests: number, name = 'read') => ({ name, requests, windowSeconds: 60 })
const attempt = (gate: Gate, failures: number) =>
  gate.ask({ limits: [perMinute(1000, 'any')], failures: [perMinute(failures, 'failures')], lasting: true })

describe('failures', () => {
  test('are those that were told, and as many as the limit says', async () => {
    const gate = freshGate()
    for (let i = 0; i < 4; i += 1) {
      const { allowed, reservation } = await attempt(gate, 3)
      expect(allowed).toBe(i < 3)
      if (reservation) await gate.settle(reservation, { failed: true })
    }
  })

  test('are none of a hundred at once that all turn out well: all are let in', async () => {
    const gate = freshGate()
    const answers = await Promise.all(
      Array.from({ length: 100 }, async () => {
        const answer = await attempt(gate, 3)
        await gate.settle(answer.reservation!, { failed: false })
        return answer
      }),
    )
    expect(answers.filter(({ allowed }) => allowed)).toHaveLength(100)
    expect(await attempt(gate, 3)).toMatchObject({ allowed: true })
  })

  test.each([1, 3, 50])('are never more than %i, also when a hundred are under way at once', async (limit) => {
    const gate = freshGate()
    const answers = await Promise.all(
      Array.from({ length: 100 }, async () => {
        const answer = await attempt(gate, limit)
        if (answer.reservation) await gate.settle(answer.reservation, { failed: true })
        return answer
      }),
    )
    expect(answers.filter(({ allowed }) => allowed)).toHaveLength(limit)
    const refused = answers.filter(({ allowed }) => !allowed)
    expect(refused.filter(({ name, resetSeconds }) => name !== 'failures' || resetSeconds < 1)).toEqual([])
  })

  test('of which some turn out well leave room for as many more', async () => {
    const gate = freshGate()
    const outcomes = await Promise.all(
      Array.from({ length: 40 }, async (_, i) => {
        const { reservation } = await attempt(gate, 5)
        if (!reservation) return 'refused'
        const failed = i % 2 === 0
        await gate.settle(reservation, { failed })
        return failed ? 'failed' : 'well'
      }),
    )
    expect(outcomes.filter((one) => one === 'failed')).toHaveLength(5)
  })

  test('are forgotten by name, for one or for all that the name stands for', async () => {
    const gate = freshGate()
    const failAs = async (name: string) => {
      const { allowed, reservation } = await gate.ask({ limits: [perMinute(9)], failures: [perMinute(1, name)] })
      if (reservation) await gate.settle(reservation, { failed: true })
      return allowed
    }
    const names = ['lock@a', 'lock@b', 'all']
    const tried = async () => Promise.all(names.map(failAs))
    expect([await tried(), await tried()]).toEqual([
      [true, true, true],
      [false, false, false],
    ])
    await gate.pardon(['lock@b', 'al'])
    expect(await tried()).toEqual([false, true, false])
    await gate.pardon(['lock@', 'all'])
    await evictDurableObject(gate)
    expect(await tried()).toEqual([true, true, true])
  })

  test('whose outcome nobody told survive an eviction as such', async () => {
    const gate = freshGate()
    for (let i = 0; i < 3; i += 1) await attempt(gate, 3)
    await evictDurableObject(gate)
    expect(await attempt(gate, 3)).toMatchObject({ allowed: false })
  })
})
