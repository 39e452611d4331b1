import { beforeAll, describe, expect, test } from 'vitest'
import { serve } from '../http/serve.ts'
import { type World, world } from '../../world.ts'
import { scrapeText, token } from './scrape.ts'

let w: World
beforeAll(async () => {
  w = await world()
})

const knock = (authorization?: string) => serve('/metrics', authorization ? { headers: { authorization } } : {})

describe('/metrics', () => {
  test('answers who has the token in the text format, and lets nobody keep it', async () => {
    const answer = await knock(`Bearer ${token}`)
    expect(answer.status).toBe(200)
    expect(answer.headers.get('content-type')).toBe('text/plain; version=0.0.4; charset=utf-8')
    expect(answer.headers.get('cache-control')).toBe('no-store')
    const lines = (await answer.text()).split('\n')
    expect(lines.slice(0, 2)).toEqual([
      '# HELP http_requests_total Requests that were answered.',
      '# TYPE http_requests_total counter',
    ])
    expect(lines.at(-1)).toBe('')
  })

  test.each([
    ['nothing', undefined],
    ['another token', `Bearer ${'x'.repeat(token.length)}`],
    ['the beginning of the token', `Bearer ${token.slice(0, -1)}`],
    ['more than the token', `Bearer ${token}x`],
    ['the token in other letters', `Bearer ${token.toUpperCase()}`],
    ['an empty token', 'Bearer '],
    ['another scheme', `Basic ${btoa(`metrics:${token}`)}`],
  ])('refuses who brings %s', async (_, authorization) => {
    const answer = await knock(authorization)
    expect([answer.status, answer.headers.get('www-authenticate')]).toEqual([401, 'Bearer'])
    const { error } = await answer.json<{ error: { code: string; message: string } }>()
    expect(error).toMatchObject({
      code: 'DEPLOYMENT_TOKEN_REQUIRED',
      message: expect.stringContaining('METRICS_TOKEN'),
    })
  })

  test('refuses an administrator, and its token opens nothing else', async () => {
    expect((await knock(`Bearer ${(await w.admin()).token}`)).status).toBe(401)
    expect((await serve('/api/v1/programs', { headers: { authorization: `Bearer ${token}` } })).status).toBe(401)
  })

  test('names every series with its type, also one that has no figure yet', async () => {
    const text = await scrapeText()
    const types = Object.fromEntries([...text.matchAll(/^# TYPE (\w+) (\w+)$/gm)].map(([, name, type]) => [name, type]))
    expect(types).toMatchObject({
      http_requests_total: 'counter',
      http_request_duration_seconds: 'histogram',
      db_query_duration_seconds: 'histogram',
      backup_age_seconds: 'gauge',
    })
    expect(text.match(/^# HELP /gm)).toHaveLength(Object.keys(types).length)
    expect(text).not.toMatch(/^backup_age_seconds /m)
    for (const known of [
      'transcript_render_seconds_bucket{le="+Inf"}',
      'transcript_render_seconds_sum',
      'db_queries_total',
      'rate_limited_total{class="chat"}',
      'auth_attempts_total{outcome="locked"}',
    ])
      expect(text.split('\n').filter((line) => line.startsWith(`${known} `))).toHaveLength(1)
  })
})
