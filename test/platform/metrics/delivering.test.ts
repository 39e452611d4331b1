import { createExecutionContext, waitOnExecutionContext } from 'cloudflare:test'
import { afterEach, describe, expect, test, vi } from 'vitest'
import worker from '#/worker.ts'
import { serveWith } from '../http/serve.ts'
import { testEnv } from '../../world.ts'
import { answers, grown, scrape, token } from './scrape.ts'

const live = answers('GET', '/health/live', 200)
type Asked = Parameters<typeof worker.fetch>[0]
afterEach(() => vi.restoreAllMocks())

/** A deployment whose deliveries are counted. */
function counting(vars: object) {
  const metrics = testEnv.METRICS.getByName('local')
  const deliveries: number[] = []
  const add = (...argv: Parameters<typeof metrics.add>) => {
    deliveries.push(argv[1].length)
    return metrics.add(...argv)
  }
  const METRICS = { getByName: () => ({ add, read: () => metrics.read() }) }
  return { env: { ...testEnv, METRICS, ...vars } as unknown as typeof testEnv, deliveries }
}

async function ask(env: typeof testEnv, times: number) {
  const execution = createExecutionContext()
  const request = () => new Request('http://lyceum.test/health/live') as Asked
  await Promise.all(Array.from({ length: times }, async () => worker.fetch(request(), env, execution)))
  return () => waitOnExecutionContext(execution)
}

/** The timer of the next request that needs one: it rings when the test says so. */
function heldTimer(): () => void {
  let ring: () => void = () => undefined
  vi.spyOn(scheduler, 'wait').mockReturnValueOnce(new Promise((done) => (ring = done)))
  return ring
}

describe('what an isolate has counted', () => {
  const slowly = { METRICS_FLUSH_MS: '10000' }

  test('is delivered once for all requests of a while, after their answers', async () => {
    const { env, deliveries } = counting(slowly)
    const growth = await grown(async () => {
      const ring = heldTimer()
      const delivered = await ask(env, 60)
      expect(deliveries).toEqual([])
      ring()
      await delivered()
      expect(deliveries).toEqual([1])
    })
    expect(growth(live)).toBe(60)
  })

  test('does not wait that long when it is much', async () => {
    const { env, deliveries } = counting(slowly)
    const growth = await grown(async () => {
      const ring = heldTimer()
      const delivered = await ask(env, 700)
      expect(deliveries).toEqual([1])
      ring()
      await delivered()
      expect(deliveries).toHaveLength(2)
    })
    expect(growth(live)).toBe(700)
  })

  test('is delivered by a later request when the one that held the timer was broken off', async () => {
    const { env, deliveries } = counting({ METRICS_FLUSH_MS: '1' })
    const now = Date.now()
    const clock = vi.spyOn(Date, 'now').mockReturnValue(now)
    heldTimer()
    const execution = createExecutionContext()
    await worker.fetch(new Request('http://lyceum.test/health/live') as Asked, env, execution)
    await (
      await ask(env, 1)
    )()
    expect(deliveries).toEqual([])
    let later = now
    // What still works for the file before may deliver what a request counted; then it is the next request's.
    await vi.waitFor(async () => {
      clock.mockReturnValue((later += 1002))
      const delivered = await ask(env, 1)
      await delivered()
      expect(deliveries).toHaveLength(1)
    })
  })

  test('stays when it cannot be delivered, and the failures are counted, too', async () => {
    const said = vi.spyOn(console, 'error').mockImplementation(() => undefined)
    const growth = await grown(async () => {
      for (let i = 0; i < 14; i += 1)
        await serveWith({ METRICS: undefined, METRICS_FLUSH_MS: '1' } as object, '/health/live')
    })
    expect([growth(live), growth('metrics_flush_failures_total')]).toEqual([14, 14])
    const events = said.mock.calls.map(([line]) => (JSON.parse(line as string) as { event: string }).event)
    expect(events).toEqual(Array.from({ length: 14 }, () => 'metrics_not_delivered'))
  })

  test('is not made up when the object cannot be reached: the scrape fails', async () => {
    vi.spyOn(console, 'error').mockImplementation(() => undefined)
    const headers = { authorization: `Bearer ${token}` }
    const answer = await serveWith({ METRICS: undefined } as object, '/metrics', { headers })
    expect([answer.status, answer.headers.get('retry-after')]).toEqual([503, '15'])
    expect((await scrape()).get(answers('GET', '/metrics', 503))).toBeGreaterThanOrEqual(1)
  })
})
