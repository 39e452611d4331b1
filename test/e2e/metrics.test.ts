import { readFileSync } from 'node:fs'
import { expect, inject, test } from 'vitest'
import { signIn } from './client.ts'
import { run, runOn } from './tools.ts'
import { root } from './server.ts'

const url = inject('url')

/** The local secret, as `npm start` made it. */
const token = /^METRICS_TOKEN=(.+)$/m.exec(readFileSync(`${root}/.dev.vars`, 'utf8'))![1]!

async function scrape(): Promise<string> {
  const answer = await fetch(`${url}/metrics`, { headers: { authorization: `Bearer ${token}` } })
  expect(answer.status).toBe(200)
  return answer.text()
}

const answered = (text: string, labels: string) =>
  Number(new RegExp(`^http_requests_total\\{${labels}\\} (\\d+)$`, 'm').exec(text)?.[1] ?? 0)

test('the figures of a running server are what Prometheus reads, without a remark', async () => {
  const registrar = await signIn(url, 'registrar')
  const { items } = (await registrar.get('/students?page_size=5')).data
  await registrar.download(`/transcripts/${items[0]!.id}?language=en`)
  const text = await scrape()
  expect(text).toMatch(/^transcript_render_seconds_count [1-9]/m)
  expect(text).toMatch(/^database_up 1$/m)
  const { stdout, stderr } = await runOn(text, 'promtool', 'check', 'metrics')
  expect(stdout + stderr).toBe('')
})

test('a hundred requests are counted as a hundred', async () => {
  const registrar = await signIn(url, 'registrar')
  const labels = 'method="GET",route="/api/v1/programs/\\{id\\}",status="404"'
  const before = answered(await scrape(), labels)
  await Promise.all(Array.from({ length: 100 }, (_, i) => registrar.get(`/programs/${900_000 + i}`)))
  expect(answered(await scrape(), labels) - before).toBe(100)
})

test('the alert rules are sound', async () => {
  const { stdout } = await run('promtool', 'check', 'rules', `${root}/docs/alert-rules.yml`)
  expect(stdout).toMatch(/SUCCESS: \d\d rules found/)
})

test('each alert fires when it should, and not before', async () => {
  const { stdout } = await run('promtool', 'test', 'rules', `${root}/test/e2e/alert-rules.yml`)
  expect(stdout).toContain('SUCCESS')
  const alerts = readFileSync(`${root}/docs/alert-rules.yml`, 'utf8').match(/(?<=- alert: )\w+/g)!
  const tested = readFileSync(`${root}/test/e2e/alert-rules.yml`, 'utf8')
  expect(alerts.filter((name) => !tested.includes(`alertname="${name}"`))).toEqual([])
})
