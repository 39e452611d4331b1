import { describe, expect, test } from 'vitest'
import { serve } from '../../platform/http/serve.ts'

const pages = [
  [
    'confirm-email',
    'Confirm your e-mail',
    'Επιβεβαίωση e-mail',
    '/api/v1/auth/email-confirmation/confirm',
    ['password'],
  ],
  ['new-password', 'A new password', 'Νέος κωδικός πρόσβασης', '/api/v1/auth/password-reset/confirm', ['new_password']],
  ['accept-invitation', 'Your account', 'Ο λογαριασμός σας', '/api/v1/auth/invitations/accept', ['password']],
] as const

const open = (page: string, language: string) => serve(`/console/${page}`, { headers: { 'accept-language': language } })

describe.each(pages)('the page %s', (page, english, greek, action, fields) => {
  test('speaks both languages, by the request or by the address', async () => {
    for (const [answer, title, language] of [
      [await open(page, 'en'), english, 'en'],
      [await open(page, 'el'), greek, 'el'],
      [await serve(`/console/${page}?language=el`, { headers: { 'accept-language': 'en' } }), greek, 'el'],
    ] as const) {
      const html = await answer.text()
      expect(html).toContain(`<h1>${title}</h1>`)
      expect(html).toContain(`<html lang="${language}">`)
    }
    expect((await serve(`/console/${page}?language=fr`)).status).toBe(422)
    expect((await serve(`/console/${page}?token=x`)).status).toBe(422)
  })

  test('runs and looks like nothing but what carries its nonce, and rests nowhere', async () => {
    const { status, headers } = await open(page, 'en')
    expect(status).toBe(200)
    expect(headers.get('content-security-policy')).toMatch(
      /^default-src 'none'; script-src 'nonce-([\w-]{22})'; style-src 'nonce-\1'; img-src 'self' data:; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'$/,
    )
    expect([headers.get('cache-control'), headers.get('referrer-policy')]).toEqual(['no-store', 'no-referrer'])
    expect(headers.getSetCookie()).toEqual([])
  })

  test('masks a password, and lets it be pasted and kept by a manager', async () => {
    const html = (await (await open(page, 'en')).text()) + (await (await open(page, 'el')).text())
    const inputs = [...html.matchAll(/<input [^>]*>/g)].map(([input]) => input)
    expect(inputs).toHaveLength(2 * fields.length)
    for (const input of inputs) {
      expect(input).toContain(' type="password" ')
      expect(input).toMatch(/ autocomplete="(?:new|current)-password" /)
      expect(input).not.toMatch(/readonly|\bon\w+=/)
    }
    expect(html).not.toContain("'paste'")
  })

  test('gives what it asks for to the operation, and takes the token out of the address before anything else', async () => {
    const html = await (await open(page, 'en')).text()
    expect(html).toContain(`data-action="${action}"`)
    expect([...html.matchAll(/<input id="(\w+)" name="\1"/g)].map(([, name]) => name)).toEqual(fields)
    const [, script] = /<script nonce="[\w-]+">([^]*)<\/script>/.exec(html)!
    expect(script!.trim().split('\n').slice(0, 2)).toEqual([
      "const token = new URLSearchParams(location.hash.slice(1)).get('token')",
      "history.replaceState(null, '', location.pathname + location.search)",
    ])
    expect(script).not.toMatch(/Storage|indexedDB|cookie|caches|serviceWorker/)
  })
})
