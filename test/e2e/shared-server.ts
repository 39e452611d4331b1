import { cpSync } from 'node:fs'
import { join } from 'node:path'
import type { TestProject } from 'vitest/node'
import { runWrangler } from '../../scripts/wrangler.mjs'
import { keepSettings, makeBundle } from './bundle.ts'
import { signIn } from './client.ts'
import { forget, type Made, newPlace, type Place, startServer } from './server.ts'

declare module 'vitest' {
  interface ProvidedContext {
    /** Where the shared server listens. It holds the demo term; a test adds rows of its own and changes no others. */
    url: string
    /** The folder of the mails that it sends. */
    mail: string
    made: Made
  }
}

/** One server, filled with the demo term, for all files that need no start of their own. */
export default async function shareServer(project: TestProject) {
  const place = await newPlace()
  const made = { demo: `${place.state}.demo`, bundle: `${place.state}.bundle` }
  const [server] = await Promise.all([startServer(place), makeBundle(made.bundle)])
  await keepSettings(made.bundle)
  cpSync(place.state, made.demo, { recursive: true })
  await sendPoison(place, server.url)
  project.provide('url', server.url)
  project.provide('made', made)
  project.provide('mail', join(place.state, 'mail'))
  return async () => {
    await server.stop()
    forget(place)
  }
}

/** A message that nobody understands. The queue takes more than a minute to give it up; the other tests need not wait for that. */
async function sendPoison({ state }: Place, url: string) {
  const message = `insert into outbox values ('poison', '{"type":"coffee.brew"}', '2026-01-01T00:00:00.000Z')`
  await runWrangler(['d1', 'execute', 'DB', '--local', '--persist-to', state, '--command', message])
  const admin = await signIn(url, 'admin')
  const { data } = await admin.post('/jobs/sweep-outbox/run')
  if (data?.handled !== 1) throw new Error(`the poison was not sent: ${JSON.stringify(data)}`)
}
