import { expect } from 'vitest'
import { newId } from '#/platform/context.ts'
import type { Env } from '#/platform/env.ts'
import { json, serveWith } from '../../platform/http/serve.ts'
import { deliverTo } from '../../platform/queue/deliver.ts'
import { testEnv } from '../../world.ts'
import type { Mail } from '../mailed-token/mailed.ts'

type Vars = Partial<Record<keyof Env, string>>

/** Asks by HTTP and keeps what the queue would have been given. */
export async function ordered(
  method: string,
  path: string,
  body: object,
  headers: Record<string, string> = {},
  vars: Vars = {},
) {
  const orders: object[] = []
  const QUEUE_MAIL = {
    sendBatch: async (messages: { body: object }[]) => void orders.push(...messages.map((message) => message.body)),
  }
  const answer = await serveWith(
    { ...vars, QUEUE_MAIL } as unknown as Partial<Env>,
    `/api/v1${path}`,
    json(method, body, headers),
  )
  const { data } = (await answer.json()) as { data: { id: number; email: string } }
  expect(answer.status).toBeLessThan(300)
  return { status: answer.status, headers: answer.headers, data, orders }
}

/** Hands a message to the worker: the mails that it sends, those that `refuse` refuses included, and whether it is done with it. */
export async function mailed(order: object, refuse: (mail: Mail) => boolean = () => false, vars: Vars = {}) {
  const mails: Mail[] = []
  const MAIL = {
    send: async (mail: Mail) => {
      mails.push(mail)
      if (refuse(mail)) throw new Error('the mail service is down')
    },
  }
  const id = newId()
  const { done } = await deliverTo({ ...testEnv, ...vars, MAIL } as unknown as Env, 'lyceum-work', { id, body: order })
  return { mails, isDone: done.includes(id) }
}
