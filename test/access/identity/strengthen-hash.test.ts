import { describe, expect, test } from 'vitest'
import { isOutdated, verifyPassword } from '#/access/identity/password.ts'
import { json, serveWith } from '../../platform/http/serve.ts'
import { auditRows, countRows, testEnv } from '../../world.ts'
import { protectedAccount } from '../second-factor/second-factor.ts'
import { newAccount, password, sessionIdIn } from './account.ts'

const storedHash = async (id: number) =>
  (await testEnv.DB.prepare('select password_hash from user where id = ?').bind(id).first<string>('password_hash'))!

/** A sign-in where hashes cost so much memory. */
async function signInAt(memoryKib: number, email: string, secret = password) {
  const init = json('POST', { email, password: secret })
  const answer = await serveWith({ PASSWORD_MEMORY_KIB: String(memoryKib) }, '/api/v1/auth/login', init)
  const { data } = (await answer.json()) as { data: { refresh_token: string; mfa_token?: string } | null }
  return { status: answer.status, data }
}

const costOf = (phc: string) => /\$m=(\d+),/.exec(phc)![1]

describe('a sign-in where hashes cost more than the stored one', () => {
  test('hashes the password anew, in the write of the session', async () => {
    const { id, email } = await newAccount()
    const before = await storedHash(id)
    const rows = await countRows('audit_log')
    const { status, data } = await signInAt(512, email)
    const after = await storedHash(id)
    expect([status, costOf(before), costOf(after)]).toEqual([200, '64', '512'])
    expect(await verifyPassword(password, after)).toBe(true)
    expect(await verifyPassword('Wrong-Horse-9!', after)).toBe(false)
    expect(await countRows('audit_log')).toBe(rows + 1)
    const [row] = await auditRows('session', sessionIdIn(data!.refresh_token))
    expect(row!.action).toBe('session.create')
    expect((await signInAt(512, email)).status).toBe(200)
    expect(await storedHash(id)).toBe(after)
  })

  test('does so for tools, too', async () => {
    const { id, email } = await newAccount()
    const answer = await serveWith({ PASSWORD_MEMORY_KIB: '512' }, '/api/v1/auth/token', {
      method: 'POST',
      body: new URLSearchParams({ grant_type: 'password', username: email, password }),
    })
    expect([answer.status, costOf(await storedHash(id))]).toEqual([200, '512'])
  })

  test('leaves it with a wrong password', async () => {
    const { id, email } = await newAccount()
    const before = await storedHash(id)
    expect((await signInAt(512, email, 'Wrong-Horse-9!')).status).toBe(401)
    expect(await storedHash(id)).toBe(before)
  })

  test('keeps a hash that costs more or the same', async () => {
    const { id, email } = await newAccount()
    await signInAt(512, email)
    const before = await storedHash(id)
    for (const memoryKib of [64, 512]) expect((await signInAt(memoryKib, email)).status).toBe(200)
    expect(await storedHash(id)).toBe(before)
  })

  test('does it at the first step of an account with a second factor, with a row of its own', async () => {
    const { id, email } = await protectedAccount()
    const { status, data } = await signInAt(512, email)
    expect([status, data!.mfa_token]).toEqual([200, expect.any(String)])
    expect(costOf(await storedHash(id))).toBe('512')
    const [row] = await auditRows('account', id)
    expect(row).toMatchObject({ action: 'session.create', actor_id: id, summary: 'password hash strengthened' })
    expect(JSON.stringify(row)).not.toContain('argon2id')
  })

  test('works for several at once', async () => {
    for (const { id, email } of [await newAccount(), await protectedAccount()]) {
      const answers = await Promise.all([1, 2, 3].map(() => signInAt(512, email)))
      expect(answers.map(({ status }) => status)).toEqual([200, 200, 200])
      expect(await verifyPassword(password, await storedHash(id))).toBe(true)
    }
  })
})

test.each([
  ['m=64,t=2', 64, false],
  ['m=65,t=2', 64, false],
  ['m=64,t=3', 64, false],
  ['m=63,t=2', 64, true],
  ['m=64,t=1', 64, true],
  ['m=128,t=1', 64, true],
])('a hash with %s where %d KiB and two passes are asked for is outdated: %s', (cost, memoryKib, expected) => {
  expect(isOutdated(`$argon2id$v=19$${cost},p=1$AAAAAAAAAAAAAAAAAAAAAA$${'A'.repeat(43)}`, memoryKib)).toBe(expected)
})
