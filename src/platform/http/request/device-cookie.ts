import { generateCookie, getCookie } from 'hono/cookie'
import { isOfTrustedPage, setCookie } from './refresh-cookie.ts'
import type { AppContext } from './request-state.ts'

const name = 'lyceum_device'
const attributes = { prefix: 'host', httpOnly: true, sameSite: 'Strict' } as const
/** As long as browsers keep any cookie: 400 days. */
const maxAge = 400 * 24 * 60 * 60

/** Where browsers keep that somebody has signed in with them before. It opens nothing: it only has a budget of its own. */
export interface DeviceCookie {
  keep: (token: string) => void
}

/** Not for a page of another origin: with the form of a tool it could have a browser forget whose device it is. */
export const deviceCookie = (c: AppContext): DeviceCookie => ({
  keep(token) {
    if (isOfTrustedPage(c) !== false) setCookie(c, generateCookie(name, token, { ...attributes, maxAge }))
  },
})

/** Most requests have no cookies at all. */
export const deviceIn = (c: AppContext): string | undefined =>
  c.req.header('cookie') === undefined ? undefined : getCookie(c, name, 'host')

/** For operations that are called without a request of their own. */
export const noDevice: DeviceCookie = { keep: () => undefined }
