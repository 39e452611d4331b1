import { beforeAll, expect, test } from 'vitest'
import { anonymous } from '#/platform/context.ts'
import { settingsOf } from '#/platform/env.ts'
import { admit } from '#/platform/gate/index.ts'
import { signAccessToken } from '#/access/session/access-token.ts'
import { codeOf, serveWith } from '../http/serve.ts'
import { persona, type Persona, testEnv, unique } from '../../world.ts'

const strict = { RATE_LIMIT_SCALE: '1' }
const settings = { ...settingsOf(testEnv), RATE_LIMIT_SCALE: 1 }
const freshIp = () => `2001:db8:a:${unique().toString(16)}::1`
const times = <T>(count: number, act: (i: number) => Promise<T>) =>
  Promise.all(Array.from({ length: count }, (_, i) => act(i)))

let someone: Persona
beforeAll(async () => {
  someone = await persona('registrar')
})

const ask = (path: string, ip: string, token?: string) =>
  serveWith(strict, path, {
    headers: { 'cf-connecting-ip': ip, ...(token !== undefined && { authorization: `Bearer ${token}` }) },
  })

/** A token of an account of the lowest tier that was signed so many minutes ago. */
const signedBefore = (minutes: number, { userId: id, studentId }: Persona) => {
  const rights = { role: 'registrar', tier: 'free', hasSecondFactor: false, verifiedAt: 0 } as const
  const actor = { id, studentId, sessionId: 'S'.repeat(22), ...rights }
  return signAccessToken(settings, actor, new Date(Date.now() - minutes * 60_000).toISOString())
}

test('requests with no token, or with none of ours, are counted by address, and keep nobody there from working who has one', async () => {
  const ip = freshIp()
  const first = await ask('/api/v1/students', ip)
  expect([await codeOf(first), first.headers.get('ratelimit')]).toEqual(['401 HTTP_401', '"read";r=299;t=60'])
  await times(298, () => admit(testEnv, settings, { actor: anonymous, ip, limit: 'read' }))
  expect(await codeOf(await ask('/api/v1/courses', ip, 'none.of.ours'))).toBe('401 HTTP_401')
  for (const token of [undefined, 'none.of.ours'])
    expect(await codeOf(await ask('/api/v1/students', ip, token))).toBe('429 RATE_LIMITED')
  expect((await ask('/api/v1/students', ip, someone.token!)).status).toBe(200)
  expect(await codeOf(await ask('/api/v1/students', ip, await signedBefore(16, someone)))).toBe('401 HTTP_401')
})

test('a token of ours that has expired is counted for its account, apart from what that may ask', async () => {
  const account = await persona('registrar')
  const left = async (minutes: number) => {
    const { headers, status } = await ask('/api/v1/courses', freshIp(), await signedBefore(minutes, account))
    return [status, headers.get('x-ratelimit-remaining')]
  }
  expect([await left(16), await left(17), await left(1)]).toEqual([
    [401, '299'],
    [401, '298'],
    [200, '299'],
  ])
})

test('wrong tokens of who scrapes figures leave rows, fifty a minute from one address, and the right one goes on', async () => {
  const ip = freshIp()
  const rows = () =>
    testEnv.DB.prepare(
      "select count(*) as n from audit_log where action = 'metrics.read' and ip = ? and success = 0 and status = 401",
    )
      .bind(ip)
      .first<number>('n')
  const answers = await times(55, () => ask('/metrics', ip, 'x'.repeat(40)))
  const statuses = answers.map(({ status }) => status).toSorted()
  expect(statuses).toEqual([...Array.from({ length: 50 }, () => 401), ...Array.from({ length: 5 }, () => 429)])
  expect(await rows()).toBe(50)
  expect((await ask('/metrics', ip, testEnv.METRICS_TOKEN)).status).toBe(200)
})
