import { describe, expect, test } from 'vitest'
import { hashPassword, verifyPassword } from '#/access/identity/password.ts'

const cheap = 64
const owasp = 19_456

describe('a password hash', () => {
  test('is a PHC string with its parameters, a 16 byte salt and a 32 byte hash', async () => {
    expect(await hashPassword('Correct-Horse-9!', cheap)).toMatch(
      /^\$argon2id\$v=19\$m=64,t=2,p=1\$[A-Za-z0-9+/]{22}\$[A-Za-z0-9+/]{43}$/,
    )
  })

  test('has its own salt each time', async () => {
    const [one, other] = [await hashPassword('Correct-Horse-9!', cheap), await hashPassword('Correct-Horse-9!', cheap)]
    expect(one).not.toBe(other)
  })

  test('recognizes its password and no other', async () => {
    const phc = await hashPassword('Correct-Horse-9!', cheap)
    expect(await verifyPassword('Correct-Horse-9!', phc)).toBe(true)
    expect(await verifyPassword('Correct-Horse-9', phc)).toBe(false)
    expect(await verifyPassword('correct-horse-9!', phc)).toBe(false)
    expect(await verifyPassword('\u0001', phc)).toBe(false)
  })

  test('with the parameters of production costs 19 MiB and two passes', async () => {
    const phc = await hashPassword('Πολύ-Μυστικό-9!', owasp)
    expect(phc).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/)
    expect(await verifyPassword('Πολύ-Μυστικό-9!', phc)).toBe(true)
    expect(await verifyPassword('Πολυ-Μυστικο-9!', phc)).toBe(false)
  })

  test('is the same for composed and decomposed accents, as keyboards differ', async () => {
    const phc = await hashPassword('Μυστικό-9!'.normalize('NFC'), cheap)
    expect(await verifyPassword('Μυστικό-9!'.normalize('NFD'), phc)).toBe(true)
  })

  test('is verified with the parameters it was made with', async () => {
    const [old, current] = [await hashPassword('Correct-Horse-9!', 128), await hashPassword('Correct-Horse-9!', cheap)]
    expect([await verifyPassword('Correct-Horse-9!', old), await verifyPassword('Correct-Horse-9!', current)]).toEqual([
      true,
      true,
    ])
    const lowered = old.replace('m=128', 'm=64')
    expect(await verifyPassword('Correct-Horse-9!', lowered)).toBe(false)
  })

  test('agrees with the reference implementation of Argon2', async () => {
    const reference = '$argon2id$v=19$m=256,t=2,p=1$c29tZXNhbHQ$nf65EOgLrQMR/uIPnA4rEsF5h7TKyQwu9U1bMCHGi/4'
    expect(await verifyPassword('password', reference)).toBe(true)
    expect(await verifyPassword('differentpassword', reference)).toBe(false)
  })

  test.each(['', 'plain', '$argon2i$v=19$m=64,t=2,p=1$c29tc2FsdA$AAAA', '$2b$10$abcdefghijklmnopqrstuv'])(
    'in the unknown form "%s" is an error, never a match',
    async (phc) => {
      await expect(verifyPassword('Correct-Horse-9!', phc)).rejects.toThrow('stored password hash has an unknown form')
    },
  )
})
