import { evictDurableObject, runDurableObjectAlarm, runInDurableObject } from 'cloudflare:test'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { accounts, freshTurnstile, minute, pass, second, slow, startClock, stopClock, type Turnstile } from './clock.ts'

beforeEach(stopClock)
afterEach(startClock)

/** Where each account stands: its position, 0 when its turn has come; null without a place. */
const standings = async (turnstile: Turnstile, who: readonly number[], rule = slow) => {
  const found = []
  for (const account of who) found.push((await turnstile.look(account, rule)).place?.position ?? null)
  return found
}

const takeAll = async (turnstile: Turnstile, who: readonly number[], rule = slow) => {
  const answers = []
  for (const account of who) answers.push((await turnstile.take(account, rule)).place!)
  return answers
}

describe('order', () => {
  test('who comes to an empty turnstile passes at once, up to what a second takes', async () => {
    const turnstile = freshTurnstile()
    await turnstile.take(1, { pace: 300, opens: 0 })
    pass(minute)
    const taken = await takeAll(turnstile, [2, 3, 4, 5, 6, 7, 8], { pace: 300, opens: 0 })
    expect(taken.map(({ position }) => position)).toEqual([0, 0, 0, 0, 0, 1, 2])
  })

  test('the others have their turn in the order in which they came, at the pace of the term', async () => {
    const turnstile = freshTurnstile()
    const who = accounts(5)
    await takeAll(turnstile, who)
    const seen = []
    for (let i = 0; i < 5; i += 1) {
      seen.push(await standings(turnstile, who))
      pass(second)
    }
    expect(seen).toEqual([
      [0, 1, 2, 3, 4],
      [0, 0, 1, 2, 3],
      [0, 0, 0, 1, 2],
      [0, 0, 0, 0, 1],
      [0, 0, 0, 0, 0],
    ])
  })

  test('asking again and again wins nothing, and whoever comes later is behind', async () => {
    const turnstile = freshTurnstile()
    await takeAll(turnstile, [1, 2, 3])
    for (let i = 0; i < 20; i += 1) await turnstile.take(3, slow)
    await takeAll(turnstile, [4, 4, 4])
    expect(await standings(turnstile, [2, 3, 4])).toEqual([1, 2, 3])
  })

  test('nobody starves: who was let in and comes again is behind everybody who waits', async () => {
    const turnstile = freshTurnstile()
    await takeAll(turnstile, accounts(1200))
    pass(15 * minute + 1)
    expect(await standings(turnstile, [1, 902, 1200])).toEqual([null, 1, 299])
    await turnstile.take(1, slow)
    expect(await standings(turnstile, [1, 902, 1200])).toEqual([300, 1, 299])
  })

  test('many requests of one account at once get one place', async () => {
    const turnstile = freshTurnstile()
    await takeAll(turnstile, [1, 2])
    const taken = await Promise.all(Array.from({ length: 20 }, () => turnstile.take(3, slow)))
    expect(new Set(taken.map(({ place }) => place!.position))).toEqual(new Set([2]))
    expect((await turnstile.take(4, slow)).place!.position).toBe(3)
    expect((await turnstile.look(null, slow)).waiting).toBe(3)
  })

  test('before enrollment opens places are taken and nobody is let in', async () => {
    const rule = { pace: 60, opens: Date.now() + 10 * minute }
    const turnstile = freshTurnstile()
    const taken = await takeAll(turnstile, [1, 2, 3], rule)
    expect(taken.map(({ position, waitMs }) => [position, waitMs])).toEqual([
      [1, 10 * minute + second],
      [2, 10 * minute + 2 * second],
      [3, 10 * minute + 3 * second],
    ])
    pass(10 * minute)
    expect(await standings(turnstile, [1, 2, 3], rule)).toEqual([1, 2, 3])
    pass(2 * second)
    expect(await standings(turnstile, [1, 2, 3], rule)).toEqual([0, 0, 1])
  })
})

describe('a place', () => {
  test('is kept while its account is away, and 15 minutes beyond its turn', async () => {
    const turnstile = freshTurnstile()
    const [, , third] = await takeAll(turnstile, [1, 2, 3])
    pass(2 * second)
    expect(await turnstile.take(3, slow)).toMatchObject({ place: { position: 0, until: third!.until } })
    pass(15 * minute - 1)
    expect(await standings(turnstile, [2, 3])).toEqual([null, 0])
    pass(1)
    expect(await standings(turnstile, [3])).toEqual([null])
  })

  test.each(['waits', 'was let in'])('that %s survives an eviction of the object', async (when) => {
    const turnstile = freshTurnstile()
    await takeAll(turnstile, accounts(6))
    pass(when === 'waits' ? 2 * second : 10 * second)
    const before = [await standings(turnstile, accounts(6)), await turnstile.take(6, slow)]
    await evictDurableObject(turnstile)
    expect([await standings(turnstile, accounts(6)), await turnstile.take(6, slow)]).toEqual(before)
    expect((await turnstile.take(7, slow)).place!.position).toBe(when === 'waits' ? 4 : 0)
  })

  test('of a turn that came stays as it was when the pace changes; who waits follows the new one', async () => {
    const turnstile = freshTurnstile()
    await takeAll(turnstile, accounts(10))
    pass(2.5 * second)
    const { until } = (await turnstile.look(3, slow)).place!
    const slower = { pace: 6, opens: 0 }
    expect((await turnstile.look(3, slower)).place).toEqual({ position: 0, waitMs: 0, until })
    expect((await turnstile.look(5, slower)).place).toMatchObject({ position: 2, waitMs: 15 * second })
  })

  test('that is over is forgotten, and an object without places gives its disk back', async () => {
    const turnstile = freshTurnstile()
    await takeAll(turnstile, [1, 2])
    const kept = () =>
      runInDurableObject(turnstile, (_, { storage }) =>
        storage.sql.exec("select name from sqlite_schema where name = 'place'").toArray().length === 0
          ? null
          : storage.sql.exec<{ n: number }>('select count(*) as n from place').one().n,
      )
    pass(15 * minute + 1)
    await runDurableObjectAlarm(turnstile)
    expect(await kept()).toBe(1)
    pass(15 * minute)
    await runDurableObjectAlarm(turnstile)
    expect(await kept()).toBeNull()
    expect((await turnstile.take(1, slow)).place!.position).toBe(0)
  })
})

describe('the wait that is told', () => {
  test('comes true, whoever else comes, asks or stays away', async () => {
    const turnstile = freshTurnstile()
    const told = new Map<number, number>()
    const came = new Map<number, number>()
    let arrived = 0
    for (let tick = 0; tick < 90; tick += 1) {
      for (let i = 0; i < (tick < 15 ? 4 : 1) && arrived < 80; i += 1) {
        arrived += 1
        told.set(arrived, Date.now() + (await turnstile.take(arrived, slow)).place!.waitMs)
      }
      for (const account of told.keys()) {
        if (came.has(account) || account % 7 === 0) continue
        if ((await turnstile.look(account, slow)).place!.position === 0) came.set(account, Date.now())
      }
      pass(second)
    }
    const off = [...came].map(([account, at]) => at - told.get(account)!)
    expect(off.length).toBeGreaterThan(60)
    expect(off.filter((ms) => ms < 0 || ms >= second)).toEqual([])
  })

  test('grows when those who were let in had to wait for the database, and shrinks when it takes more again', async () => {
    const turnstile = freshTurnstile()
    await takeAll(turnstile, accounts(1000))
    const wait = async () => Math.round((await turnstile.look(1000, slow)).place!.waitMs / second)
    const seen = [await wait()]
    for (let i = 0; i < 10; i += 1) await turnstile.strain()
    seen.push(await wait())
    for (let i = 0; i < 6; i += 1) {
      pass(second)
      await turnstile.strain()
    }
    seen.push(await wait())
    pass(10 * second)
    seen.push(await wait())
    pass(10 * second)
    seen.push(await wait())
    expect(seen).toEqual([999, 1998, 3985, 1988, 989])
  })

  test('is never more than four times that of a database at rest', async () => {
    const turnstile = freshTurnstile()
    await takeAll(turnstile, accounts(11))
    for (let i = 0; i < 10; i += 1) {
      await turnstile.strain()
      pass(5 * second)
    }
    const { place } = await turnstile.take(12, slow)
    expect(place!.waitMs).toBeLessThanOrEqual(place!.position * 4 * second)
    expect(place!.waitMs).toBeGreaterThan((place!.position - 1) * 4 * second)
  })
})
