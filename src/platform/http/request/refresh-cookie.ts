import { generateCookie, getCookie } from 'hono/cookie'
import { settingsOf } from '#/platform/env.ts'
import { ApiError } from '#/platform/errors.ts'
import { isListed } from './cross-origin.ts'
import type { AppContext } from './request-state.ts'
import { sharedErrors } from '#/platform/shared-errors.ts'

const name = 'lyceum_refresh'
const attributes = { prefix: 'host', httpOnly: true, sameSite: 'Strict' } as const

/** Where browsers keep the refresh token, out of reach of scripts. Nothing reads it but the operation that asks for it. */
export interface RefreshCookie {
  /** The token that came with the request, if any. Throws ORIGIN_REFUSED when a page of another origin sent it. */
  read: () => string | undefined
  keep: (token: string, seconds: number) => void
  clear: () => void
}

/** For operations that are called without a request of their own. */
export const noCookie: RefreshCookie = { read: () => undefined, keep: () => undefined, clear: () => undefined }

export function refreshCookie(c: AppContext): RefreshCookie {
  return {
    read() {
      const token = getCookie(c, name, 'host')
      if (token !== undefined && !isOfTrustedPage(c)) throw new ApiError(sharedErrors.ORIGIN_REFUSED)
      return token
    },
    keep(token, seconds) {
      setCookie(c, generateCookie(name, token, { ...attributes, maxAge: seconds }))
    },
    clear() {
      setCookie(c, generateCookie(name, '', { ...attributes, maxAge: 0 }))
    },
  }
}

export function setCookie(c: AppContext, cookie: string) {
  const state = c.get('state')
  state.cookies = [...(state.cookies ?? []), cookie]
}

/** Whether a page that may use the API sent a request. Browsers say so with every POST; undefined where nothing is said, as by tools. */
export function isOfTrustedPage(c: AppContext): boolean | undefined {
  const origin = c.req.header('origin')
  const site = c.req.header('sec-fetch-site')
  if (origin !== undefined) return origin === new URL(c.req.url).origin || isListed(origin, settingsOf(c.env))
  return site === undefined ? undefined : site === 'same-origin'
}
