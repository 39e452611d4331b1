import { afterEach, beforeAll, describe, expect, test, vi } from 'vitest'
import { timingOf } from '../../platform/http/serve.ts'
import type { Answer } from '../../call.ts'
import { caller, unique } from '../../world.ts'
import { askReset } from '../mailed-token/mailed.ts'
import { protectedAccount } from '../second-factor/second-factor.ts'
import { newAccount, setAccount } from '../identity/account.ts'

const anyone = caller(null)
const wrong = 'Wrong-Horse-9!'
const nobody = () => `nobody${unique()}@lyceum.test`

/** E-mails of accounts of every kind, none of which a wrong password must tell from one that nobody has. */
let known: Record<string, string>
beforeAll(async () => {
  const [active, inactive, deleted] = [await newAccount(), await newAccount(), await newAccount()]
  await setAccount(inactive.id, 'is_active', 0)
  await setAccount(deleted.id, 'deleted_at', '2026-01-01T00:00:00.000Z')
  known = {
    'an account': active.email,
    'an inactive account': inactive.email,
    'a deleted account': deleted.email,
    'an account with a second factor': (await protectedAccount()).email,
  }
  await signIn(nobody())
})
afterEach(() => vi.restoreAllMocks())

const signIn = (email: string, password = wrong) => anyone.post('/auth/login', { email, password })

/** What a request costs: comparisons of a password hash with one just computed, and waits for the database. */
async function workOf(act: () => Promise<Answer>) {
  const compared = vi.spyOn(crypto.subtle, 'timingSafeEqual')
  const answer = await act()
  const hashes = compared.mock.calls.filter(([actual, stored]) => actual.byteLength === 32 && stored.byteLength === 32)
  const { roundTrips } = timingOf(answer)
  vi.restoreAllMocks()
  return { status: answer.status, hashes: hashes.length, roundTrips }
}

describe('the same work as for an e-mail that nobody has is done for', () => {
  const kinds = ['an account', 'an inactive account', 'a deleted account', 'an account with a second factor']

  test.each(kinds)('%s, with a wrong password', async (kind) => {
    const unknown = await workOf(() => signIn(nobody()))
    expect(unknown).toMatchObject({ status: 401, hashes: 1 })
    expect(await workOf(() => signIn(known[kind]!))).toEqual(unknown)
  })

  test.each(kinds)('%s, with a password too short to be one', async (kind) => {
    const unknown = await workOf(() => signIn(nobody(), 'short'))
    expect(await workOf(() => signIn(known[kind]!, 'short'))).toEqual(unknown)
  })

  test('tools that sign in', async () => {
    const form = { 'content-type': 'application/x-www-form-urlencoded' }
    const grant = (username: string) =>
      anyone.post(
        '/auth/token',
        new URLSearchParams({ grant_type: 'password', username, password: wrong }).toString(),
        form,
      )
    const unknown = await workOf(() => grant(nobody()))
    expect(unknown).toMatchObject({ status: 401, hashes: 1 })
    expect(await workOf(() => grant(known['an account']!))).toEqual(unknown)
  })

  test.each(kinds)('%s that asks for a new password', async (kind) => {
    const unknown = await workOf(() => askReset(nobody()))
    expect(unknown).toMatchObject({ status: 202, hashes: 0 })
    expect(await workOf(() => askReset(known[kind]!))).toEqual(unknown)
  })
})
