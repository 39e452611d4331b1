import { Hono } from 'hono'
import { endpoints } from './endpoints.ts'
import { configured } from './http/configured.ts'
import { crossOrigin } from './http/cross-origin.ts'
import { failure } from './http/failure.ts'
import { everyAnswer } from './http/headers.ts'
import { measured } from './http/measured.ts'
import { mount } from './http/mount.ts'
import { type App, newState } from './http/request-state.ts'
import { ChapterRouter } from './http/router.ts'
import { unmatched } from './http/unmatched.ts'
import { admit } from './modules/gate/index.ts'
import { authenticate } from './modules/identity/index.ts'
import { flushSoon } from './modules/metrics/index.ts'

export const app = new Hono<App>({ strict: false, router: new ChapterRouter() })

app.use(async (c, next) => {
  c.set('state', newState(c.req.raw))
  await next()
})
app.use(everyAnswer)
app.use(configured)
app.use(measured(flushSoon))
app.use(crossOrigin)
mount(app, endpoints, { authenticate, admit })
app.notFound(unmatched(endpoints))
app.onError(failure)
