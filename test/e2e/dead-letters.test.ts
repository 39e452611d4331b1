import { beforeAll, describe, expect, inject, test } from 'vitest'
import type { AnswerAt } from '../answer-at.ts'
import { type Caller, signIn } from './client.ts'
import { waitUntil } from './server.ts'

/** The shared server was sent one when it started (shared-server.ts). */
describe('a message that nobody understands', () => {
  let admin: Caller
  let letter: AnswerAt<'GET', '/queues/dead-letters'>['items'][number]

  beforeAll(async () => {
    admin = await signIn(inject('url'), 'admin')
    await waitUntil(async () => {
      const [buried] = await admin.all('/queues/dead-letters?type=unknown')
      if (buried) letter = buried
      return buried !== undefined
    }, 'the queue to give the message up')
  })

  test('ends in the dead letters after five retries, each later than the one before', async () => {
    expect(letter).toMatchObject({ type: 'unknown', status: 'dead', message: null, deaths: 1 })
    const { data } = await admin.get('/jobs')
    const sweep = data.items[0]!
    expect(sweep.name).toBe('sweep-outbox')
    expect(Date.parse(letter.failed_at) - Date.parse(sweep.finished_at!)).toBeGreaterThan(61_000)
  })

  test('is counted by the health of the system, which it does not impair', async () => {
    const answer = await fetch(`${inject('url')}/health/details`, {
      headers: { authorization: `Bearer ${admin.token}` },
    })
    expect([answer.status, await answer.json()]).toMatchObject([
      200,
      { status: 'ok', migrations: { pending: [] }, queue: { dead_letters: 1, outbox: 0 } },
    ])
  })

  test('cannot be sent again', async () => {
    const { status, error } = await admin.post(`/queues/dead-letters/${letter.id}/retry`)
    expect([status, error?.code]).toEqual([409, 'DEAD_LETTER_UNREADABLE'])
  })
})
