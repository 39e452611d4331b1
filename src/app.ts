import { Hono } from 'hono'
import { bindSubscribers } from '#/platform/events/subscribers.ts'
import { nameConstraints } from '#/platform/database/constraints.ts'
import { constraints } from '#/wiring/catalogue.ts'
import { endpoints } from '#/wiring/endpoints.ts'
import { namePersons } from '#/platform/personal/subject.ts'
import { persons } from '#/wiring/persons.ts'
import { subscribers } from '#/wiring/subscribers.ts'
import { configured } from '#/platform/http/request/configured.ts'
import { crossOrigin } from '#/platform/http/request/cross-origin.ts'
import { failure } from '#/platform/http/request/failure.ts'
import { everyAnswer } from '#/platform/http/request/headers.ts'
import { measured } from '#/platform/http/request/measured.ts'
import { mount } from '#/platform/http/mount.ts'
import { type App, newState } from '#/platform/http/request/request-state.ts'
import { ChapterRouter } from '#/platform/http/routing/router.ts'
import { unmatched } from '#/platform/http/routing/unmatched.ts'
import { admit } from '#/platform/gate/index.ts'
import { proveKeeper } from '#/access/proof/index.ts'
import { authenticate, isOwnSessionLive } from '#/access/session/index.ts'
import { flushSoon } from '#/platform/metrics/flush.ts'

nameConstraints(constraints)
bindSubscribers(subscribers)
namePersons(persons)

export const app = new Hono<App>({ strict: false, router: new ChapterRouter() })

app.use(async (c, next) => {
  c.set('state', newState(c.req.raw))
  await next()
})
app.use(everyAnswer)
app.use(configured)
app.use(measured(flushSoon))
app.use(crossOrigin)
mount(app, endpoints, { authenticate, proveKeeper, admit, isLive: isOwnSessionLive })
app.notFound(unmatched(endpoints))
app.onError(failure)
