import { beforeAll, describe, expect, test } from 'vitest'
import { endpoints } from '#/wiring/endpoints.ts'
import { type Endpoint, fullPath, statusOf } from '#/platform/http/endpoint.ts'
import { serveWith } from '../platform/http/serve.ts'
import { type Persona, type World, world } from '../world.ts'
import type { Sample } from './sample-rows.ts'
import { samples } from './samples.ts'
import { watched } from './watched.ts'

let w: World
let admin: Persona
beforeAll(async () => {
  w = await world()
  admin = await w.admin()
})

/** The one that may issue; afterwards it answers what it has issued. */
const issuing = new Set(['getTranscript'])

/** What a request leaves behind. */
async function leftBy(method: 'GET' | 'HEAD', endpoint: Endpoint, { path, as = admin, headers }: Sample) {
  const { env, left } = watched()
  const token = as.token ? { authorization: `Bearer ${as.token}` } : {}
  const address = path.startsWith('~') ? path.slice(1) : `/api/v1${path}`
  const answer = await serveWith(env, address, { method, headers: { ...token, ...headers } })
  await answer.arrayBuffer()
  expect([method, answer.status]).toEqual([method, statusOf(endpoint)])
  return left.filter((one) => !isReceipt(one))
}

/** With each write that it commits, a session leaves a receipt. */
const isReceipt = (text: string) => text.startsWith('insert into write_receipt')
const isAuditRow = (text: string) => text.startsWith('insert into "audit_log"')

describe.each(endpoints.filter(({ method }) => method === 'get').map((one) => [fullPath(one), one] as const))(
  '%s',
  (_, endpoint) => {
    test('leaves nothing behind but an audit row, by HEAD and by GET', async () => {
      const sample = await samples[endpoint.id]!(w)
      const byHead = await leftBy('HEAD', endpoint, sample)
      if (issuing.has(endpoint.id))
        expect(await leftBy('GET', endpoint, sample)).toContainEqual(
          expect.stringMatching(/^insert into "transcript_issue"/),
        )
      for (const left of [byHead, await leftBy('GET', endpoint, sample)]) {
        expect(left.filter((one) => !isAuditRow(one))).toEqual([])
        expect(left.length).toBeLessThan(2)
      }
    })
  },
)

test('there are many such operations, and writes are seen', async () => {
  expect(endpoints.filter(({ method }) => method === 'get').length).toBeGreaterThan(70)
  const { env, left } = watched()
  const init = {
    method: 'POST',
    headers: { authorization: `Bearer ${admin.token}`, 'content-type': 'application/json' },
    body: JSON.stringify({ student_id: (await w.student()).id }),
  }
  expect((await serveWith(env, '/api/v1/transcripts/enqueue', init)).status).toBe(202)
  for (const start of ['insert into "transcript_job"', 'insert into "audit_log"', 'insert into "outbox"', 'QUEUE.send'])
    expect(left).toContainEqual(expect.stringContaining(start))
})
