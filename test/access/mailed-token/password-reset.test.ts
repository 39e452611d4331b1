import { describe, expect, test } from 'vitest'
import { mailOnce } from '#/platform/mail/mail-once.ts'
import { mailReset } from '#/access/password-reset/index.ts'
import { refusal } from '../../call.ts'
import { auditRows, caller, countRows, testEnv, unique } from '../../world.ts'
import { newAccount, password, refresh, setAccount } from '../identity/account.ts'
import { protectedAccount } from '../second-factor/second-factor.ts'
import { askReset, resetMails, resetToken, tokenIn, withMailbox } from './mailed.ts'

const fresh = 'Another-Horse-7!'
const confirm = (token: string, new_password = fresh) =>
  caller(null).post('/auth/password-reset/confirm', { token, new_password })
const invalid = [400, 'RESET_TOKEN_INVALID']

describe('asking for a new password', () => {
  test('answers the same for an e-mail that nobody has, and mails nothing there', async () => {
    const known = await newAccount()
    const nobody = `nobody${unique()}@lyceum.test`
    const answers = [await askReset(known.email), await askReset(nobody)]
    expect(answers.map(({ status, data }) => [status, data])).toEqual([
      [202, { accepted: true }],
      [202, { accepted: true }],
    ])
    expect(await resetMails(nobody)).toEqual([])
    expect(await resetMails((await newAccount()).email)).toHaveLength(1)
  })

  test('mails a token in the language of the account; only its hash rests anywhere', async () => {
    const account = await newAccount({ language: 'el' })
    const [mail] = await resetMails(account.email)
    expect(mail).toMatchObject({ to: account.email, from: { name: 'Πανεπιστήμιο Λύκειον' } })
    expect(mail!.subject).toContain('Νέος κωδικός πρόσβασης')
    const { results } = await testEnv.DB.prepare('select * from password_reset where email = ?')
      .bind(account.email)
      .all()
    expect(JSON.stringify(results)).not.toContain(tokenIn(mail!))
  })

  test('mails nothing to a closed account', async () => {
    const account = await newAccount()
    await setAccount(account.id, 'is_active', 0)
    expect(await resetMails(account.email)).toEqual([])
  })
})

describe('the token', () => {
  test('gives a new password once, and ends all sessions', async () => {
    const account = await newAccount()
    const before = (await account.signIn()).data
    const token = await resetToken(account.email)
    expect((await confirm(token)).status).toBe(204)
    expect((await caller(before.access_token).get('/auth/me')).status).toBe(401)
    expect((await refresh(before.refresh_token!)).status).toBe(401)
    expect((await caller(null).post('/auth/login', { email: account.email, password })).status).toBe(401)
    expect((await caller(null).post('/auth/login', { email: account.email, password: fresh })).status).toBe(200)
    expect(refusal(await confirm(token))).toEqual(invalid)
    const rows = await auditRows('account', account.id)
    expect(rows.map(({ action, actor_id }) => [action, actor_id])).toContainEqual([
      'password_reset.confirm',
      account.id,
    ])
  })

  test('of two at once works for one', async () => {
    const account = await newAccount()
    const token = await resetToken(account.email)
    const answers = await Promise.all([confirm(token), confirm(token, 'Third-Horse-5!')])
    expect(answers.map(({ status }) => status).filter((status) => status === 204)).toHaveLength(1)
  })

  test('expires after 30 minutes', async () => {
    const asking = await newAccount()
    await askReset(asking.email)
    const { expires_at, requested_at } = (await testEnv.DB.prepare('select * from password_reset where email = ?')
      .bind(asking.email)
      .first<{ expires_at: string; requested_at: string }>())!
    expect(Date.parse(expires_at) - Date.parse(requested_at)).toBe(1_800_000)
    const account = await newAccount()
    const token = await resetToken(account.email)
    await testEnv.DB.prepare('update password_reset set expires_at = ? where email = ?')
      .bind(new Date(Date.now() - 1000).toISOString(), account.email)
      .run()
    expect(refusal(await confirm(token))).toEqual(invalid)
  })

  test('asked for before there was the account takes none away from its holder', async () => {
    const email = `early${unique()}@lyceum.test`
    await askReset(email)
    await testEnv.DB.prepare("update password_reset set requested_at = '2026-01-01T00:00:00.000Z' where email = ?")
      .bind(email)
      .run()
    await caller(null).post('/auth/register', { email, password: fresh, full_name: 'Late' })
    await askReset(email)
    expect(await countRows(`password_reset where email = '${email}'`)).toBe(2)
  })

  test('mailed twice, only the later one works', async () => {
    const account = await newAccount()
    const { mails, ctx } = withMailbox()
    const first = await resetToken(account.email)
    const id = await testEnv.DB.prepare('select id from password_reset where email = ?').bind(account.email).first('id')
    await mailOnce(ctx, ctx.newId(), () => mailReset(ctx, String(id)))
    expect(refusal(await confirm(first))).toEqual(invalid)
    expect((await confirm(tokenIn(mails[0]!))).status).toBe(204)
  })

  test('that was made up is refused, and so is a weak password, which costs no token', async () => {
    expect(refusal(await confirm('x'.repeat(44)))).toEqual(invalid)
    const account = await newAccount()
    const token = await resetToken(account.email)
    expect(refusal(await confirm(token, 'weak'))).toEqual([422, 'VALIDATION_ERROR'])
    expect((await confirm(token)).status).toBe(204)
  })

  test('unlocks the account and leaves its second factor in force', async () => {
    const account = await protectedAccount()
    for (let i = 0; i < 5; i += 1)
      await caller(null).post('/auth/login', { email: account.email, password: 'Wrong-Horse-9!' })
    expect((await account.signIn()).status).toBe(429)
    expect((await confirm(await resetToken(account.email))).status).toBe(204)
    const answer = await caller(null).post('/auth/login', { email: account.email, password: fresh })
    expect(answer.data).toMatchObject({ mfa_required: true })
  })
})
