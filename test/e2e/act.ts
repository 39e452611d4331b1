import { once } from 'node:events'
import { join } from 'node:path'
import { inFolder, start } from './tools.ts'

interface Reply {
  id?: number
  result?: { result?: { value: unknown }; exceptionDetails?: { text: string } }
}

/**
 * Opens a page in a fresh browser and lets scripts act on it as a person would, one after another. Each is an expression; what it comes to,
 * once that is settled, is answered.
 */
export const act = (url: string, expressions: readonly string[]): Promise<unknown[]> =>
  inFolder(async (folder) => {
    const browser = start(
      'chromium',
      '--headless',
      '--no-sandbox',
      '--disable-gpu',
      '--disable-dev-shm-usage',
      '--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE localhost, EXCLUDE 127.0.0.1',
      `--user-data-dir=${join(folder, 'profile')}`,
      '--remote-debugging-port=0',
      url,
    )
    try {
      const ask = await connected(await portOf(browser.stderr))
      const isThere = () =>
        ask("document.readyState === 'complete' && location.href !== 'about:blank'").catch(() => false)
      while (!(await isThere()));
      const answers: unknown[] = []
      for (const expression of expressions) answers.push(await ask(expression))
      return answers
    } finally {
      const exited = once(browser, 'exit')
      browser.kill()
      await exited
    }
  })

/** An expression that comes to true as soon as a condition holds. */
export const until = (condition: string) =>
  `new Promise((done) => { const look = () => (${condition}) ? done(true) : requestAnimationFrame(look); look() })`

/** The browser goes on writing, so that what it writes is read on. */
const portOf = (log: NodeJS.ReadableStream) =>
  new Promise<string>((resolve) => {
    let text = ''
    log.on('data', (chunk) => {
      text += String(chunk)
      const port = /DevTools listening on ws:\/\/127\.0\.0\.1:(\d+)/.exec(text)?.[1]
      if (port) resolve(port)
    })
  })

async function connected(port: string) {
  const targets = (await (await fetch(`http://127.0.0.1:${port}/json`)).json()) as {
    type: string
    webSocketDebuggerUrl: string
  }[]
  const socket = new WebSocket(targets.find(({ type }) => type === 'page')!.webSocketDebuggerUrl)
  await once(socket, 'open')
  const waiting = new Map<number, (reply: Reply) => void>()
  socket.addEventListener('message', ({ data }) => {
    const reply = JSON.parse(String(data)) as Reply
    waiting.get(reply.id ?? 0)?.(reply)
  })
  return async (expression: string) => {
    const id = waiting.size + 1
    const replied = new Promise<Reply>((resolve) => waiting.set(id, resolve))
    const params = { expression, awaitPromise: true, returnByValue: true, userGesture: true }
    socket.send(JSON.stringify({ id, method: 'Runtime.evaluate', params }))
    const { result } = await replied
    // There is none when the page went away meanwhile.
    if (!result?.result || result.exceptionDetails) throw new Error(result?.exceptionDetails?.text ?? 'no page')
    return result.result.value
  }
}
