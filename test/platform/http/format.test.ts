import { raw } from 'hono/html'
import * as z from 'zod'
import { expect, test } from 'vitest'
import { jsonOrPage } from '#/platform/http/format.ts'

const format = jsonOrPage(z.object({ valid: z.boolean() }))

const typeFor = (accept: string | undefined) =>
  format
    .respond(
      { data: { valid: true }, page: () => ({ html: raw('<p>'), nonce: 'n' }) },
      {
        request: new Request('http://lyceum.test', { headers: accept === undefined ? {} : { accept } }),
        envelope: (data) => Response.json(data),
      },
    )
    .headers.get('content-type')

test.each([
  'text/html',
  'Text/HTML; charset=utf-8',
  'text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8',
  'application/json;q=0.5, text/html;q=0.9',
  'text/html, application/json',
])('who accepts "%s" gets a page', (accept) => {
  expect(typeFor(accept)).toBe('text/html; charset=utf-8')
})

test.each([
  undefined,
  '',
  '*/*',
  'application/json',
  'text/html;q=0',
  'application/json, text/html;q=0.9',
  'text/plain',
  'text/htmlx',
])('who accepts "%s" gets JSON', (accept) => {
  expect(typeFor(accept)).toBe('application/json')
})
