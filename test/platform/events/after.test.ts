import { afterEach, describe, expect, test } from 'vitest'
import { invite } from '#/access/invitation/invite.ts'
import type { Context } from '#/platform/context.ts'
import { sweepOutbox } from '#/platform/queue/sweep-outbox.ts'
import '#/app.ts'
import { type Mail, invitee } from '../../access/mailed-token/mailed.ts'
import { countRows, systemContext, testEnv } from '../../world.ts'
import { deliverTo } from '../queue/deliver.ts'

let sent: { body: { id: string; type: string } }[] = []
let mails: Mail[] = []
const MAIL = { send: async (mail: Mail) => void mails.push(mail) }
const QUEUE = { sendBatch: async (batch: typeof sent) => void sent.push(...batch) }

/** A deployment whose queue is `queue`, and what its request leaves to be done after the answer. */
function deployment(queue: unknown) {
  const left: Promise<unknown>[] = []
  const env = { ...testEnv, QUEUE_MAIL: queue, MAIL } as unknown as Context['env']
  const ctx = { ...systemContext(), env, after: (work: Promise<unknown>) => void left.push(work) }
  return { ctx, env, settled: () => Promise.all(left) }
}

const invitation = { ...invitee(), role: 'registrar' as const, language: 'en' as const }
const { env } = deployment(QUEUE)
const deliverAll = () =>
  Promise.all(sent.map(({ body }, index) => deliverTo(env, 'lyceum-work', { id: `after-${index}`, body })))

afterEach(async () => {
  sent = []
  mails = []
  await testEnv.DB.prepare('delete from outbox').run()
})

describe('what follows an event', () => {
  test('is one message, sent after the commit; delivered twice it has the effect of once', async () => {
    const { ctx, settled } = deployment(QUEUE)
    const { id } = await invite(ctx, invitation)
    await settled()
    expect(sent.map(({ body }) => body)).toEqual([
      { id: expect.any(String), type: 'invitation.mail', invitation_id: id },
    ])
    expect(await countRows('outbox')).toBe(0)
    await deliverAll()
    await deliverAll()
    expect(mails).toHaveLength(1)
  })

  test('survives a crash between the commit and the queue: the sweep sends it', async () => {
    const { ctx, settled } = deployment(undefined)
    const { id } = await invite(ctx, { ...invitation, email: invitee().email })
    await settled()
    expect([sent.length, await countRows('outbox')]).toEqual([0, 1])
    const later = new Date(Date.now() + 120_000).toISOString()
    expect(await sweepOutbox({ ...deployment(QUEUE).ctx, now: later })).toBe(1)
    expect(sent.map(({ body }) => body)).toMatchObject([{ type: 'invitation.mail', invitation_id: id }])
    expect(await countRows('outbox')).toBe(0)
    await deliverAll()
    expect(mails).toHaveLength(1)
  })

  test('survives a crash between the queue and the outbox: sent twice it is still one mail', async () => {
    const { ctx, settled } = deployment({
      sendBatch: async (batch: typeof sent) => {
        sent.push(...batch)
        throw new Error('the power is gone')
      },
    })
    await invite(ctx, { ...invitation, email: invitee().email })
    await settled()
    expect([sent.length, await countRows('outbox')]).toEqual([1, 1])
    await sweepOutbox({ ...deployment(QUEUE).ctx, now: new Date(Date.now() + 120_000).toISOString() })
    expect(sent.map(({ body }) => body.id)).toEqual([sent[0]!.body.id, sent[0]!.body.id])
    for (const { body } of sent) await deliverTo(env, 'lyceum-work', { id: 'again', body })
    expect(mails).toHaveLength(1)
  })

  test('is nothing when the write fails', async () => {
    const { ctx, settled } = deployment(QUEUE)
    const taken = { ...invitation, role: 'nobody' as unknown as 'registrar' }
    await expect(invite(ctx, { ...taken, email: invitee().email })).rejects.toThrow()
    await settled()
    expect([sent.length, await countRows('outbox')]).toEqual([0, 0])
  })
})
