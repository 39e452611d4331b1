import { beforeAll, describe, expect, test } from 'vitest'
import type { Env } from '#/platform/env.ts'
import { newId } from '#/platform/context.ts'
import { deliver, deliverTo } from '../../platform/queue/deliver.ts'
import { caller, password, type Persona, testEnv, world } from '../../world.ts'
import { newAccount } from '../identity/account.ts'
import { mailed, ordered } from '../email-confirmation/by-queue.ts'
import { invitee, type Mail, tokenIn } from './mailed.ts'

let admin: Persona
beforeAll(async () => {
  admin = await (await world()).admin()
})

const byAdmin = () => ({ authorization: `Bearer ${admin.token}` })

/** What asks for a mail, the page that its link leads to, and what answers whether the token is good. It is used up by that. */
const kinds = {
  confirmation: {
    page: 'confirm-email',
    order: async () => {
      const { email } = await newAccount({ email_verified_at: null, language: 'el' })
      return ordered('POST', '/auth/email-confirmation/request', { email })
    },
    use: (token: string) => caller(null).post('/auth/email-confirmation/confirm', { token }),
  },
  reset: {
    page: 'new-password',
    order: async () =>
      ordered('POST', '/auth/password-reset/request', { email: (await newAccount({ language: 'el' })).email }),
    use: (token: string) =>
      caller(null).post('/auth/password-reset/confirm', { token, new_password: 'Another-Horse-7!' }),
  },
  invitation: {
    page: 'accept-invitation',
    order: () => ordered('POST', '/users/invitations', invitee({ language: 'el' }), byAdmin()),
    use: (token: string) => caller(null).post('/auth/invitations/accept', { token, password }),
  },
}

describe.each(Object.entries(kinds))('the mail of a %s', (_, { page, order, use }) => {
  test('links to the page of the deployment in the language of the mail, the token behind #', async () => {
    const { orders } = await order()
    const [mail] = (await mailed(orders[0]!)).mails
    const link = new RegExp(`^http://localhost:8787/console/${page}\\?language=el#token=[\\w-]{44}$`, 'm')
    expect(mail!.text).toMatch(link)
  })

  test('links to APP_URL where there is one', async () => {
    const { orders } = await order()
    const mails: Mail[] = []
    const MAIL = { send: async (mail: Mail) => void mails.push(mail) }
    const env = { ...testEnv, MAIL, APP_URL: 'https://campus.example/app/' } as unknown as Env
    await deliverTo(env, 'lyceum-work', { id: newId(), body: orders[0]! })
    expect(mails[0]!.text).toMatch(new RegExp(`^https://campus\\.example/app/${page}\\?language=el#token=`, 'm'))
  })

  test('that could not be sent is sent again, with the only token that is good; once sent it is not sent again', async () => {
    const { orders } = await order()
    const failed = await mailed(orders[0]!, () => true)
    expect([failed.isDone, failed.mails.length]).toEqual([false, 1])
    const sent = await mailed(orders[0]!)
    expect([sent.isDone, sent.mails.length]).toEqual([true, 1])
    const again = await mailed(orders[0]!)
    expect([again.isDone, again.mails]).toEqual([true, []])
    expect((await use(tokenIn(failed.mails[0]!))).status).toBe(400)
    expect((await use(tokenIn(sent.mails[0]!))).status).toBeLessThan(300)
  })

  test('that was sent is not sent again by whoever retries its dead letter, and its token stays good', async () => {
    const { orders } = await order()
    const { mails } = await mailed(orders[0]!)
    const message = { id: newId(), body: orders[0]! }
    await deliver('lyceum-dead-letters', message)
    const { data } = await admin.get('/queues/dead-letters?page_size=1')
    const { orders: retried } = await ordered('POST', `/queues/dead-letters/${data.items[0]!.id}/retry`, {}, byAdmin())
    expect(retried).toEqual(orders)
    expect(await mailed(retried[0]!)).toEqual({ mails: [], isDone: true })
    expect((await use(tokenIn(mails[0]!))).status).toBeLessThan(300)
  })
})

test('no mail to an address that nobody has proved holds a name', async () => {
  const { orders } = await kinds.invitation.order()
  expect((await mailed(orders[0]!)).mails[0]!.text).not.toContain('Κομνηνού')
})
