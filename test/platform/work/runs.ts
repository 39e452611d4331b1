import { newId, type Context } from '#/platform/context.ts'
import { backgroundContext } from '#/platform/background-context.ts'
import type { Env } from '#/platform/env.ts'
import type { Run } from '#/platform/work/kind.ts'
import type { AnyWork } from '#/platform/work/work-kind.ts'
import { testEnv } from '../../world.ts'
import { deliverTo } from '../queue/deliver.ts'
import { type Life, mortal } from './mortal.ts'
import { everyQueue } from '../queue/every-queue.ts'

/** A queue that a test empties itself. */
export class Queue {
  readonly messages: unknown[] = []
  readonly binding = {
    send: async (body: unknown) => void this.messages.push(body),
    sendBatch: async (sent: Iterable<{ body: unknown }>) =>
      void this.messages.push(...Array.from(sent, ({ body }) => body)),
  }

  /** A worker whose messages stay here; with a life it dies at the end of that. */
  env(life?: Life): Env {
    return { ...testEnv, ...(life && mortal(testEnv, life)), ...everyQueue(this.binding) } as unknown as Env
  }

  context(life?: Life): Context {
    return backgroundContext(this.env(life), { waitUntil: () => undefined }, 'system.read', 'test')
  }

  /** Delivers until nothing is left, or the worker has died. What it died of stays in the queue. */
  async empty(life?: Life): Promise<void> {
    for (let isAlive = true; isAlive && this.messages.length > 0; isAlive = !life?.isOver) {
      const body = this.messages[0]
      const { done } = await deliverTo(this.env(life), 'lyceum-work', { id: newId(), body })
      if (done.length > 0) this.messages.shift()
      else if (!life?.isOver) throw new Error('the message failed although the worker lived')
    }
  }
}

/** What may happen after a worker has died. */
export const recoveries = {
  'whose message comes again': async () => undefined,

  'whose message is lost': async (queue: Queue, work: AnyWork, { id, finished_at }: Run) => {
    // A run that has ended sends none any more; the one that ended it stays in the queue until it is done.
    if (finished_at) return
    queue.messages.length = 0
    await setBack(id)
    await work.resume(queue.context())
  },

  'that is given up and sent again': async (queue: Queue, work: AnyWork, { id }: Run) => {
    queue.messages.length = 0
    const body = { id: newId(), ...work.message(id) }
    const ctx = queue.context()
    const { consumer } = work.messageType
    await consumer.giveUp(ctx, body)
    await ctx.db.batch([consumer.revive(ctx, body) as never])
    queue.messages.push(body)
  },
} satisfies Record<string, (queue: Queue, work: AnyWork, run: Run) => Promise<unknown>>

/** Nobody has worked on it for an hour. */
async function setBack(id: string): Promise<void> {
  const hourAgo = new Date(Date.now() - 3_600_000).toISOString()
  for (const table of ['backup_run', 'import_job', 'transcript_job', 'audit_renewal'])
    await testEnv.DB.prepare(`update ${table} set updated_at = ? where id = ?`).bind(hourAgo, id).run()
}
