import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { inFolder, run } from './tools.ts'

export interface Visit {
  /** The document after its scripts have run. */
  html: string
  /** Everything that came up in the console: errors, violations of the content security policy, and whatever else. */
  console: string[]
  /** Addresses that the page asked for, itself included. */
  requests: string[]
}

/** Opens a page in a fresh browser that reads `language`, and lets it settle. */
export function visit(url: string, { language = 'en' } = {}): Promise<Visit> {
  return inFolder(async (folder) => {
    const network = join(folder, 'network.json')
    const { stdout, stderr } = await run(
      'chromium',
      '--headless',
      '--no-sandbox',
      '--disable-gpu',
      '--disable-dev-shm-usage',
      '--disable-background-networking',
      '--disable-component-update',
      '--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE localhost',
      `--user-data-dir=${join(folder, 'profile')}`,
      `--accept-lang=${language}`,
      '--enable-logging=stderr',
      `--log-net-log=${network}`,
      '--virtual-time-budget=10000',
      '--dump-dom',
      url,
    )
    return { html: stdout, console: consoleLines(stderr), requests: requestsOf(readFileSync(network, 'utf8'), url) }
  })
}

const consoleLines = (log: string) => [...log.matchAll(/^\[.*?:CONSOLE[:(].*?\] (.*)$/gm)].map(([, line]) => line!)

interface NetworkLog {
  constants: { logEventTypes: Record<string, number> }
  events: { type: number; params?: { url?: string; initiator?: string } }[]
}

/** The browser's own errands (updates, spelling) have no initiator; what a page asks for has its origin. */
function requestsOf(log: string, page: string): string[] {
  const { constants, events } = JSON.parse(log) as NetworkLog
  const started = events.filter(({ type }) => type === constants.logEventTypes.URL_REQUEST_START_JOB)
  const { origin } = new URL(page)
  const urls = started
    .filter(({ params }) => params?.initiator === origin || params?.url?.startsWith(page))
    .map(({ params }) => params!.url!)
  return [...new Set(urls)]
}
