import { createServer, type Server } from 'node:http'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { visit } from './browser.ts'

/** What the other tests demand to be absent must be seen when it is there. */
const page = `<script nonce="right">console.error('an error'); fetch('https://elsewhere.example/data').catch(() => 0)
localStorage.setItem('left', 'here'); sessionStorage.setItem('left', 'here'); document.cookie = 'left=here'
indexedDB.open('left'); caches.open('left'); navigator.serviceWorker.register('/worker.js')</script>
<script>'not allowed'</script>
<p>Γειά σου, κόσμε</p>
<img src="/here.png"><img src="http://127.0.0.1:1/there.png">`

let server: Server
let url: string

beforeAll(async () => {
  server = createServer((request, response) => {
    if (request.url === '/worker.js') return response.writeHead(200, { 'content-type': 'text/javascript' }).end()
    if (request.url !== '/') return response.writeHead(404).end()
    const policy = "default-src 'none'; script-src 'nonce-right'; worker-src 'self'; img-src *"
    return response
      .writeHead(200, { 'content-type': 'text/html; charset=utf-8', 'content-security-policy': policy })
      .end(page)
  })
  await new Promise<void>((done) => server.listen(0, 'localhost', done))
  const address = server.address()
  url = `http://localhost:${typeof address === 'object' ? address?.port : ''}/`
})

afterAll(() => new Promise((done) => server.close(done)))

test('the browser of these tests reports errors, violations of the policy, requests to elsewhere and what is left in the storages', async () => {
  const { html, console: lines, requests, kept } = await visit(url)
  expect(html).toContain('Γειά σου, κόσμε')
  expect(lines.filter((line) => line.includes('an error')).length).toBe(1)
  expect(lines.filter((line) => line.includes('Executing inline script violates')).length).toBe(1)
  expect(lines.filter((line) => line.includes("Connecting to 'https://elsewhere.example/data' violates")).length).toBe(
    1,
  )
  expect(requests).toEqual(expect.arrayContaining([url, `${url}here.png`, 'http://127.0.0.1:1/there.png']))
  expect(kept).toEqual([
    'localStorage left',
    'sessionStorage left',
    'indexedDB left',
    'caches left',
    'serviceWorker /',
    'cookie left',
  ])
})
