import { existsSync } from 'node:fs'
import { type Browser, type BrowserContext, chromium, type ConsoleMessage, type Page } from 'playwright-core'
import { afterAll } from 'vitest'
import { missing } from './tools.ts'

export interface Visit {
  /** The document after its scripts have run. */
  html: string
  /** Everything that came up in the console: errors, violations of the content security policy, and whatever else. */
  console: string[]
  /** Addresses that were asked for on the page's behalf, itself included. */
  requests: string[]
  /** What it left in the browser: kinds of storage, each with the name of an entry. */
  kept: string[]
}

const executablePath = '/usr/bin/chromium'
const args = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-software-rasterizer',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE localhost, EXCLUDE 127.0.0.1',
]

/** One browser for a file of tests, from the first page on. */
let browser: Promise<Browser> | undefined

afterAll(async () => (await browser)?.close())

function launch(): Promise<Browser> {
  if (!existsSync(executablePath)) throw missing('chromium')
  return chromium.launch({ executablePath, args })
}

/** Opens a page as somebody whom the browser does not know, who reads `language`, and lets it settle. */
export const visit = (url: string, { language = 'en' } = {}): Promise<Visit> =>
  asStranger(language, async (page, context) => {
    const console: string[] = []
    const requests = new Set<string>()
    page.on('console', (message) => isErrand(message) || console.push(message.text()))
    page.on('pageerror', (error) => console.push(String(error)))
    page.on('websocket', (socket) => requests.add(socket.url()))
    context.on('request', (request) => requests.add(request.url()))
    await page.goto(url)
    const html = await settled(page)
    return { html, console, requests: [...requests], kept: await keptBy(page) }
  })

/**
 * Opens a page and lets scripts act on it as a person would, one after another. Each is an expression; what it comes to, once that is
 * settled, is answered.
 */
export const act = (url: string, expressions: readonly string[]): Promise<unknown[]> =>
  asStranger('en', async (page) => {
    await page.goto(url)
    const answers: unknown[] = []
    for (const expression of expressions) answers.push(await page.evaluate(expression))
    return answers
  })

/** An expression that comes to true as soon as a condition holds. */
export const until = (condition: string) =>
  `new Promise((done) => { const look = () => (${condition}) ? done(true) : requestAnimationFrame(look); look() })`

/** The browser asks for an icon of its own accord, and complains that there is none. */
const isErrand = (message: ConsoleMessage) => message.location().url.endsWith('/favicon.ico')

async function asStranger<Result>(
  language: string,
  work: (page: Page, context: BrowserContext) => Promise<Result>,
): Promise<Result> {
  browser ??= launch()
  const context = await (await browser).newContext({ locale: language })
  try {
    return await work(await context.newPage(), context)
  } finally {
    await context.close()
  }
}

/**
 * The document after ten seconds of the page's clock, which runs ahead of ours but waits for what the page is fetching. It goes on afterwards:
 * storages answer nothing while it stands still.
 */
async function settled(page: Page): Promise<string> {
  const devtools = await page.context().newCDPSession(page)
  const over = new Promise<void>((done) => devtools.once('Emulation.virtualTimeBudgetExpired', () => done()))
  await devtools.send('Emulation.setVirtualTimePolicy', {
    policy: 'pauseIfNetworkFetchesPending',
    budget: 10_000,
    maxVirtualTimeTaskStarvationCount: 9999,
  })
  await over
  const html = await page.content()
  await devtools.send('Emulation.setVirtualTimePolicy', { policy: 'advance' })
  return html
}

/** Asked of the page's own origin. */
const stored = `(async () => [
  ...Object.keys(localStorage).map((key) => 'localStorage ' + key),
  ...Object.keys(sessionStorage).map((key) => 'sessionStorage ' + key),
  ...(await indexedDB.databases()).map(({ name }) => 'indexedDB ' + name),
  ...(await caches.keys()).map((name) => 'caches ' + name),
  ...(await navigator.serviceWorker.getRegistrations()).map(({ scope }) => 'serviceWorker ' + new URL(scope).pathname),
])()`

async function keptBy(page: Page): Promise<string[]> {
  const cookies = await page.context().cookies()
  return [...(await page.evaluate<string[]>(stored)), ...cookies.map(({ name }) => `cookie ${name}`)]
}
