import type { MiddlewareHandler } from 'hono'
import { MisconfiguredError, settingsOf } from '#/platform/env.ts'
import { ApiError } from '#/platform/errors.ts'
import { log } from '#/platform/log.ts'
import type { App } from './request-state.ts'
import { sharedErrors } from '#/platform/shared-errors.ts'

/** A deployment with a missing, weak or development secret serves nothing: 503, and a log line that names the variable. */
export const configured: MiddlewareHandler<App> = async (c, next) => {
  try {
    settingsOf(c.env)
  } catch (error) {
    if (!(error instanceof MisconfiguredError)) throw error
    log('error', 'misconfigured', { problem: error.message })
    throw new ApiError(sharedErrors.SERVICE_UNAVAILABLE, {}, { headers: { 'retry-after': '300' } })
  }
  await next()
}
