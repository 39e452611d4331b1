import { afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest'
import { refusal } from '../../call.ts'
import { json, serve, serveWith, timingOf } from '../../platform/http/serve.ts'
import { grown } from '../../platform/metrics/scrape.ts'
import { type Persona, type World, world } from '../../world.ts'
import { minute, pass, startClock, stopClock, termsApart } from './clock.ts'

let w: World
beforeAll(async () => {
  w = await world()
  await termsApart(10_000)
})
beforeEach(stopClock)
afterEach(() => {
  startClock()
  vi.restoreAllMocks()
})

/** A term whose turnstile lets in one a minute, and a section of it with a second one of its course. */
async function guarded(fields: object = {}) {
  const term = await w.term({ turnstile_pace: 1 })
  const section = await w.section({ term_id: term.id, ...fields })
  const other = await w.section({ term_id: term.id, course_id: section.course_id, number: '2' })
  return { term: term.id, section: section.id, other: other.id }
}

const admissionOf = async (me: Persona, term: number) => (await me.post(`/terms/${term}/turnstile`)).data.admission!

/** Each thing that takes a seat, or waits for one, in a term with a turnstile. */
const acts = {
  enrollStudent: async () => {
    const { term, section } = await guarded()
    return {
      term,
      act: (me: Persona, by: Persona, h: object) => by.post(`/sections/${section}/enroll`, own(me), { ...h }),
    }
  },
  createEnrollment: async () => {
    const { term, section: section_id } = await guarded()
    return {
      term,
      act: (me: Persona, by: Persona, h: object) => by.post('/enrollments', { section_id, ...own(me) }, { ...h }),
    }
  },
  enrollPairs: async () => {
    const { term, section: section_id } = await guarded()
    return {
      term,
      act: (me: Persona, by: Persona, h: object) =>
        by.post('/enrollments/bulk', { enrollments: [{ section_id, ...own(me) }] }, { ...h }),
    }
  },
  transferEnrollment: async () => {
    const { term, section, other } = await guarded()
    return {
      term,
      act: async (me: Persona, by: Persona, h: object) => {
        const seat = await w.enroll(section, me.studentId!)
        return by.post(`/enrollments/${seat.id}/transfer`, { section_id: other }, { ...h })
      },
    }
  },
  joinWaitlist: async () => {
    const { term, section } = await guarded({ capacity: 0, waitlist_capacity: 9 })
    return {
      term,
      act: (me: Persona, by: Persona, h: object) => by.post(`/sections/${section}/waitlist`, own(me), { ...h }),
    }
  },
  swap: async () => {
    const { term, section, other } = await guarded({ capacity: 0, waitlist_capacity: 9 })
    return {
      term,
      act: async (me: Persona, by: Persona, h: object) => {
        await w.enroll(other, me.studentId!)
        return by.post(`/sections/${section}/waitlist`, { ...own(me), swap: true }, { ...h })
      },
    }
  },
}
const own = (me: Persona) => ({ student_id: me.studentId! })

describe.each(Object.entries(acts))('%s', (name, made) => {
  const done = name === 'enrollPairs' ? 200 : 201

  test('by a student waits for the turn, and passes with the admission', async () => {
    const { term, act } = await made()
    const [first, me] = [await w.studentPersona(), await w.studentPersona()]
    await first.post(`/terms/${term}/turnstile`)
    const held = await act(me, me, {})
    expect(refusal(held)).toEqual([429, 'TURNSTILE_WAIT'])
    expect(held.error!.details).toEqual({ term_id: term, position: 1, wait_seconds: 60 })
    expect(held.headers.get('retry-after')).toBe('60')
    expect(held.error!.message).toContain('Your place is number 1; your turn comes in about 60 seconds.')
    expect((await me.get(`/terms/${term}/turnstile`)).data).toMatchObject({ state: 'waiting', position: 1, waiting: 1 })
    expect((await act(first, first, { 'x-turnstile': await admissionOf(first, term) })).status).toBe(done)
  })

  test('by the registry is never held up', async () => {
    const { act } = await made()
    expect((await act(await w.studentPersona(), w.registrar, {})).status).toBe(done)
  })
})

describe('an admission', () => {
  const tried = async (me: Persona, section: number, admission: string) =>
    refusal(await me.post(`/sections/${section}/enroll`, own(me), { 'x-turnstile': admission }))
  const refused = [429, 'TURNSTILE_WAIT']

  test('is of one account and one term, and not to be made or changed', async () => {
    const [here, there] = [await guarded(), await guarded()]
    const [me, friend] = [await w.studentPersona(), await w.studentPersona()]
    const admission = await admissionOf(friend, here.term)
    const elsewhere = await admissionOf(me, there.term)
    const mine = await admissionOf(me, there.term)
    const [until, code] = elsewhere.split('.') as [string, string]
    const later = `${(Number.parseInt(until, 36) + 1).toString(36)}.${code}`
    for (const wrong of [admission, elsewhere, mine, '', 'x', `${until}.`, `.${code}`, code])
      expect([wrong, await tried(me, here.section, wrong)]).toEqual([wrong, refused])
    expect(await tried(me, there.section, later)).toEqual(refused)
    expect(await tried(me, there.section, elsewhere)).toEqual([201, undefined])
  })

  test('lets in again and again until it is over, 15 minutes after the turn', async () => {
    const { term, section, other } = await guarded()
    const me = await w.studentPersona()
    const { admission, admitted_until } = (await me.post(`/terms/${term}/turnstile`)).data
    expect(Date.parse(admitted_until!) - Date.now()).toBe(15 * minute)
    const apart = await w.section({ term_id: term })
    expect(await tried(me, section, admission!)).toEqual([201, undefined])
    // The access token of the caller ends with it; a fresh one would be refused the same way.
    pass(15 * minute - 1000)
    expect(await tried(me, apart.id, admission!)).toEqual([201, undefined])
    expect(await tried(me, other, admission!)).toEqual([400, 'COURSE_ALREADY_TAKEN'])
  })

  test('may come with others: a basket of two terms shows both', async () => {
    const [here, there] = [await guarded(), await guarded()]
    const me = await w.studentPersona()
    const enrollments = [here, there].map(({ section }) => ({ section_id: section, ...own(me) }))
    const both = [await admissionOf(me, here.term), await admissionOf(me, there.term)]
    const one = await me.post('/enrollments/bulk', { enrollments }, { 'x-turnstile': both[0]! })
    expect([refusal(one), one.error!.details]).toMatchObject([refused, { term_id: there.term, position: 0 }])
    const all = await me.post('/enrollments/bulk', { enrollments }, { 'x-turnstile': both.join(', ') })
    expect(all.data).toMatchObject({ created: 2, failed: 0 })
  })
})

describe('the turnstile', () => {
  test('is not asked of what would be refused anyway, of rehearsals, or of what gives a seat back', async () => {
    const { term, section, other } = await guarded({ capacity: 1 })
    const me = await w.studentPersona()
    const seat = await w.enroll(section, me.studentId!)
    const enrollments = [{ section_id: other, ...own(me) }]
    expect(refusal(await me.post(`/sections/${other}/enroll`, own(me)))).toEqual([400, 'COURSE_ALREADY_TAKEN'])
    expect((await me.post('/enrollments/bulk', { enrollments })).data).toMatchObject({ created: 0, failed: 1 })
    expect((await me.post(`/sections/${other}/enroll/check`, own(me))).status).toBe(200)
    const rehearsal = await me.post(`/enrollments/${seat.id}/transfer?dry_run=true`, { section_id: other })
    expect(rehearsal.status).toBe(200)
    expect((await me.post(`/enrollments/${seat.id}/drop`)).status).toBe(200)
    expect((await me.get(`/terms/${term}/turnstile`)).data).toMatchObject({ state: 'none', waiting: 0 })
  })

  test('costs the database nothing: an enroll takes its two round trips, one that is told to wait takes one', async () => {
    const { term, section } = await guarded()
    const [first, me] = [await w.studentPersona(), await w.studentPersona()]
    const admission = await admissionOf(first, term)
    const done = await first.post(`/sections/${section}/enroll`, own(first), { 'x-turnstile': admission })
    const held = await me.post(`/sections/${section}/enroll`, own(me))
    expect([done, held].map((answer) => [answer.status, timingOf(answer).roundTrips])).toEqual([
      [201, 2],
      [429, 1],
    ])
  })

  test('that cannot be reached holds nobody up, which is counted and logged', async () => {
    const { term, section } = await guarded()
    const me = await w.studentPersona()
    const headers = { authorization: `Bearer ${me.token}` }
    const broken = { TURNSTILE: undefined } as object
    const logged = vi.spyOn(console, 'error').mockImplementation(() => undefined)
    const growth = await grown(async () => {
      const place = await serveWith(broken, `/api/v1/terms/${term}/turnstile`, { method: 'POST', headers })
      expect(await place.json()).toMatchObject({ data: { state: 'off', admission: null } })
      const seat = await serveWith(broken, `/api/v1/sections/${section}/enroll`, json('POST', own(me), headers))
      expect(seat.status).toBe(201)
    })
    expect(growth('turnstile_failures_total')).toBe(2)
    const lines = logged.mock.calls.map(([line]) => JSON.parse(line as string) as object)
    expect(lines).toMatchObject([
      { event: 'turnstile_unreachable', term },
      { event: 'turnstile_unreachable', term },
    ])
  })

  test('counts whom it tells to wait', async () => {
    const { section } = await guarded()
    const me = await w.studentPersona()
    const growth = await grown(async () => {
      await me.post(`/sections/${section}/enroll`, own(me))
    })
    expect(growth('turnstile_waits_total')).toBe(1)
  })

  test('lets fewer in when a request of somebody admitted took two seconds to come so far', async () => {
    const { term, section } = await guarded()
    const [first, second] = [await w.studentPersona(), await w.studentPersona()]
    const admission = await admissionOf(first, term)
    await second.post(`/terms/${term}/turnstile`)
    const wait = async () => (await second.get(`/terms/${term}/turnstile`)).data.wait_seconds
    expect(await wait()).toBe(60)
    const now = Date.now()
    vi.spyOn(Date, 'now').mockReturnValue(now + 2000)
    const headers = { authorization: `Bearer ${first.token}`, 'x-turnstile': admission }
    const seat = await serve(`/api/v1/sections/${section}/enroll`, json('POST', own(first), headers))
    expect(seat.status).toBe(201)
    expect(await wait()).toBe(116)
  })
})
