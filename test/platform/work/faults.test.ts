import { beforeAll, describe, expect, test, vi } from 'vitest'
import '#/worker.ts'
import { newId } from '#/platform/context.ts'
import { everyWork } from '#/platform/work/work-kind.ts'
import { smallSteps } from '../../exchange/import/small-steps.ts'
import { countRows, testEnv, type World, world } from '../../world.ts'
import { databaseBehind } from '../database/between.ts'
import { connectionLost, faulty, withoutPauses } from '../database/faulty.ts'
import { deliverTo } from '../queue/deliver.ts'
import { Queue } from './runs.ts'
import { samples } from './samples.ts'

smallSteps(500)
withoutPauses()

let w: World
beforeAll(async () => {
  w = await world()
})

/** A database of which every other round trip fails: in turns before and after it has done what it was asked. */
function stumbling() {
  const seen = { trips: 0, faults: 0 }
  const DB = databaseBehind(async (_, run) => {
    seen.trips += 1
    if (seen.trips % 2 === 0) return run()
    seen.faults += 1
    if (seen.faults % 2 === 0) await run()
    throw new Error(connectionLost)
  })
  return { DB, seen }
}

const every = Object.entries(samples).flatMap(([type, kinds]) =>
  Object.entries(kinds).map(([name, sample]) => ({ name, work: everyWork.get(type)!, sample })),
)

test.each(every)(
  '$name is done once, by messages none of which fails, although the database does',
  async ({ work, sample }) => {
    async function outcomeBy(bindings: object) {
      const queue = new Queue()
      const { id, outcome } = await sample.begin(w, queue.context())
      queue.messages.splice(0, Infinity, { id: newId(), ...work.message(id) })
      while (queue.messages.length > 0) {
        const message = { id: newId(), body: queue.messages.shift() }
        expect((await deliverTo({ ...queue.env(), ...bindings }, 'lyceum-work', message)).done).toEqual([message.id])
      }
      return outcome()
    }
    const undisturbed = await outcomeBy({})
    const { DB, seen } = stumbling()
    expect(await outcomeBy({ DB })).toEqual(undisturbed)
    expect(seen.faults).toBeGreaterThan(2)
  },
)

describe('a message whose database does not come back', () => {
  test('is no fault of its work, and is tried again later than others', async () => {
    const queue = new Queue()
    const { id } = await samples['transcript.render']!['transcript']!.begin(w, queue.context())
    const { DB } = faulty({ on: 'write', when: 'before', times: Infinity })
    const retry = vi.fn()
    const body = { id: newId(), ...everyWork.get('transcript.render')!.message(id) }
    const message = { id: newId(), body, attempts: 2, timestamp: new Date(), ack: vi.fn(), retry }
    const { default: worker } = await import('#/worker.ts')
    const batch = { queue: 'lyceum-work', messages: [message] } as unknown as MessageBatch
    await worker.queue(batch, { ...queue.env(), DB }, { waitUntil: () => undefined } as unknown as ExecutionContext)
    expect(retry.mock.calls).toEqual([[{ delaySeconds: 60 }]])
    expect(await countRows(`transcript_job where id = '${id}' and finished_at is null and error_code is null`)).toBe(1)
  })
})

test('a mail goes out once, whichever of its notes the database fails to answer', async () => {
  const { email } = await w.admin()
  const id = newId()
  const at = (ms: number) => new Date(Date.now() + ms).toISOString()
  await testEnv.DB.prepare('insert into password_reset (id, email, requested_at, expires_at) values (?, ?, ?, ?)')
    .bind(id, email, at(0), at(60_000))
    .run()
  const sent: unknown[] = []
  const bindings = { MAIL: { send: async (mail: unknown) => void sent.push(mail) }, DB: stumbling().DB }
  const message = { id: newId(), body: { id: newId(), type: 'password-reset.mail', reset_id: id } }
  const env = { ...testEnv, ...bindings } as unknown as typeof testEnv
  expect((await deliverTo(env, 'lyceum-work', message)).done).toEqual([message.id])
  expect(sent).toHaveLength(1)
  expect(await countRows(`mail_delivery where message_id = '${message.body.id}' and sent_at is not null`)).toBe(1)
})
