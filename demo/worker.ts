import type { Env } from '#/platform/env.ts'
import worker from '#/worker.ts'
import { openAccount } from './accounts.ts'
import { fillDemoTerm } from './term.ts'

export { AuditHead, Gate, Metrics, Turnstile } from '#/worker.ts'

/** The real worker with two addresses more. `npm start` runs it once, on a port of its own, before the real one serves. */
export default {
  ...worker,
  async fetch(request, env, execution) {
    const { pathname, searchParams } = new URL(request.url)
    if (pathname === '/demo/fill') {
      await (searchParams.get('only') === 'admin' ? openAccount(env, execution, 'admin') : fillDemoTerm(env, execution))
      return new Response('filled')
    }
    if (pathname === '/demo/pending') return Response.json(await pendingJobs(env))
    return new Response('not the API', { status: 404 })
  },
} satisfies ExportedHandler<Env>

/** Transcripts that the queue has not rendered yet. */
const pendingJobs = (env: Env) =>
  env.DB.prepare("select count(*) as pending from transcript_job where status in ('queued', 'rendering')").first()
