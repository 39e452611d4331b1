import { evictDurableObject, runDurableObjectAlarm, runInDurableObject } from 'cloudflare:test'
import { afterEach, describe, expect, test, vi } from 'vitest'
import { testEnv, unique } from '../../world.ts'

const freshGate = () => testEnv.GATE.getByName(`test:${unique()}`)
type Gate = ReturnType<typeof freshGate>

const perMinute = (requests: number, name = 'read') => ({ name, requests, windowSeconds: 60 })
const ask = (gate: Gate, ...limits: { name: string; requests: number; windowSeconds: number }[]) => gate.ask({ limits })
/** The same for what must survive an eviction at once. */
const askLasting = (gate: Gate, limit: { name: string; requests: number; windowSeconds: number }) =>
  gate.ask({ limits: [limit], lasting: true })
/** Lets time pass for the objects, which run where the tests do. */
function pass(ms: number) {
  const now = Date.now() + ms
  vi.spyOn(Date, 'now').mockReturnValue(now)
}
afterEach(() => vi.restoreAllMocks())
const later = () => Date.now() + 900_000

/** The windows that are written down. */
const countedOnDisk = (gate: Gate) =>
  runInDurableObject(gate, (_, { storage }) =>
    storage.sql
      .exec<{ key: string }>('select key from counted order by key')
      .toArray()
      .map(({ key }) => key),
  )

describe('counting requests', () => {
  test.each([1, 5, 37])('lets exactly %i of a hundred parallel requests in when that is the limit', async (limit) => {
    const gate = freshGate()
    const answers = await Promise.all(Array.from({ length: 100 }, () => ask(gate, perMinute(limit))))
    expect(answers.filter(({ allowed }) => allowed)).toHaveLength(limit)
    expect(answers.filter(({ allowed, remaining }) => !allowed && remaining === 0)).toHaveLength(100 - limit)
  })

  test('says what is left and when the oldest request is forgotten', async () => {
    const gate = freshGate()
    expect(await ask(gate, perMinute(2))).toEqual({
      allowed: true,
      revoked: false,
      name: 'read',
      limit: 2,
      remaining: 1,
      windowSeconds: 60,
      resetSeconds: 60,
      reservation: null,
    })
    expect(await ask(gate, perMinute(2))).toMatchObject({ allowed: true, remaining: 0 })
    expect(await ask(gate, perMinute(2))).toMatchObject({ allowed: false, remaining: 0, limit: 2 })
  })

  test('has room again when the window has passed, although refused requests kept coming', async () => {
    const gate = freshGate()
    pass(0)
    expect((await ask(gate, perMinute(1))).allowed).toBe(true)
    expect((await ask(gate, perMinute(1))).allowed).toBe(false)
    pass(59_999)
    expect((await ask(gate, perMinute(1))).allowed).toBe(false)
    pass(2)
    expect((await ask(gate, perMinute(1))).allowed).toBe(true)
  })

  test('keeps the classes of one account apart', async () => {
    const gate = freshGate()
    expect((await ask(gate, perMinute(1, 'write'))).allowed).toBe(true)
    expect((await ask(gate, perMinute(1, 'write'))).allowed).toBe(false)
    expect((await ask(gate, perMinute(1, 'read'))).allowed).toBe(true)
  })

  test('keeps accounts apart', async () => {
    const [one, other] = [freshGate(), freshGate()]
    expect((await ask(one, perMinute(1))).allowed).toBe(true)
    expect((await ask(other, perMinute(1))).allowed).toBe(true)
  })

  test('a changed limit keeps what was counted before', async () => {
    const gate = freshGate()
    await ask(gate, perMinute(2))
    await ask(gate, perMinute(2))
    expect(await ask(gate, perMinute(3))).toMatchObject({ allowed: true, limit: 3, remaining: 0 })
    expect(await ask(gate, perMinute(2))).toMatchObject({ allowed: false })
    expect(await ask(gate, perMinute(3))).toMatchObject({ allowed: false })
  })
})

describe('what was counted survives an eviction', () => {
  test('sign-ins at once', async () => {
    const gate = freshGate()
    for (let i = 0; i < 5; i += 1) await askLasting(gate, perMinute(5, 'sign-in'))
    await evictDurableObject(gate)
    expect(await ask(gate, perMinute(5, 'sign-in'))).toMatchObject({ allowed: false, remaining: 0 })
  })

  test('other requests a second later, each class for itself', async () => {
    const gate = freshGate()
    for (let i = 0; i < 3; i += 1) await ask(gate, perMinute(3, 'write'))
    await ask(gate, perMinute(3, 'read'))
    await vi.waitFor(async () => expect(await countedOnDisk(gate)).toEqual(['read/60', 'write/60']), 10_000)
    await evictDurableObject(gate)
    expect(await ask(gate, perMinute(3, 'write'))).toMatchObject({ allowed: false })
    expect(await ask(gate, perMinute(3, 'read'))).toMatchObject({ allowed: true, remaining: 1 })
  })

  test('and windows recover on time all the same', async () => {
    const gate = freshGate()
    pass(0)
    await askLasting(gate, perMinute(1, 'sign-in'))
    await evictDurableObject(gate)
    pass(59_999)
    expect((await ask(gate, perMinute(1, 'sign-in'))).allowed).toBe(false)
    pass(2)
    expect((await ask(gate, perMinute(1, 'sign-in'))).allowed).toBe(true)
  })

  const rowsOnDisk = (gate: Gate) =>
    runInDurableObject(
      gate,
      (_, { storage }) => storage.sql.exec("select * from sqlite_schema where type = 'table'").toArray().length,
    )

  test('until an hour later there is nothing left to remember: then the disk is given back', async () => {
    const gate = freshGate()
    const short = { name: 'sign-in', requests: 1, windowSeconds: 0.1 }
    await askLasting(gate, short)
    expect(await rowsOnDisk(gate)).toBeGreaterThan(0)
    pass(150)
    expect(await runDurableObjectAlarm(gate)).toBe(true)
    expect(await rowsOnDisk(gate)).toBe(0)
    expect((await ask(gate, short)).allowed).toBe(true)
    await evictDurableObject(gate)
    expect((await ask(gate, { ...short, windowSeconds: 60 })).allowed).toBe(true)
  })

  test('but not while a window is open or a session revoked', async () => {
    const gate = freshGate()
    await askLasting(gate, perMinute(1, 'sign-in'))
    await gate.revoke(['a'], later())
    await runDurableObjectAlarm(gate)
    await evictDurableObject(gate)
    expect(await ask(gate, perMinute(1, 'sign-in'))).toMatchObject({ allowed: false })
    expect(await gate.ask({ limits: [perMinute(1, 'read')], sessionId: 'a' })).toMatchObject({ revoked: true })
  })
})

describe('several limits at once', () => {
  const minute = perMinute(5, 'chat')
  const hour = { name: 'chat', requests: 3, windowSeconds: 3600 }

  test('all must have room, and the answer speaks of the tightest', async () => {
    const gate = freshGate()
    const answers = []
    for (let i = 0; i < 4; i += 1) answers.push(await ask(gate, minute, hour))
    expect(answers.map(({ allowed }) => allowed)).toEqual([true, true, true, false])
    expect(answers.map(({ limit, remaining, windowSeconds }) => [limit, remaining, windowSeconds])).toEqual([
      [3, 2, 3600],
      [3, 1, 3600],
      [3, 0, 3600],
      [3, 0, 3600],
    ])
    expect(answers[3]!.resetSeconds).toBeGreaterThan(3590)
  })

  test('what one of them refuses does not count against the others', async () => {
    const gate = freshGate()
    for (let i = 0; i < 10; i += 1) await ask(gate, minute, hour)
    expect((await ask(gate, minute)).remaining).toBe(1)
  })

  test('when both are used up the answer names the longer wait', async () => {
    const gate = freshGate()
    const both = [perMinute(1, 'chat'), { ...hour, requests: 1 }]
    await ask(gate, ...both)
    const refused = await ask(gate, ...both)
    expect([refused.allowed, refused.windowSeconds]).toEqual([false, 3600])
  })
})

describe('revoked sessions', () => {
  const isRevoked = async (gate: Gate, sessionId: string) =>
    (await gate.ask({ limits: [perMinute(100)], sessionId })).revoked

  test('are known from the next question on, each on its own', async () => {
    const gate = freshGate()
    expect(await isRevoked(gate, 'a')).toBe(false)
    await gate.revoke(['a'], later())
    expect([await isRevoked(gate, 'a'), await isRevoked(gate, 'b')]).toEqual([true, false])
  })

  test('are remembered after an eviction', async () => {
    const gate = freshGate()
    await gate.revoke(['a'], later())
    await gate.revoke(['b'], later())
    await evictDurableObject(gate)
    expect([await isRevoked(gate, 'a'), await isRevoked(gate, 'b'), await isRevoked(gate, 'c')]).toEqual([
      true,
      true,
      false,
    ])
  })

  test('twice is as good as once', async () => {
    const gate = freshGate()
    await gate.revoke(['a'], later())
    await gate.revoke(['a'], later())
    await evictDurableObject(gate)
    expect(await isRevoked(gate, 'a')).toBe(true)
  })

  test('are forgotten on disk once their last token has expired', async () => {
    const gate = freshGate()
    await gate.revoke(['old'], Date.now() - 1)
    await gate.revoke(['new'], later())
    await evictDurableObject(gate)
    expect([await isRevoked(gate, 'old'), await isRevoked(gate, 'new')]).toEqual([false, true])
  })

  test('are all that were signed before an account closed, but those of one session, until it opens again', async () => {
    const gate = freshGate()
    const before = Date.now() + 60_000
    const refused = async () => {
      const at = async (sessionId: string, issuedAt: number) =>
        (await gate.ask({ limits: [perMinute(100)], sessionId, issuedAt })).revoked
      return [await at('own', 0), await at('old', 0), await at('new', before - 1), await at('later', before)]
    }
    await gate.close('first', { except: 'own', before, until: later() })
    await gate.close('second', { except: 'own', before: 1, until: later() })
    expect(await refused()).toEqual([false, true, true, false])
    await evictDurableObject(gate)
    expect(await refused()).toEqual([false, true, true, false])
    await gate.reopen('first', { ended: ['new'], until: later() })
    expect(await refused()).toEqual([false, true, true, false])
    await gate.reopen('second', { ended: [], until: later() })
    await evictDurableObject(gate)
    expect(await refused()).toEqual([false, false, true, false])
    await gate.reopen('third', { ended: [], until: later(), from: 1 })
    await evictDurableObject(gate)
    expect(await refused()).toEqual([true, true, true, false])
  })

  test('are forgotten with the closing that nobody ended, once no token of before is left', async () => {
    const gate = freshGate()
    await gate.close('dead', { except: null, before: later(), until: Date.now() - 1 })
    await runDurableObjectAlarm(gate)
    expect(await isRevoked(gate, 'a')).toBe(false)
  })

  test('are counted as others are, but use up nothing of what their account has', async () => {
    const gate = freshGate()
    await gate.revoke(['a'], later())
    const [limits, failures] = [[perMinute(1)], [perMinute(1, 'failures')]]
    const asked = () => gate.ask({ limits, failures, sessionId: 'a' })
    expect(await asked()).toMatchObject({ allowed: true, revoked: true, reservation: null })
    expect(await asked()).toMatchObject({ allowed: false, revoked: true })
    expect(await gate.ask({ limits, failures, sessionId: 'b' })).toMatchObject({ allowed: true, revoked: false })
  })
})
