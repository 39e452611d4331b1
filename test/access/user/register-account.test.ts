import { describe, expect, test } from 'vitest'
import { refusal, badFields, placeOf } from '../../call.ts'
import { auditRows, caller, countRows, password, testEnv, unique } from '../../world.ts'
import { json, serveWith } from '../../platform/http/serve.ts'
import { newAccount, setAccount } from '../identity/account.ts'
import { confirmationToken, confirmEmail } from '../mailed-token/mailed.ts'

const anyone = caller(null)
const newEmail = () => `applicant${unique()}@lyceum.test`
const register = (fields: object = {}, headers = {}) =>
  anyone.post('/auth/register', { email: newEmail(), password, full_name: 'Ιφιγένεια', ...fields }, headers)

describe('registering', () => {
  test('opens the account of an applicant: a student without a record', async () => {
    const email = newEmail()
    const { status, data, headers } = await register({ email }, { 'accept-language': 'el' })
    expect(status).toBe(201)
    expect(data).toEqual({
      id: data.id,
      email,
      full_name: 'Ιφιγένεια',
      role: 'student',
      tier: 'free',
      language: 'el',
      student_id: null,
    })
    expect(headers.get('cache-control')).toBe('no-store')
    const { data: signedIn } = await anyone.post('/auth/login', { email, password })
    const me = caller(signedIn.access_token)
    expect((await me.get('/auth/me')).data).toEqual(data)
    expect((await me.get('/students')).data.items).toEqual([])
  })

  test('leaves one audit row without the password', async () => {
    const before = await countRows('audit_log')
    const { data } = await register()
    expect(await countRows('audit_log')).toBe(before + 1)
    const [row] = await auditRows('user', data.id)
    expect(row).toMatchObject({ action: 'account.register', actor_id: null, status: 201 })
    expect(row!.changes).not.toContain(password)
    expect(JSON.parse(row!.changes)).toMatchObject({ role: { new: 'student' }, password_hash: { new: '[redacted]' } })
  })

  test('folds the e-mail, and refuses one that is taken in any case', async () => {
    const email = newEmail()
    expect((await register({ email: email.toUpperCase() })).data.email).toBe(email)
    await confirmEmail(await confirmationToken(email))
    const answer = await register({ email: email.toUpperCase() })
    expect(refusal(answer)).toEqual([409, 'EMAIL_TAKEN'])
    expect(answer.error?.message).toBe(`There is already an account with the e-mail ${email}.`)
  })

  test('ten times at once with one e-mail leaves one account open', async () => {
    const email = newEmail()
    await Promise.all(Array.from({ length: 10 }, () => register({ email })))
    expect(await countRows(`live_user where email = '${email}'`)).toBe(1)
  })

  test('with the e-mail of a deleted account opens a new one', async () => {
    const gone = await newAccount()
    await setAccount(gone.id, 'deleted_at', '2026-01-01T00:00:00.000Z')
    expect((await register({ email: gone.email })).status).toBe(201)
  })

  test.each([
    ['role', 'admin'],
    ['role', 'student'],
    ['student_id', 1],
    ['tier', 'enterprise'],
    ['is_active', true],
    ['language', 'el'],
    ['full_name', ''],
    ['full_name', undefined],
    ['email', 'nobody'],
    ['password', undefined],
  ])('is refused with %s = %j, and opens nothing', async (field, value) => {
    const before = await countRows('user')
    const answer = await register({ [field]: value })
    expect([answer.status, answer.error?.code, badFields(answer)]).toEqual([422, 'VALIDATION_ERROR', [`body.${field}`]])
    expect(await countRows('user')).toBe(before)
  })

  test('takes no Idempotency-Key, because a password would rest with it', async () => {
    const before = await countRows('idempotency_key')
    await register({}, { 'idempotency-key': 'register-1' })
    expect(await countRows('idempotency_key')).toBe(before)
  })

  test('is possible two hundred times an hour for one address', async () => {
    const address = { 'cf-connecting-ip': '203.0.113.77' }
    const attempt = (body: object) =>
      serveWith({ RATE_LIMIT_SCALE: '1' }, '/api/v1/auth/register', json('POST', body, address))
    const first = await attempt({ email: newEmail(), password, full_name: 'Many' })
    expect([first.status, first.headers.get('ratelimit')]).toEqual([201, '"register";r=199;t=3600'])
    await Promise.all(Array.from({ length: 199 }, () => attempt({})))
    const last = await attempt({ email: newEmail(), password, full_name: 'One too many' })
    expect([last.status, last.headers.get('ratelimit-policy')]).toEqual([429, '"register";q=200;w=3600'])
  })
})

describe('a new password', () => {
  const brokenBy = async (candidate: string, headers = {}) => {
    const before = await countRows('user')
    const answer = await register({ password: candidate }, headers)
    expect([answer.status, answer.error?.code]).toEqual([422, 'VALIDATION_ERROR'])
    expect(await countRows('user')).toBe(before)
    return answer.error!.details.errors!
  }

  test.each([
    ['', ['length', 'upper', 'lower', 'digit', 'special']],
    ['short', ['length', 'upper', 'digit', 'special', 'common']],
    ['Aa1-567', ['length']],
    [`Aa1-${'x'.repeat(125)}`, ['length']],
    ['correct-horse-9', ['upper']],
    ['CORRECT-HORSE-9', ['lower']],
    ['Correct-Horse', ['digit']],
    ['CorrectHorse9', ['special']],
    ['Correct Horse-9', ['whitespace']],
    ['Correct\u00a0Horse-9', ['whitespace']],
    ['Correct-Horse-9\n', ['whitespace']],
    ['        ', ['upper', 'lower', 'digit', 'special', 'whitespace']],
    ['κωδικός', ['length', 'upper', 'digit', 'special']],
  ])('like %j breaks every rule that is named', async (candidate, rules) => {
    const errors = await brokenBy(candidate)
    expect(errors.map((one) => [placeOf(one), one.code])).toEqual(
      rules.map((rule) => ['body.password', `password_${rule}`]),
    )
    if (candidate.trim()) expect(JSON.stringify(errors)).not.toContain(candidate)
  })

  test.each(['Aa1-5678', `Aa1-${'x'.repeat(124)}`, 'Κωδικός-9', 'Pass€word9'])('like %j is good', async (candidate) => {
    const email = newEmail()
    expect((await register({ email, password: candidate })).status).toBe(201)
    expect((await anyone.post('/auth/login', { email, password: candidate })).status).toBe(200)
  })

  test('is refused in Greek to those who ask for it', async () => {
    const errors = await brokenBy('Correct-Horse', { 'accept-language': 'el' })
    expect(errors.map(({ message }) => message)).toEqual(['Χρησιμοποιήστε τουλάχιστον ένα ψηφίο.'])
  })

  test('rests as a hash', async () => {
    const { data } = await register()
    const row = await testEnv.DB.prepare('select password_hash from user where id = ?').bind(data.id).first()
    expect(row).toEqual({ password_hash: expect.stringMatching(/^\$argon2id\$/) })
  })
})
