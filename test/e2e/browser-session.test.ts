import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest'
import { visit } from './browser.ts'

const url = inject('url')

/** What a front end does: signs in, forgets the access token, and gets another one by the cookie. */
const script = `
  const post = async (path, body, token) => {
    const answer = await fetch('${url}/api/v1/auth/' + path, {
      method: 'POST',
      credentials: 'include',
      headers: { ...(body && { 'content-type': 'application/json' }), ...(token && { authorization: 'Bearer ' + token }) },
      body: body && JSON.stringify(body),
    })
    return { status: answer.status, data: answer.status === 204 ? null : (await answer.json()).data }
  }
  const login = await post('login', { email: 'student@lyceum.example', password: 'Lyceum-Demo-2026!', cookie: true })
  const seen = document.cookie
  const first = await post('refresh')
  const second = await post('refresh')
  const logout = await post('logout', undefined, second.data?.access_token)
  const after = await post('refresh')
  document.body.textContent = JSON.stringify({
    statuses: [login, first, second, logout, after].map(({ status }) => status),
    inBodies: [login, first, second].filter(({ data }) => data && 'refresh_token' in data).length,
    seen,
  })
`

/** A front end on an origin of its own, as in development. */
let page: Server
const addressAs = (host: string) => `http://${host}:${(page.address() as AddressInfo).port}/`
beforeAll(async () => {
  page = createServer((_, answer) => {
    answer.setHeader('content-type', 'text/html')
    answer.end(`<!doctype html><body>waiting<script type="module">${script}</script></body>`)
  })
  await new Promise<void>((listening) => page.listen(0, listening))
})
afterAll(() => page.close())

const told = ({ html }: { html: string }) => JSON.parse(/<body>(.*?)<\/body>/s.exec(html)![1]!) as unknown

describe('a front end in a browser', () => {
  test('on another port of localhost keeps its session in a cookie that its scripts cannot read', async () => {
    expect(told(await visit(addressAs('localhost')))).toEqual({
      statuses: [200, 200, 200, 204, 401],
      inBodies: 0,
      seen: '',
    })
  })
})
