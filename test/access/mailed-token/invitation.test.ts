import { createExecutionContext, createMessageBatch } from 'cloudflare:test'
import { beforeAll, describe, expect, test } from 'vitest'
import type { Env } from '#/platform/env.ts'
import { forgetOldInvitations } from '#/access/invitation/index.ts'
import worker from '#/worker.ts'
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
import { json, serveWith } from '../../platform/http/serve.ts'
import { invitationMails, invitationToken, invitee, newInvitation, tokenIn, withMailbox } from './mailed.ts'

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
    await forgetOldInvitations(systemContext())
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

describe('the mail of an invitation', () => {
  /** Invites by HTTP; answers the invitation and what the queue was given. */
  async function inviteWith(body: ReturnType<typeof invitee>) {
    const sent: { body: unknown }[] = []
    const QUEUE_MAIL = { sendBatch: async (messages: { body: unknown }[]) => void sent.push(...messages) }
    const init = json('POST', body, { authorization: `Bearer ${admin.token}` })
    const answer = await serveWith({ QUEUE_MAIL } as unknown as Partial<Env>, '/api/v1/users/invitations', init)
    expect(answer.status).toBe(201)
    return { sent, data: ((await answer.json()) as { data: { id: number; email: string } }).data }
  }

  test('is ordered by the id: the queue does not learn whom it is for', async () => {
    const { sent, data } = await inviteWith(invitee())
    expect(sent.map(({ body }) => body)).toEqual([
      { id: expect.any(String), type: 'invitation.mail', invitation_id: data.id },
    ])
  })

  test('goes to whom the message means, with a token that works', async () => {
    const { sent, data } = await inviteWith(invitee({ language: 'el' }))
    const { mails, ctx } = withMailbox()
    const batch = createMessageBatch('lyceum-work', [
      { id: 'm1', body: sent[0]!.body, attempts: 1, timestamp: new Date() },
    ])
    await worker.queue(batch, ctx.env, createExecutionContext())
    expect(mails.map(({ to, from }) => [to, from.name])).toEqual([[data.email, 'Πανεπιστήμιο Λύκειον']])
    expect((await accept(tokenIn(mails[0]!))).status).toBe(201)
  })

  test('that nobody could send leaves no e-mail in the outbox', async () => {
    const body = invitee()
    const QUEUE_MAIL = { sendBatch: () => Promise.reject(new Error('no queue')) }
    const init = json('POST', body, { authorization: `Bearer ${admin.token}` })
    await serveWith({ QUEUE_MAIL } as unknown as Partial<Env>, '/api/v1/users/invitations', init)
    const { id } = (await testEnv.DB.prepare('select id from invitation where email = ?').bind(body.email).first())!
    const messages = (await testEnv.DB.prepare('select message from outbox').raw<[string]>()).flat()
    expect(messages.map((message) => JSON.parse(message))).toContainEqual({
      type: 'invitation.mail',
      invitation_id: id,
    })
    expect(messages.join()).not.toContain(body.email)
  })

  test('is not sent once a newer invitation has taken its place', async () => {
    const body = invitee()
    const [older, newer] = [await newInvitation(body), await newInvitation(body)]
    expect(await invitationMails(older)).toEqual([])
    expect(await invitationMails(newer)).toMatchObject([{ to: body.email }])
  })

  test('is not sent again once it was accepted, nor when it is over or gone', async () => {
    const [accepted, over] = [await newInvitation(invitee()), await newInvitation(invitee())]
    const [mail] = await invitationMails(accepted)
    expect((await accept(tokenIn(mail!))).status).toBe(201)
    await testEnv.DB.prepare('update invitation set expires_at = ? where id = ?')
      .bind(new Date().toISOString(), over)
      .run()
    expect([await invitationMails(accepted), await invitationMails(over)]).toEqual([[], []])
    expect(await invitationMails(999_999)).toEqual([])
  })

  test('sent twice, carries the token that works from then on', async () => {
    const id = await newInvitation(invitee())
    const [[first], [second]] = [await invitationMails(id), await invitationMails(id)]
    expect(refusal(await accept(tokenIn(first!)))).toEqual([400, 'INVITATION_INVALID'])
    expect((await accept(tokenIn(second!))).status).toBe(201)
  })
})
