import { afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { badFields, refusal } from '../../call.ts'
import { counts, importFile } from '../../exchange/import/files.ts'
import { timingOf } from '../../platform/http/serve.ts'
import { type World, world } from '../../world.ts'
import { minute, pass, second, startClock, stopClock, termsApart } from './clock.ts'

let w: World
beforeAll(async () => {
  w = await world()
  await termsApart(20_000)
})
beforeEach(stopClock)
afterEach(startClock)

describe('a term', () => {
  test('has no turnstile unless it says so: nobody waits', async () => {
    const [term, me] = [await w.term(), await w.studentPersona()]
    expect(term.turnstile_pace).toBeNull()
    const nobody = {
      term_id: term.id,
      state: 'off',
      position: null,
      wait_seconds: null,
      admission: null,
      admitted_until: null,
      waiting: 0,
    }
    expect((await me.post(`/terms/${term.id}/turnstile`)).data).toEqual(nobody)
    expect((await me.get(`/terms/${term.id}/turnstile`)).data).toEqual(nobody)
    const section = await w.section({ term_id: term.id })
    const seat = await me.post(`/sections/${section.id}/enroll`, { student_id: me.studentId! })
    expect(seat.status).toBe(201)
  })

  test('gets one, another pace, and none again', async () => {
    const term = await w.term()
    const set = async (turnstile_pace: unknown) =>
      (await w.registrar.patch(`/terms/${term.id}`, { turnstile_pace })).data.turnstile_pace
    expect([await set(600), await set(60_000), await set(null)]).toEqual([600, 60_000, null])
    for (const wrong of [0, -1, 1.5, 60_001, '600', true]) {
      const answer = await w.registrar.patch(`/terms/${term.id}`, { turnstile_pace: wrong })
      expect([answer.status, badFields(answer)]).toEqual([422, ['body.turnstile_pace']])
    }
  })

  test('takes the pace from a file', async () => {
    const [one, other] = [await w.term({ turnstile_pace: 5 }), await w.term()]
    const file = `code,turnstile_pace\n${one.code},\n${other.code},600\n`
    expect(counts(await importFile(w.registrar, 'terms', file))).toEqual([0, 2, 0, 0])
    const paces = [one, other].map(async ({ id }) => (await w.registrar.get(`/terms/${id}`)).data.turnstile_pace)
    expect(await Promise.all(paces)).toEqual([null, 600])
  })

  test('that is not there has no places', async () => {
    const me = await w.studentPersona()
    expect(refusal(await me.post('/terms/999999/turnstile'))).toEqual([404, 'TERM_NOT_FOUND'])
    expect(refusal(await me.get('/terms/999999/turnstile'))).toEqual([404, 'TERM_NOT_FOUND'])
  })
})

describe('a place', () => {
  test('is told with its wait and when to ask again, then with the admission; it rests nowhere', async () => {
    const term = await w.term({ turnstile_pace: 1 })
    const [first, me] = [await w.studentPersona(), await w.studentPersona()]
    const path = `/terms/${term.id}/turnstile` as const
    expect((await me.get(path)).data).toMatchObject({ state: 'none', position: null, waiting: 0 })
    expect((await first.post(path)).data).toMatchObject({ state: 'admitted', position: null, waiting: 0 })
    const taken = await me.post(path)
    expect(taken.data).toMatchObject({ state: 'waiting', position: 1, wait_seconds: 60, admission: null, waiting: 1 })
    expect(['retry-after', 'cache-control'].map((name) => taken.headers.get(name))).toEqual(['60', 'no-store'])
    pass(45 * second)
    const read = await me.get(path)
    expect([read.data.wait_seconds, read.headers.get('retry-after')]).toEqual([15, '15'])
    pass(15 * second)
    const { data, headers } = await me.get(path)
    expect(data).toMatchObject({ state: 'admitted', position: null, wait_seconds: null, waiting: 0 })
    expect(Date.parse(data.admitted_until!) - Date.now()).toBe(15 * minute)
    expect(headers.get('retry-after')).toBeNull()
    expect((await me.post(path)).data).toEqual(data)
  })

  test('far behind asks once a minute', async () => {
    const term = await w.term({ turnstile_pace: 1 })
    const path = `/terms/${term.id}/turnstile` as const
    for (let i = 0; i < 3; i += 1) await (await w.studentPersona()).post(path)
    const { data, headers } = await (await w.studentPersona()).post(path)
    expect([data.position, data.wait_seconds, headers.get('retry-after')]).toEqual([3, 180, '60'])
  })

  test('is of the account, in whatever session; the registry has none and learns how many wait', async () => {
    const term = await w.term({ turnstile_pace: 1 })
    const path = `/terms/${term.id}/turnstile` as const
    const [first, me] = [await w.studentPersona(), await w.studentPersona()]
    await first.post(path)
    const taken = await Promise.all(Array.from({ length: 5 }, () => me.post(path)))
    expect(taken.map(({ data }) => data.position)).toEqual([1, 1, 1, 1, 1])
    expect((await w.registrar.get(path)).data).toMatchObject({ state: 'none', admission: null, waiting: 1 })
    const teacher = await w.teacher()
    expect(refusal(await w.registrar.post(path))).toEqual([403, 'HTTP_403'])
    expect(refusal(await teacher.get(path))).toEqual([403, 'HTTP_403'])
    expect(refusal(await w.anonymous.post(path))).toEqual([401, 'HTTP_401'])
  })

  test('takes one query', async () => {
    const term = await w.term({ turnstile_pace: 1 })
    const me = await w.studentPersona()
    const answers = [await me.post(`/terms/${term.id}/turnstile`), await me.get(`/terms/${term.id}/turnstile`)]
    expect(answers.map((answer) => timingOf(answer))).toEqual([
      { queries: 1, roundTrips: 1 },
      { queries: 1, roundTrips: 1 },
    ])
  })
})
