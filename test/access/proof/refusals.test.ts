import { describe, expect, test } from 'vitest'
import { type Answer, refusal } from '../../call.ts'
import { caller, testEnv, unique } from '../../world.ts'
import { newAccount, password } from '../identity/account.ts'
import { confirmationToken } from '../mailed-token/mailed.ts'
import { codeIn, protectedAccount } from '../second-factor/second-factor.ts'

const anyone = caller(null)
const wrong = 'Wrong-Horse-9!'
const fresh = 'Another-Horse-7!'
const form = { 'content-type': 'application/x-www-form-urlencoded' }
const token = 'x'.repeat(44)

interface Place {
  /** An answer to a wrong secret, and whose it was. */
  refused: () => Promise<[answer: Answer, holder: number | null]>
  code: [status: number, code: string]
  /** What the audit log says: what was tried on what. */
  row: [action: string, entity: string, summary: string]
}

const signedIn = async () => {
  const { id, email, signIn } = await newAccount()
  return { id, email, me: caller((await signIn()).data.access_token) }
}

const places: Record<string, Place> = {
  'the password of a sign-in': {
    refused: async () => {
      const { id, email } = await newAccount()
      return [await anyone.post('/auth/login', { email, password: wrong }), id]
    },
    code: [401, 'INVALID_CREDENTIALS'],
    row: ['session.create', 'account', 'sign-in refused'],
  },
  'the password of an e-mail that nobody has': {
    refused: async () => [
      await anyone.post('/auth/login', { email: `nobody${unique()}@lyceum.test`, password: wrong }),
      null,
    ],
    code: [401, 'INVALID_CREDENTIALS'],
    row: ['session.create', 'account', 'sign-in refused'],
  },
  'the password from a tool': {
    refused: async () => {
      const { id, email } = await newAccount()
      const grant = new URLSearchParams({ grant_type: 'password', username: email, password: wrong }).toString()
      return [await anyone.post('/auth/token', grant, form), id]
    },
    code: [401, 'INVALID_CREDENTIALS'],
    row: ['session.create', 'account', 'sign-in refused'],
  },
  'the code of a sign-in': {
    refused: async () => {
      const { id, finish } = await protectedAccount()
      return [await finish('000000'), id]
    },
    code: [401, 'MFA_LOGIN_REFUSED'],
    row: ['session.create', 'account', 'one-time code refused'],
  },
  'the recovery code of a sign-in': {
    refused: async () => {
      const { id, finish } = await protectedAccount()
      return [await finish('ABCDE-FGHJK-LMNPQ-RSTUV-WXYZ2'), id]
    },
    code: [401, 'MFA_LOGIN_REFUSED'],
    row: ['session.create', 'account', 'one-time code refused'],
  },
  'the password of a step-up': {
    refused: async () => {
      const { id, me } = await signedIn()
      return [await me.post('/auth/mfa/step-up', { password: wrong }), id]
    },
    code: [400, 'PASSWORD_WRONG'],
    row: ['session.verify', 'account', 'step-up refused'],
  },
  'the code of a step-up': {
    refused: async () => {
      const { id, me } = await protectedAccount()
      return [await me.post('/auth/mfa/step-up', { code: '000000' }), id]
    },
    code: [400, 'MFA_CODE_WRONG'],
    row: ['session.verify', 'account', 'step-up refused'],
  },
  'the password of a step-up where only a code counts': {
    refused: async () => {
      const { id, me } = await protectedAccount()
      return [await me.post('/auth/mfa/step-up', { password }), id]
    },
    code: [400, 'MFA_CODE_WRONG'],
    row: ['session.verify', 'account', 'step-up refused'],
  },
  'a challenge that was made up': {
    refused: async () => [await anyone.post('/auth/mfa/login', { mfa_token: token, code: '000000' }), null],
    code: [401, 'MFA_LOGIN_REFUSED'],
    row: ['session.create', 'account', 'challenge refused'],
  },
  'the challenge of an account that has changed since': {
    refused: async () => {
      const account = await protectedAccount()
      const mfa_token = await account.challenge()
      await testEnv.DB.prepare('update user set version = version + 1 where id = ?').bind(account.id).run()
      return [await anyone.post('/auth/mfa/login', { mfa_token, code: account.recovery[0]! }), null]
    },
    code: [401, 'MFA_LOGIN_REFUSED'],
    row: ['session.create', 'account', 'challenge refused'],
  },
  'the password of an account, for its e-mail': {
    refused: async () => {
      const { id, email } = await newAccount({ email_verified_at: null })
      const mailed = await confirmationToken(email)
      return [await anyone.post('/auth/email-confirmation/confirm', { token: mailed, password: wrong }), id]
    },
    code: [400, 'EMAIL_CONFIRMATION_PASSWORD'],
    row: ['email_confirmation.confirm', 'account', 'confirmation refused'],
  },
  'the present password, for a new one': {
    refused: async () => {
      const { id, me } = await signedIn()
      return [await me.post('/auth/change-password', { current_password: wrong, new_password: fresh }), id]
    },
    code: [400, 'PASSWORD_WRONG'],
    row: ['account.change_password', 'account', 'change of password refused'],
  },
  'the first code of a second factor': {
    refused: async () => {
      const { id, me } = await signedIn()
      const { secret } = (await me.post('/auth/mfa/setup')).data
      return [await me.post('/auth/mfa/verify', { code: await codeIn(secret, 9) }), id]
    },
    code: [400, 'MFA_CODE_WRONG'],
    row: ['second_factor.confirm', 'account', 'first code refused'],
  },
  'the password for taking the second factor away': {
    refused: async () => {
      const { id, me, recovery } = await protectedAccount()
      return [await me.post('/auth/mfa/disable', { password: wrong, code: recovery[0] }), id]
    },
    code: [400, 'MFA_CODE_WRONG'],
    row: ['second_factor.delete', 'account', 'disabling of the second factor refused'],
  },
  'the code for taking the second factor away': {
    refused: async () => {
      const { id, me } = await protectedAccount()
      return [await me.post('/auth/mfa/disable', { password, code: '000000' }), id]
    },
    code: [400, 'MFA_CODE_WRONG'],
    row: ['second_factor.delete', 'account', 'disabling of the second factor refused'],
  },
  'the token of a reset': {
    refused: async () => [await anyone.post('/auth/password-reset/confirm', { token, new_password: fresh }), null],
    code: [400, 'RESET_TOKEN_INVALID'],
    row: ['password_reset.confirm', 'password_reset', 'token refused'],
  },
  'the token of an e-mail to confirm': {
    refused: async () => [await anyone.post('/auth/email-confirmation/confirm', { token }), null],
    code: [400, 'EMAIL_CONFIRMATION_INVALID'],
    row: ['email_confirmation.confirm', 'email_confirmation', 'token refused'],
  },
  'the token of an invitation': {
    refused: async () => [await anyone.post('/auth/invitations/accept', { token, password: fresh }), null],
    code: [400, 'INVITATION_INVALID'],
    row: ['invitation.accept', 'invitation', 'token refused'],
  },
  'the link to a mailed transcript': {
    refused: async () => [await anyone.get(`/transcripts/files/${'x'.repeat(91)}`), null],
    code: [404, 'TRANSCRIPT_LINK_INVALID'],
    row: ['transcript.receive', 'transcript', 'token refused'],
  },
}

const rowsOf = async (requestId: string) => {
  const { results } = await testEnv.DB.prepare('select * from audit_log where request_id = ?').bind(requestId).all()
  return results
}

describe('a refusal leaves one row in the audit log, which says who tried what:', () => {
  test.each(Object.keys(places))('%s', async (name) => {
    const { refused, code, row } = places[name]!
    const [answer, holder] = await refused()
    expect(refusal(answer)).toEqual(code)
    const rows = await rowsOf(answer.headers.get('x-request-id')!)
    const [action, entity_type, summary] = row
    expect(rows).toEqual([
      expect.objectContaining({
        action,
        entity_type,
        entity_id: holder === null ? null : String(holder),
        actor_id: holder,
        summary,
        success: 0,
        status: code[0],
        changes: '{}',
      }),
    ])
    expect(JSON.stringify(rows)).not.toMatch(/Horse|lyceum\.test|000000|ABCDE|xxxx/)
  })
})
