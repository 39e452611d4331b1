import { beforeAll, describe, expect, test } from 'vitest'
import { forgetOldTokens } from '../../../src/modules/mailed-token/index.ts'
import { refusal } from '../../call.ts'
import {
  auditRows,
  caller,
  countRows,
  password,
  type Persona,
  systemContext,
  testEnv,
  type World,
  world,
} from '../../world.ts'
import { invitationToken, invitee } from './mailed.ts'

let w: World
let admin: Persona
beforeAll(async () => {
  w = await world()
  admin = await w.admin()
})

const accept = (token: string, fields: object = {}) =>
  caller(null).post('/auth/invitations/accept', { token, password, ...fields })

describe('an invitation', () => {
  test('opens an account with the role that the administrator chose', async () => {
    const body = invitee({ role: 'faculty', language: 'el' })
    const token = await invitationToken(body)
    const { status, data } = await accept(token)
    expect([status, data]).toMatchObject([
      201,
      { email: body.email, full_name: body.full_name, role: 'faculty', language: 'el' },
    ])
    const login = await caller(null).post('/auth/login', { email: body.email, password })
    expect(login.data.user.role).toBe('faculty')
    expect((await auditRows('user', data.id)).map(({ action }) => action)).toEqual(['invitation.accept'])
  })

  test('takes the name that its holder prefers, but no role, tier or e-mail', async () => {
    const token = await invitationToken(invitee())
    for (const field of [{ role: 'admin' }, { tier: 'enterprise' }, { email: 'other@lyceum.test' }])
      expect((await accept(token, field)).status).toBe(422)
    expect((await accept(token, { full_name: 'Θεοδώρα Κ.' })).data.full_name).toBe('Θεοδώρα Κ.')
  })

  test('works once, also when tried twice at the same time', async () => {
    const token = await invitationToken(invitee())
    const answers = await Promise.all([accept(token), accept(token)])
    expect(answers.filter(({ status }) => status === 201)).toHaveLength(1)
    expect(refusal(await accept(token))).toEqual([400, 'INVITATION_INVALID'])
  })

  test('is good for seven days', async () => {
    const body = invitee()
    const { data } = await admin.post('/users/invitations', body)
    expect(Date.parse(data.expires_at) - Date.parse(data.created_at)).toBe(7 * 86_400_000)
    const token = await invitationToken(body)
    await testEnv.DB.prepare('update invitation set expires_at = ? where email = ?')
      .bind(new Date(Date.now() - 1000).toISOString(), body.email)
      .run()
    expect(refusal(await accept(token))).toEqual([400, 'INVITATION_INVALID'])
    await forgetOldTokens(systemContext())
    const left = testEnv.DB.prepare('select count(*) as n from invitation where email = ?').bind(body.email)
    expect(await left.first('n')).toBe(0)
  })

  test('asks for a strong password, and is not used up by a weak one', async () => {
    const token = await invitationToken(invitee())
    expect((await accept(token, { password: 'weak' })).status).toBe(422)
    expect((await accept(token)).status).toBe(201)
  })

  test('is not for somebody who has an account, nor from anybody but an administrator', async () => {
    const taken = invitee({ email: w.registrar.email })
    expect(refusal(await admin.post('/users/invitations', taken))).toEqual([409, 'EMAIL_TAKEN'])
    const before = await countRows('invitation')
    expect((await w.registrar.post('/users/invitations', invitee())).status).toBe(403)
    expect(await countRows('invitation')).toBe(before)
  })
})
