import { beforeAll, describe, expect, test } from 'vitest'
import { refusal } from '../../call.ts'
import { databaseBehind, racing } from '../../platform/database/between.ts'
import { codeOf, json, serveWith } from '../../platform/http/serve.ts'
import { auditRows, caller, countRows, password, type Persona, testEnv, type World, world } from '../../world.ts'
import { invitationMails, invitee, tokenIn } from './mailed.ts'

let w: World
let admin: Persona
beforeAll(async () => {
  w = await world()
  admin = await w.admin()
})

const invalid = [400, 'INVITATION_INVALID']
const accept = (token: string) => caller(null).post('/auth/invitations/accept', { token, password })
const list = async (query: string) => (await admin.get(`/users/invitations?${query}`)).data

/** An invitation by HTTP, with a token that was mailed for it. */
async function invited(by: Persona, body = invitee()) {
  const { data } = await by.post('/users/invitations', body)
  return { ...data, token: tokenIn((await invitationMails(data.id))[0]!) }
}

describe('invitations', () => {
  test('are listed with paging, search by filters and who sent them, without a token', async () => {
    const by = await w.admin()
    const sent = [await invited(by), await invited(by, invitee({ role: 'faculty' })), await invited(by)]
    const mine = `invited_by=${by.userId}`
    const { items, total } = await list(mine)
    expect([total, items.map(({ id }) => id)]).toEqual([3, sent.map(({ id }) => id).toReversed()])
    expect(items[0]).toEqual({
      id: sent[2]!.id,
      email: sent[2]!.email,
      full_name: 'Θεοδώρα Κομνηνού',
      role: 'registrar',
      language: 'en',
      invited_by: by.userId,
      invited_by_name: 'The admin',
      expires_at: expect.any(String),
      accepted_at: null,
      voided_at: null,
      created_at: expect.any(String),
    })
    const first = await list(`${mine}&ordering=id&page_size=2`)
    expect(first.items.map(({ id }) => id)).toEqual([sent[0]!.id, sent[1]!.id])
    const next = await list(`${mine}&ordering=id&page_size=2&cursor=${encodeURIComponent(first.next_cursor!)}`)
    expect(next.items.map(({ id }) => id)).toEqual([sent[2]!.id])
    expect((await list(`${mine}&role=faculty`)).items.map(({ id }) => id)).toEqual([sent[1]!.id])
    await accept(sent[0]!.token)
    expect((await list(`${mine}&accepted=true`)).items).toMatchObject([
      { id: sent[0]!.id, accepted_at: expect.any(String) },
    ])
  })

  test('are an administrator’s alone to see and to withdraw', async () => {
    const { id, token } = await invited(admin)
    for (const stranger of [w.registrar, await w.teacher(), await w.studentPersona()]) {
      expect(refusal(await stranger.get('/users/invitations'))).toEqual([403, 'HTTP_403'])
      expect(refusal(await stranger.delete(`/users/invitations/${id}`))).toEqual([403, 'HTTP_403'])
    }
    expect((await accept(token)).status).toBe(201)
  })
})

describe('an invitation is void', () => {
  test('once a newer one was sent to the same e-mail, in that write', async () => {
    const older = await invited(admin)
    const newer = await invited(admin, invitee({ email: older.email, role: 'faculty' }))
    expect(refusal(await accept(older.token))).toEqual(invalid)
    expect((await list(`email=${older.email}`)).items.map(({ id }) => id)).toEqual([newer.id])
    expect((await list(`email=${older.email}&voided=true`)).items).toMatchObject([
      { id: older.id, voided_at: newer.created_at },
    ])
    expect((await accept(newer.token)).data.role).toBe('faculty')
  })

  test('once it was withdrawn, which is on record and can be done once', async () => {
    const { id, token } = await invited(admin)
    expect((await admin.delete(`/users/invitations/${id}`)).status).toBe(204)
    expect(refusal(await accept(token))).toEqual(invalid)
    expect(await invitationMails(id)).toEqual([])
    const rows = await auditRows('invitation', id)
    expect(rows.map(({ action, actor_id }) => [action, actor_id])).toEqual([
      ['invitation.delete', admin.userId],
      ['invitation.create', admin.userId],
    ])
    const accepted = await invited(admin)
    await accept(accepted.token)
    for (const gone of [id, accepted.id, 999_999])
      expect(refusal(await admin.delete(`/users/invitations/${gone}`))).toEqual([404, 'INVITATION_NOT_FOUND'])
  })

  test.each([
    ['is deactivated', (id: number) => admin.patch(`/users/${id}`, { is_active: false })],
    ['is deleted', (id: number) => admin.delete(`/users/${id}`)],
    ['gets another role', (id: number) => admin.patch(`/users/${id}`, { role: 'registrar' })],
  ])('once whoever sent it %s, and stays so', async (_, end) => {
    const by = await w.admin()
    const { token } = await invited(by)
    const others = await invited(admin)
    await end(by.userId)
    expect(refusal(await accept(token))).toEqual(invalid)
    await testEnv.DB.prepare("update user set is_active = 1, deleted_at = null, role = 'admin' where id = ?")
      .bind(by.userId)
      .run()
    expect(refusal(await accept(token))).toEqual(invalid)
    expect((await accept(others.token)).status).toBe(201)
  })

  test('is not even written when whoever sends it is deactivated in the midst of it', async () => {
    const by = await w.admin()
    const DB = databaseBehind(async (texts, run) => {
      if (texts.some((text) => text.startsWith('insert into "invitation"')))
        await testEnv.DB.prepare('update user set is_active = 0 where id = ?').bind(by.userId).run()
      return run()
    })
    const before = await countRows('invitation')
    const init = json('POST', invitee(), { authorization: `Bearer ${by.token}` })
    expect(await codeOf(await serveWith({ DB }, '/api/v1/users/invitations', init))).toBe('403 HTTP_403')
    expect(await countRows('invitation')).toBe(before)
  })
})

describe('an invitation that is withdrawn while it is accepted', () => {
  const both = async (first: 'accept' | 'withdraw') => {
    const { id, token, email } = await invited(admin)
    const accepting = (DB: D1Database) =>
      serveWith({ DB }, '/api/v1/auth/invitations/accept', json('POST', { token, password }))
    const withdrawing = (DB: D1Database) =>
      serveWith({ DB }, `/api/v1/users/invitations/${id}`, {
        method: 'DELETE',
        headers: { authorization: `Bearer ${admin.token}` },
      })
    const [one, other] = racing(2) as [D1Database, D1Database]
    const [accepted, withdrawn] =
      first === 'accept'
        ? await Promise.all([accepting(one), withdrawing(other)])
        : await Promise.all([accepting(other), withdrawing(one)])
    return { accepted, withdrawn, opened: await countRows(`live_user where email = '${email}'`) }
  }

  test('is accepted by who was quicker', async () => {
    const { accepted, withdrawn, opened } = await both('accept')
    expect([accepted.status, await codeOf(withdrawn), opened]).toEqual([201, '404 INVITATION_NOT_FOUND', 1])
  })

  test('or withdrawn, and opens nothing', async () => {
    const { accepted, withdrawn, opened } = await both('withdraw')
    expect([await codeOf(accepted), withdrawn.status, opened]).toEqual(['400 INVITATION_INVALID', 204, 0])
  })
})
