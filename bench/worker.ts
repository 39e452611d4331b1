import { Hono } from 'hono'
import { system } from '#/platform/context.ts'
import { type Env, settingsOf } from '#/platform/env.ts'
import { signAccessToken } from '#/access/session/access-token.ts'
import { authenticate } from '#/access/session/index.ts'
import worker from '#/worker.ts'
import { seed } from './seed.ts'

export { AuditHead, Gate, Metrics, Turnstile } from '#/worker.ts'

/** The floor: what a worker on this stack costs at least. The same token check, one D1 query, JSON; nothing else. */
const floor = new Hono<{ Bindings: Env }>()
floor.use(async (c, next) => {
  const token = c.req.header('authorization')?.slice('Bearer '.length) ?? ''
  const actor = await authenticate(settingsOf(c.env), token, new Date().toISOString())
  return actor ? next() : c.text('no', 401)
})
floor.get('/floor/get/:id', async (c) => {
  const row = await c.env.DB.prepare('select * from student where id = ? and deleted_at is null')
    .bind(c.req.param('id'))
    .first()
  return c.json(row)
})
floor.get('/floor/list', async (c) => {
  const query = 'select * from student where deleted_at is null order by sort_key, id limit 51'
  const { results } = await c.env.DB.prepare(query).all()
  return c.json(results)
})

/** Lyceum and its floor in one process on one database, so that their ratio means something. */
export default {
  ...worker,
  async fetch(request, env, execution) {
    const { pathname } = new URL(request.url)
    if (pathname.startsWith('/floor/')) return floor.fetch(request, env, execution)
    if (pathname === '/bench/seed') return Response.json({ ...(await seed(env)), token: await token(env) })
    return worker.fetch(request, env, execution)
  },
} satisfies ExportedHandler<Env>

const token = (env: Env) =>
  signAccessToken(
    settingsOf(env),
    { ...system, id: 1, role: 'admin', sessionId: 'bench', tier: 'enterprise' },
    new Date().toISOString(),
  )
