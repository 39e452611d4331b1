import { beforeAll, describe, expect, test } from 'vitest'
import { find } from '#/platform/database/write/entity.ts'
import { createUser } from '#/access/user/index.ts'
import { userEntity } from '#/access/identity/queries.ts'
import { auditRows, countRows, systemContext, testEnv, unique, type World, world } from '../../world.ts'
import { setAccount } from '../identity/account.ts'

let w: World
beforeAll(async () => {
  w = await world()
})

const create = (fields: Partial<Parameters<typeof createUser>[1]> = {}) =>
  createUser(systemContext(), {
    email: `new${unique()}@lyceum.test`,
    password: 'Correct-Horse-9!',
    full_name: 'Νίκος',
    role: 'faculty',
    email_verified_at: new Date().toISOString(),
    ...fields,
  })

describe('opening an account', () => {
  test('answers the account with its defaults and without its hash', async () => {
    const user = await create({ email: 'first@lyceum.test' })
    expect(user).toEqual({
      id: user.id,
      email: 'first@lyceum.test',
      full_name: 'Νίκος',
      role: 'faculty',
      tier: 'free',
      language: 'en',
      is_active: true,
      student_id: null,
      student_number: null,
      student_name: null,
      email_verified_at: expect.any(String),
      known_since: user.email_verified_at,
      signed_in_at: null,
      version: 1,
      created_at: expect.any(String),
      updated_at: expect.any(String),
    })
  })

  test('keeps a hash and writes neither it nor the password into the audit log', async () => {
    const user = await create()
    const row = await testEnv.DB.prepare('select password_hash from user where id = ?').bind(user.id).first<string>()
    expect(row).toMatchObject({ password_hash: expect.stringMatching(/^\$argon2id\$v=19\$m=64,t=2,p=1\$/) })
    const [audit, ...others] = await auditRows('user', user.id)
    expect(others).toEqual([])
    expect(JSON.parse(audit!.changes)).toEqual({
      email: { new: user.email },
      full_name: { new: 'Νίκος' },
      role: { new: 'faculty' },
      password_hash: { new: '[redacted]' },
      email_verified_at: { new: user.email_verified_at },
    })
  })

  test('with an e-mail that is taken is refused and writes nothing', async () => {
    const { email } = await create()
    const before = [await countRows('user'), await countRows('audit_log')]
    await expect(create({ email })).rejects.toMatchObject({ code: 'EMAIL_TAKEN', params: { email } })
    expect([await countRows('user'), await countRows('audit_log')]).toEqual(before)
  })

  test('ten times at once with one e-mail opens one', async () => {
    const email = `race${unique()}@lyceum.test`
    const outcomes = await Promise.allSettled(Array.from({ length: 10 }, () => create({ email })))
    const refused = outcomes.filter((one) => one.status === 'rejected').map(({ reason }) => reason as object)
    expect(refused).toHaveLength(9)
    for (const reason of refused) expect(reason).toMatchObject({ code: 'EMAIL_TAKEN' })
  })

  test('is possible with the e-mail of a deleted account', async () => {
    const gone = await create()
    await setAccount(gone.id, 'deleted_at', '2026-01-01T00:00:00.000Z')
    expect((await create({ email: gone.email })).id).not.toBe(gone.id)
  })

  test('an account that is not there is not found', async () => {
    await expect(find(systemContext(), userEntity, 999_999)).rejects.toMatchObject({ code: 'USER_NOT_FOUND' })
  })

  test('a student has one account at most', async () => {
    const student = await w.student()
    await create({ role: 'student', student_id: student.id })
    await expect(create({ role: 'student', student_id: student.id })).rejects.toMatchObject({
      code: 'STUDENT_HAS_ACCOUNT',
    })
  })

  test('only a student account has a student behind it', async () => {
    const student = await w.student()
    await expect(create({ role: 'registrar', student_id: student.id })).rejects.toMatchObject({
      code: 'VALIDATION_ERROR',
    })
  })

  test('an e-mail that was not folded is refused by the database', async () => {
    await expect(create({ email: `Upper${unique()}@lyceum.test` })).rejects.toMatchObject({ code: 'VALIDATION_ERROR' })
  })
})
