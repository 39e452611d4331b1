import { afterEach, expect, test, vi } from 'vitest'
import { settingsOf } from '#/platform/env.ts'
import { checkSealCertificate } from '#/paperwork/official-document/index.ts'
import { readGauges } from '#/platform/gauge/read-gauges.ts'
import type { SealKey } from '#/platform/settings/seal-keys.ts'
import { gauges } from '#/wiring/gauges.ts'
import { scrape } from '../../platform/metrics/scrape.ts'
import { persona, systemContext, testEnv } from '../../world.ts'
import keys from '../../seal-keys.json?raw'

afterEach(() => {
  vi.restoreAllMocks()
})

const day = 86_400_000
const [first, second] = JSON.parse(keys) as [SealKey, SealKey]
/** As openssl tells it of the certificate of the first key. */
const end = Date.parse('2036-11-29T02:54:57Z')
/** One that a key could rest on; it ends on 27 February 2027. */
const intermediate =
  'MIIBnDCCAUGgAwIBAgIUPkNnkV1hXgWx0X0xuPg51ckg9PswCgYIKoZIzj0EAwIwIzEhMB8GA1UEAwwYTHljZXVtIFRlc3QgSW50ZXJtZWRpYXRlMB4XDTI2MTEyOTE2MjQwN1oXDTI3MDIyNzE2MjQwN1owIzEhMB8GA1UEAwwYTHljZXVtIFRlc3QgSW50ZXJtZWRpYXRlMFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAEE0W7yLZ6MLHAV8O8P1hpQN8P15LBqK8Jd+O6NN8IjEnfhtFV1/Shc/1bHhUEwyFTKPeGCVw0rG34xlbwSyAWz6NTMFEwHQYDVR0OBBYEFE9zbsn7cd6tGc4O1tl9Lj2hINp3MB8GA1UdIwQYMBaAFE9zbsn7cd6tGc4O1tl9Lj2hINp3MA8GA1UdEwEB/wQFMAMBAf8wCgYIKoZIzj0EAwIDSQAwRgIhAL2vtYfrj7phjIPnpepQjkHN+pGnpRsOPCW945VzVYyFAiEAjX4eIo0Z6i0KS0dZXZ7qNzBuRxoNDrosYlapS8gyuLk='

/** The Context of a deployment with this ring, at that instant. */
const at = (now: number, ring: readonly object[] = [first, second]) => ({
  ...systemContext(),
  settings: settingsOf({ ...testEnv, SEAL_KEYS: JSON.stringify(ring) }),
  now: new Date(now).toISOString(),
})

/** What the nightly job says. */
async function warnings(ctx: ReturnType<typeof at>): Promise<object[]> {
  const warned = vi.spyOn(console, 'warn').mockReturnValue()
  expect(await checkSealCertificate(ctx)).toBe(1)
  const lines = warned.mock.calls.map(([line]) => JSON.parse(String(line)) as object)
  warned.mockRestore()
  return lines
}

const secondsLeft = async (ctx: ReturnType<typeof at>) =>
  (await readGauges(ctx, gauges))['seal_certificate_expires_seconds']

test('the nightly job warns from thirty days before the end of the certificate of the first key', async () => {
  expect(await warnings(at(end - 30 * day))).toEqual([])
  const line = { event: 'seal_certificate_ends', kid: first.kid, ends_at: '2036-11-29T02:54:57.000Z' }
  expect(await warnings(at(end - 30 * day + 1))).toMatchObject([{ ...line, days: 29 }])
  expect(await warnings(at(end + 1))).toMatchObject([{ ...line, days: -1 }])
})

test('the metrics tell how long it is still good, and below zero since when it is not', async () => {
  expect(await secondsLeft(at(end - 1000))).toBe(1)
  expect(await secondsLeft(at(end + 60_000))).toBe(-60)
  const served = (await scrape()).get('seal_certificate_expires_seconds')!
  expect(Math.abs(served - (end - Date.now()) / 1000)).toBeLessThan(60)
})

test('the first of the chain to end counts; one that cannot be read has ended; other keys do not count', async () => {
  const chained = { ...first, x5c: [...first.x5c, intermediate] }
  const now = Date.parse('2027-02-27T16:23:07Z')
  expect(await secondsLeft(at(now, [chained, second]))).toBe(60)
  expect(await warnings(at(now, [chained, second]))).toMatchObject([{ ends_at: '2027-02-27T16:24:07.000Z', days: 0 }])
  expect(await secondsLeft(at(now, [first, { ...second, x5c: [...second.x5c, intermediate] }]))).toBe(
    (end - now) / 1000,
  )
  const spoilt = { ...first, x5c: [...first.x5c, btoa('no certificate')] }
  expect(await secondsLeft(at(now, [spoilt]))).toBe(-now / 1000)
})

test('the job is one of the night, for administrators to run by hand', async () => {
  const ran = await (await persona('admin')).post('/jobs/check-seal-certificate/run')
  expect([ran.status, ran.data]).toMatchObject([200, { name: 'check-seal-certificate', status: 'ok' }])
})
