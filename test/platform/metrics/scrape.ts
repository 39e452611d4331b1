import { serveWith } from '../http/serve.ts'
import { testEnv } from '../../world.ts'

/** `name{label="value"}` -> figure. */
export type Samples = Map<string, number>

export const token = testEnv.METRICS_TOKEN

export const scrapeText = async (vars: object = {}) =>
  (await serveWith(vars, '/metrics', { headers: { authorization: `Bearer ${token}` } })).text()

/** Everything that /metrics serves; a line of another form fails the test. */
export async function scrape(vars: object = {}): Promise<Samples> {
  const lines = (await scrapeText(vars)).split('\n').filter((line) => line !== '' && !line.startsWith('#'))
  return new Map(
    lines.map((line) => {
      const [, key, value] = /^(\w+(?:\{.+\})?) (\S+)$/.exec(line)!
      return [key!, Number(value)] as const
    }),
  )
}

/** What a series grew by while `work` was done. The first scrape may ask the database for gauges; they are kept for the others. */
export async function grown(work: () => Promise<unknown>): Promise<(key: string) => number> {
  await scrape()
  const before = await scrape()
  await work()
  const after = await scrape()
  return (key) => (after.get(key) ?? 0) - (before.get(key) ?? 0)
}

/** A counter of answers as it is written. */
export const answers = (method: string, route: string, status: number) =>
  `http_requests_total{method="${method}",route="${route}",status="${status}"}`
