import { decodeProtectedHeader } from 'jose'
import { describe, expect, test } from 'vitest'
import { fromBase64url, toBase64url } from '#/platform/encoding/base64url.ts'
import { settingsOf } from '#/platform/env.ts'
import { secretBox } from '#/access/authenticator/secret-box.ts'
import { testEnv } from '../../world.ts'
import { codeIn, protectedAccount, timePasses } from '../second-factor/second-factor.ts'

const settings = settingsOf(testEnv)
const [first] = settings.ACCOUNT_KEYS
const secret = new Uint8Array(20).fill(7)
const renewed = {
  ...settings,
  ACCOUNT_KEYS: [{ kid: 'next', k: 'HwABAgMEBQYHCAkKCwwNDg8QERITFBUWFxgZGhscHR4' }, first] as [
    typeof first,
    ...(typeof first)[],
  ],
}

/** How secrets rested once: `kid.nonce.ciphertext`. */
async function closedEarlier(userId: number, bytes: Uint8Array<ArrayBuffer>): Promise<string> {
  const key = await crypto.subtle.importKey('raw', fromBase64url(first.k), 'AES-GCM', false, ['encrypt'])
  const iv = crypto.getRandomValues(new Uint8Array(12))
  const additionalData = new TextEncoder().encode(`totp of account ${userId}`)
  const text = await crypto.subtle.encrypt({ name: 'AES-GCM', iv, additionalData }, key, bytes)
  return [first.kid, toBase64url(iv), toBase64url(new Uint8Array(text))].join('.')
}

const storedOf = (userId: number) =>
  testEnv.DB.prepare('select secret from totp where user_id = ?').bind(userId).first<string>('secret')

describe('the secret box', () => {
  test('opens what it closed, never twice the same text', async () => {
    const [one, other] = [await secretBox.close(settings, 5, secret), await secretBox.close(settings, 5, secret)]
    expect(one).not.toBe(other)
    expect(await secretBox.open(settings, 5, one)).toEqual(secret)
    expect(await secretBox.open(settings, 5, other)).toEqual(secret)
  })

  test('opens for no other account, in either form', async () => {
    await expect(secretBox.open(settings, 6, await secretBox.close(settings, 5, secret))).rejects.toThrow(
      'the secret of another account',
    )
    await expect(secretBox.open(settings, 6, await closedEarlier(5, secret))).rejects.toThrow()
  })

  test('opens nothing that was changed, in any of its parts', async () => {
    const parts = (await secretBox.close(settings, 5, secret)).split('.')
    for (const at of [0, 2, 3, 4]) {
      const changed = parts.map((part, i) => (i === at ? `${part.startsWith('A') ? 'B' : 'A'}${part.slice(1)}` : part))
      await expect(secretBox.open(settings, 5, changed.join('.'))).rejects.toThrow()
    }
    const [kid, nonce, text = ''] = (await closedEarlier(5, secret)).split('.')
    const changed = [kid, nonce, `${text.startsWith('A') ? 'B' : 'A'}${text.slice(1)}`].join('.')
    await expect(secretBox.open(settings, 5, changed)).rejects.toThrow()
  })

  test('opens what rests in the form of before', async () => {
    const text = 'local-test.AAECAwQFBgcICQoL.QAXRHMLixRyKRpCMtu5_aoTRgDO_xKByhHo0MwdnocqIBSaS'
    expect(await secretBox.open(settings, 5, text)).toEqual(secret)
    expect(await secretBox.open(settings, 5, await closedEarlier(5, secret))).toEqual(secret)
    expect(secretBox.isCurrent(settings, text)).toBe(false)
  })

  test('closes with the first key, and opens with all of the ring', async () => {
    const before = await secretBox.close(settings, 5, secret)
    const after = await secretBox.close(renewed, 5, secret)
    expect([before, after].map((text) => decodeProtectedHeader(text).kid)).toEqual(['local-test', 'next'])
    expect(await secretBox.open(renewed, 5, before)).toEqual(secret)
    expect(await secretBox.open(renewed, 5, after)).toEqual(secret)
    expect([before, after].map((text) => secretBox.isCurrent(renewed, text))).toEqual([false, true])
    await expect(secretBox.open(settings, 5, after)).rejects.toThrow('no key next in ACCOUNT_KEYS')
  })
})

describe('a secret that rests in the form of before', () => {
  test('is written anew when a code of it is used, and stays the same secret', async () => {
    const account = await protectedAccount()
    const bytes = Uint8Array.from(await secretBox.open(settings, account.id, (await storedOf(account.id))!))
    const before = await closedEarlier(account.id, bytes)
    await testEnv.DB.prepare('update totp set secret = ? where user_id = ?').bind(before, account.id).run()
    await timePasses(account.id)
    expect((await account.finish('000000')).status).toBe(401)
    expect((await account.finish(account.recovery[0]!)).status).toBe(200)
    expect(await storedOf(account.id)).toBe(before)
    expect((await account.finish(await codeIn(account.secret))).status).toBe(200)
    const after = (await storedOf(account.id))!
    expect(secretBox.isCurrent(settings, after)).toBe(true)
    expect(await secretBox.open(settings, account.id, after)).toEqual(bytes)
    await timePasses(account.id)
    expect((await account.finish(await codeIn(account.secret))).status).toBe(200)
    expect(await storedOf(account.id)).toBe(after)
  })
})
