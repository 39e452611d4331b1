import { expect, test } from 'vitest'
import { racing } from '../../platform/database/between.ts'
import { codeOf, json, serveWith } from '../../platform/http/serve.ts'
import { caller, countRows, testEnv } from '../../world.ts'
import { newAccount } from '../identity/account.ts'
import { codeIn } from './second-factor.ts'

/** An account that has a secret, which no code has confirmed yet. */
async function setUp() {
  const account = await newAccount()
  const { access_token } = (await account.signIn()).data
  const { secret } = (await caller(access_token).post('/auth/mfa/setup')).data
  const at = (DB: D1Database, path: string, body: object = {}) =>
    serveWith({ DB }, `/api/v1/auth/mfa/${path}`, json('POST', body, { authorization: `Bearer ${access_token}` }))
  const again = (DB: D1Database) => at(DB, 'setup')
  const confirm = async (DB: D1Database) => at(DB, 'verify', { code: await codeIn(secret, -1) })
  const factor = () =>
    testEnv.DB.prepare('select secret, confirmed_at from totp where user_id = ?')
      .bind(account.id)
      .first<{ secret: string; confirmed_at: string | null }>()
  return { ...account, again, confirm, factor }
}

test('a code of a secret that is replaced meanwhile confirms nothing', async () => {
  const { again, confirm, factor } = await setUp()
  const [before, codes] = [await factor(), await countRows('recovery_code')]
  const [first, second] = racing(2)
  const [replaced, confirmed] = await Promise.all([again(first!), confirm(second!)])
  expect([replaced.status, await codeOf(confirmed)]).toEqual([200, '409 STALE_STATE'])
  const after = (await factor())!
  expect(after.confirmed_at).toBeNull()
  expect(after.secret).not.toBe(before!.secret)
  expect(await countRows('recovery_code')).toBe(codes)
})

test('a secret that is confirmed meanwhile is not replaced', async () => {
  const { again, confirm, factor } = await setUp()
  const before = (await factor())!
  const [first, second] = racing(2)
  const [confirmed, replaced] = await Promise.all([confirm(first!), again(second!)])
  expect([confirmed.status, await codeOf(replaced)]).toEqual([200, '409 STALE_STATE'])
  expect(await factor()).toEqual({ secret: before.secret, confirmed_at: expect.any(String) })
})

test('of two confirmations of a secret one counts, and shows the recovery codes', async () => {
  const { id, confirm } = await setUp()
  const answers = await Promise.all(racing(2).map(confirm))
  expect(await Promise.all(answers.map(codeOf))).toEqual(['200', '409 STALE_STATE'])
  expect(await countRows(`recovery_code where user_id = ${id}`)).toBe(10)
})
