import { beforeAll, describe, expect, test } from 'vitest'
import { commonPasswords } from '#/access/identity/guessable.ts'
import { coreOf, coresOf } from '#/access/identity/password-core.ts'
import type { Answer } from '../../call.ts'
import { caller, password, persona, systemContext, unique } from '../../world.ts'
import { invitationToken, invitee, resetToken } from '../mailed-token/mailed.ts'
import { newAccount } from './account.ts'

const anyone = caller(null)
const holder = () => ({ email: `eleni.pappa${unique()}@lyceum.test`, full_name: 'Ελένη Παππά-Kornarou' })
const register = (candidate: string, headers = {}) =>
  anyone.post('/auth/register', { ...holder(), password: candidate }, headers)
const broken = ({ status, error }: Answer) => [status, ...(error?.details?.errors ?? []).map(({ code }) => code)]
const common = [422, 'password_common']
const name = [422, 'password_name']

describe('a common password', () => {
  test.each([
    'Password1!',
    'P@ssw0rd!',
    'Pa$$w0rd2026!',
    '!!2026-dRAGON',
    '$ecreT-77',
    'Qwerty123!',
    'Abc123!!',
    'L0v3ly..1',
    'Welcome-2026',
    'Ilóveyou#1',
    'Ｄragon-11',
    'Letmein~0',
  ])('such as %j is refused', async (candidate) => {
    expect(broken(await register(candidate))).toEqual(common)
  })

  test.each(['Dragon-Lyceum-9!', 'Pass-word-9!', 'Baseball-Hockey-4', 'Aa1-5678', 'Xk-dragon-7q'])(
    'inside of %j is no harm',
    async (candidate) => {
      expect(broken(await register(candidate))).toEqual([201])
    },
  )

  test('is told together with everything else that is wrong', async () => {
    expect(broken(await register('dragon'))).toEqual([
      422,
      'password_length',
      'password_upper',
      'password_digit',
      'password_special',
      'password_common',
    ])
    const { error } = await register('Dragon-2026', { 'accept-language': 'el' })
    expect(error!.details.errors).toEqual([
      {
        in: 'body',
        path: 'password',
        code: 'password_common',
        message: 'Μη χρησιμοποιείτε συνηθισμένο κωδικό, ούτε με ψηφία και ειδικούς χαρακτήρες γύρω του.',
      },
    ])
  })

  test('is one of ten thousand cores, each as a password would be found', async () => {
    const cores = [...(await commonPasswords(systemContext()))]
    expect(cores.length).toBeGreaterThan(10_000)
    expect(cores.filter((core) => !coresOf(core).has(coreOf(core, 4)))).toEqual([])
    expect(cores).toEqual(expect.arrayContaining(['password', 'qwerty', 'abcl2e', 'football']))
  })

  test('is looked for in no more ways than a common one has room for, however long the text', async () => {
    expect(broken(await register(`Aa${'1!'.repeat(30_000)}`))).toEqual([422, 'password_length'])
    expect(broken(await register(`${'1!'.repeat(31)}Aa${'1!'.repeat(31)}`))).toEqual([201])
    // By how many characters stay on either side of the two letters: sixty-two at most.
    expect(coresOf(`${'1!'.repeat(200)}Aa${'1!'.repeat(200)}`).size).toBe((63 * 64) / 2)
  })
})

describe('a name', () => {
  test.each([
    'Eleni.Pappa-90',
    'Eleni2026!',
    'Pappa-1999!',
    '!P@pp4-1999',
    'ΕΛΕΝΗΠαππάkornarou-1',
    'Ελένη-2026',
    'Kornarou!!!1',
  ])('of the holder such as %j is refused', async (candidate) => {
    expect(broken(await register(candidate))).toEqual(name)
  })

  test.each(['Lyceum-2026', 'Lyceum-University-1', 'Λύκειον-2026', 'Πανεπιστήμιο1!'])(
    'of the institution such as %j is refused',
    async (candidate) => {
      expect(broken(await register(candidate))).toEqual(name)
    },
  )

  test.each(['Lyceum-Demo-2026!', 'Eleni-Horse-9!'])('inside of %j is no harm', async (candidate) => {
    expect(broken(await register(candidate))).toEqual([201])
  })

  test('is refused in both languages', async () => {
    const texts = ['en', 'el'].map(async (language) => {
      const { error } = await register('Lyceum-2026', { 'accept-language': language })
      return error!.details.errors![0]!.message
    })
    expect(await Promise.all(texts)).toEqual([
      'Use neither your name nor your e-mail nor the name of the institution, not even with digits and special characters around it.',
      'Μη χρησιμοποιείτε το όνομά σας, το e-mail σας ή το όνομα του ιδρύματος, ούτε με ψηφία και ειδικούς χαρακτήρες γύρω τους.',
    ])
  })
})

describe('wherever a password is chosen', () => {
  let admin: Awaited<ReturnType<typeof persona>>
  beforeAll(async () => {
    admin = await persona('admin')
  })

  test('an administrator opens no account with a guessable one', async () => {
    const input = { email: `theodora${unique()}@lyceum.test`, full_name: 'Θεοδώρα', role: 'faculty' }
    expect(broken(await admin.post('/users', { ...input, password: 'Dragon-2026' }))).toEqual(common)
    expect(broken(await admin.post('/users', { ...input, password: 'Theodora-1' }))).toEqual(name)
    expect(broken(await admin.post('/users', { ...input, password }))).toEqual([201])
  })

  test('nobody changes theirs to one', async () => {
    const { signIn } = await newAccount()
    const me = caller((await signIn()).data.access_token)
    const change = (new_password: string) =>
      me.post('/auth/change-password', { current_password: password, new_password })
    expect(broken(await change('Dragon-2026'))).toEqual(common)
    expect(broken(await change('Person-2026'))).toEqual([...common, 'password_name'])
    expect(broken(await change('Άννα2026!'))).toEqual(name)
    expect(broken(await change('Another-Horse-7!'))).toEqual([204])
  })

  test('a reset takes none, and costs no token', async () => {
    const { email } = await newAccount()
    const token = await resetToken(email)
    const confirm = (new_password: string, with_token = token) =>
      anyone.post('/auth/password-reset/confirm', { token: with_token, new_password })
    expect(broken(await confirm('Dragon-2026'))).toEqual(common)
    expect(broken(await confirm('Άννα-2026'))).toEqual(name)
    expect(broken(await confirm('Dragon-2026', 'x'.repeat(44)))).toEqual(common)
    expect((await confirm('Άννα-2026', 'x'.repeat(44))).error?.code).toBe('RESET_TOKEN_INVALID')
    expect(broken(await confirm('Another-Horse-7!'))).toEqual([204])
  })

  test('an invitation takes none, and is not used up', async () => {
    const token = await invitationToken(invitee())
    const accept = (candidate: string, fields: object = {}) =>
      anyone.post('/auth/invitations/accept', { token, password: candidate, ...fields })
    expect(broken(await accept('Dragon-2026'))).toEqual(common)
    expect(broken(await accept('Θεοδώρα-1'))).toEqual(name)
    expect(broken(await accept('Aspasia-1', { full_name: 'Aspasia M.' }))).toEqual(name)
    expect(broken(await accept('Another-Horse-7!'))).toEqual([201])
  })
})
